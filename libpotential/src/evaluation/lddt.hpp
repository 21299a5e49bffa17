#pragma once

namespace potential::lddt {

constexpr double inclusion_radius = 15;  ///< Å, on the native

/// How many of the thresholds 0.5, 1, 2 and 4 Å a change of distance keeps.
inline int thresholds_kept(double change) {
  return (change <= 0.5) + (change <= 1) + (change <= 2) + (change <= 4);
}

}  // namespace potential::lddt
