#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <potential/support/error.hpp>
#include <potential/training/combine.hpp>
#include <potential/training/refinement.hpp>

namespace potential {
namespace {

void check_weights(std::vector<double>& weights, std::size_t parts) {
  if (weights.empty()) weights.assign(parts, 1);
  if (weights.size() != parts)
    throw UsageError(
        fmt::format("{} weights for {} potentials; give one each", weights.size(), parts));
  for (const double weight : weights)
    if (!(std::abs(weight) <= 1e6))
      throw UsageError(fmt::format("the weight {} is not a number from -1e6 to 1e6", weight));
}

TableAxes combined_axes(const std::vector<PotentialTable>& parts) {
  std::vector<const DistanceBins*> bins;
  std::vector<const SeparationClasses*> separations;
  const TableAxes& first = parts.front().axes;
  for (const PotentialTable& part : parts) {
    if (part.axes.scheme != first.scheme)
      throw UsageError("the type schemes differ: " + first.scheme.name() + " and " +
                       part.axes.scheme.name() + "; only potentials of one scheme add up");
    if (part.axes.pairs != first.pairs && !(part.axes.pairs.complete() && first.pairs.complete()))
      throw UsageError(
          "the rows of the potentials differ, and a table with both A:B and B:A, or "
          "without some pair, only adds up with its like");
    bins.push_back(&part.axes.bins);
    separations.push_back(&part.axes.separations);
  }
  return {first.scheme, refine(bins), refine(separations), first.pairs};
}

/// For each row of `to` the one of `from` with the same two types.
std::vector<Eigen::Index> rows_of(const TypePairs& from, const TypePairs& to) {
  std::vector<Eigen::Index> rows;
  for (int row = 0; row < to.size(); ++row) {
    const auto index = static_cast<std::size_t>(row);
    rows.push_back(from == to ? row : from.row(to.first()[index], to.second()[index]));
  }
  return rows;
}

/// The class of `part` that holds class k of the sum, or -1.
int class_of(const SeparationClasses& part, const SeparationClasses::Class& k) {
  return k.inter ? part.of_different_chains() : part.of_separation(k.ranges.front().first);
}

/// Adds weight × part; `standard_error` of the sum holds variances meanwhile.
void add_part(const PotentialTable& part, double weight, PotentialTable& sum) {
  const auto rows = rows_of(part.axes.pairs, sum.axes.pairs);
  const Eigen::Index height = sum.axes.rows();
  for (int k = 0; k < sum.axes.classes(); ++k) {
    const int from_class = class_of(part.axes.separations,
                                    sum.axes.separations.classes()[static_cast<std::size_t>(k)]);
    if (from_class < 0) continue;
    for (int bin = 0; bin < sum.axes.columns(); ++bin) {
      const int from_bin = part.axes.bins.find(sum.axes.bins.lower(bin));
      if (from_bin < 0) continue;
      for (Eigen::Index row = 0; row < height; ++row) {
        const Eigen::Index from = from_class * height + rows[static_cast<std::size_t>(row)];
        const double error = weight * part.standard_error(from, from_bin);
        sum.score(k * height + row, bin) += weight * part.score(from, from_bin);
        sum.standard_error(k * height + row, bin) += error * error;
      }
    }
  }
}

Options combined_options(const std::vector<PotentialTable>& parts,
                         const std::vector<double>& weights, const TableAxes& axes) {
  Options all;
  std::string normalize;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (const auto& [name, value] : parts[i].options)
      all[fmt::format("{}.{}", i + 1, name)] = value;
    const auto found = parts[i].options.find("normalize");
    const std::string own = found == parts[i].options.end() ? "total" : found->second;
    normalize = i == 0 || own == normalize ? own : "total";
  }
  all["normalize"] = normalize;
  all["weights"] = fmt::format("{}", fmt::join(weights, ","));
  all["types"] = axes.scheme.name();
  all["bins"] = axes.bins.to_string();
  all["separations"] = axes.separations.to_string();
  return all;
}

}  // namespace

PotentialTable combine(const std::vector<PotentialTable>& parts, std::vector<double> weights) {
  if (parts.empty()) throw UsageError("there are no potentials to combine");
  check_weights(weights, parts.size());
  PotentialTable sum(combined_axes(parts));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    add_part(parts[i], weights[i], sum);
    sum.structures = std::max(sum.structures, parts[i].structures);
  }
  sum.standard_error = sum.standard_error.sqrt();
  sum.options = combined_options(parts, weights, sum.axes);
  return sum;
}

}  // namespace potential
