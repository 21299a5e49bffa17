#include <cmath>
#include <map>
#include <vector>

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
std::vector<std::pair<int, double>> pairs_by_separation(const ClassCounts& counts) {
  std::map<std::uint32_t, double> chains;  // length -> how many
  counts.all.each_structure([&](const StructureRecord& structure) {
    for (const std::uint32_t length : structure.chain_lengths) chains[length] += 1;
  });
  // Of the chains longer than k, which k leaves behind one after the other.
  double number = 0, residues = 0;
  for (const auto& [length, of_them] : chains) {
    number += of_them;
    residues += of_them * length;
  }
  auto next = chains.begin();
  std::vector<std::pair<int, double>> pairs;
  const auto& separations = counts.all.axes.separations;
  for (const auto& range : separations.classes()[std::size_t(counts.separation_class)].ranges)
    for (int k = std::max(range.first, 1); k <= range.last; ++k) {
      for (; next != chains.end() && next->first <= std::uint32_t(k); ++next) {
        number -= next->second;
        residues -= next->second * next->first;
      }
      if (next == chains.end()) return pairs;
      stop_if(counts.cancel);
      pairs.emplace_back(k, residues - number * k);
    }
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
    for (const auto& [k, number] : pairs) {
      if (k % 4096 == 0) stop_if(counts.cancel);
      sum += number * std::pow(k, -1.5) * std::exp(-3 * r * r / (2 * k * b2));
    }
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
