#pragma once
#include <string>
#include <utility>
#include <vector>

namespace potential {

/// A scale of colours around 0 on which each shade has as many values: none is
/// saturated and few are pale, however far the values spread. The page's script
/// (colour_scale in page-charts.js) has the same.
class Shades {
 public:
  /// @param values  NaN are skipped
  explicit Shades(const std::vector<double>& values);

  /// −1 (the lowest) to 1: the share of magnitudes that are smaller, with the
  /// sign of the value. NaN stays NaN.
  double position(double value) const;

  /// Round values for the scale, with their positions; those of the ends, 0, and
  /// between them what is far enough from the others.
  std::vector<std::pair<double, std::string>> ticks() const;

 private:
  std::vector<double> sizes_;  ///< sorted magnitudes
};

}  // namespace potential
