#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <potential/report/colour_limits.hpp>

namespace potential {
namespace {

/// @param values  sorted
double percentile(const std::vector<double>& values, double fraction) {
  const double at = fraction * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, values.size() - 1);
  return values[low] + (values[high] - values[low]) * (at - static_cast<double>(low));
}

}  // namespace

std::optional<ColourLimits> colour_limits(const std::vector<ModelScore>& models) {
  std::vector<double> values;
  for (const ModelScore& model : models)
    if (model.scored)
      for (const ResidueScore& residue : model.per_residue) values.push_back(residue.score);
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  return ColourLimits{percentile(values, 0.02), percentile(values, 0.5), percentile(values, 0.98)};
}

std::string to_string(const ColourLimits& limits) {
  const double spread = limits.high - limits.low;
  const int decimals = spread >= 100 ? 0 : spread >= 10 ? 1 : 2;
  return fmt::format("colour from {0:.{3}f} to {2:.{3}f}; half of the residues are below {1:.{3}f}",
                     limits.low, limits.median, limits.high, decimals);
}

}  // namespace potential
