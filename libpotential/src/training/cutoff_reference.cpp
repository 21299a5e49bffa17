// Reference states that take each row's count at the cut-off and carry it to
// shorter distances by a density of their own.
#include <cmath>
#include <functional>
#include <map>
#include <potential/support/error.hpp>
#include <vector>

#include "training/reference.hpp"

namespace potential {
namespace {

/// What a bin holds in proportion to the others: the density at its middle
/// times its width. A first bin that is wider than the next, or starts at 0, is
/// integrated: there the middle says little.
Eigen::ArrayXd bin_shares(const ClassCounts& counts, const std::function<double(double)>& density,
                          const std::function<double(double, double)>& integral) {
  const DistanceBins& bins = counts.all.axes.bins;
  const auto width = [&](int bin) { return bins.upper(bin) - bins.lower(bin); };
  Eigen::ArrayXd shares(counts.bins);
  for (int bin = 0; bin < counts.bins; ++bin) shares(bin) = density(bins.middle(bin)) * width(bin);
  if (bins.edges().front() == 0 || (counts.bins > 1 && width(0) > width(1)))
    shares(0) = integral(bins.lower(0), bins.upper(0));
  return shares;
}

/// A row without a count at the cut-off has nothing to be compared with.
Reference from_cutoff(const ClassCounts& counts, const Eigen::ArrayXd& shares, double pseudocount) {
  if (!(shares(counts.bins - 1) > 0) || !shares.isFinite().all())
    throw UsageError(
        "the density of the reference state is 0 or infinite at the cut-off in "
        "separation class " +
        counts.all.axes.separations.label(counts.separation_class) +
        "; give a longer Kuhn length, a smaller alpha or a shorter cut-off");
  const Eigen::Array<double, 1, Eigen::Dynamic> ratios =
      shares.transpose() / shares(counts.bins - 1);
  const Eigen::ArrayXd last = counts.observed().col(counts.bins - 1).cast<double>();
  const Eigen::ArrayXd at_cutoff = (last > 0).select(last + pseudocount, 0.0);
  return {(at_cutoff.matrix() * ratios.matrix()).array(), Reference::Level::cutoff};
}

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
  for (const StructureRecord& structure : counts.all.structures)
    for (const std::uint32_t length : structure.chain_lengths) chains[length] += 1;
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

}  // namespace

Reference dfire_reference(const ClassCounts& counts, double alpha, double pseudocount) {
  const auto density = [=](double r) { return std::pow(r, alpha); };
  const auto integral = [=](double from, double to) {
    return (std::pow(to, alpha + 1) - std::pow(from, alpha + 1)) / (alpha + 1);
  };
  return from_cutoff(counts, bin_shares(counts, density, integral), pseudocount);
}

Reference rw_reference(const ClassCounts& counts, double kuhn_length, double pseudocount) {
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
  return from_cutoff(counts, bin_shares(counts, density, integral), pseudocount);
}

}  // namespace potential
