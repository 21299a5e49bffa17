#include <cmath>
#include <map>

#include "training/from_cutoff.hpp"

namespace potential::states {
namespace {

/// Composite Simpson rule; for smooth densities.
double simpson(const std::function<double(double)>& f, double from, double to) {
  constexpr int steps = 200;
  const double step = (to - from) / steps;
  double sum = f(from) + f(to);
  for (int i = 1; i < steps; ++i) sum += (i % 2 == 1 ? 4 : 2) * f(from + i * step);
  return sum * step / 3;
}

/// Number of residue pairs at each separation that the class holds, over all
/// chains: Σ (L−k) for k < L.
std::map<int, double> pairs_by_separation(const ClassCounts& counts) {
  std::map<std::uint32_t, double> chains;  // length -> how many
  for (const StructureRecord& structure : counts.all.structures)
    for (const std::uint32_t length : structure.chain_lengths) chains[length] += 1;
  const auto& separations = counts.all.axes.separations;
  std::map<int, double> pairs;
  for (const auto& range : separations.classes()[std::size_t(counts.separation_class)].ranges)
    for (const auto& [length, number] : chains)
      for (int k = std::max(range.first, 1); k <= range.last && k < int(length); ++k)
        pairs[k] += number * (length - k);
  return pairs;
}

/// Ideal chain of Kuhn length b: r² Σ_k (L−k) (k b²)^(−3/2) exp(−3r²/(2 k b²)),
/// over the separations k of the class and all chains, set to n_ij(cut) at the
/// cut-off; r² alone when the class has no pairs along a chain.
Reference expected(const ClassCounts& counts, const TrainRecipe& recipe) {
  const double kuhn_length = recipe.parameters.at("kuhn-length");
  const auto pairs = pairs_by_separation(counts);
  const double b2 = kuhn_length * kuhn_length;
  const auto density = [&](double r) {
    if (pairs.empty()) return r * r;  // no chain between them
    double sum = 0;
    for (const auto& [k, number] : pairs)
      sum += number * std::pow(k, -1.5) * std::exp(-3 * r * r / (2 * k * b2));
    return r * r * sum;
  };
  const auto integral = [&](double from, double to) { return simpson(density, from, to); };
  return carry_from_cutoff(counts, recipe.pseudocount, density, integral);
}

}  // namespace

ReferenceState rw() {
  return {"rw",
          "Zhang & Zhang 2010",
          15.5,
          true,
          {{"kuhn-length", std::sqrt(460.0), 0.1, 1000, "Å", "Kuhn length"}},
          expected};
}

}  // namespace potential::states
