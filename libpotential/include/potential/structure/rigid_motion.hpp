#pragma once
#include <array>
#include <vector>

namespace potential {

/// x' = R(q) x + t.
struct RigidMotion {
  std::array<double, 4> quaternion{{0, 0, 0, 1}};  ///< x, y, z, w; of any length but 0
  std::array<double, 3> translation{{0, 0, 0}};    ///< Å

  /// @param from, to  [N, 3] Å; NaN stays NaN
  /// @throws UsageError when the quaternion is 0, or a number is not finite.
  void apply(const std::vector<double>& from, std::vector<double>& to) const;
};

}  // namespace potential
