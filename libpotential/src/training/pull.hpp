#pragma once
#include <potential/training/train.hpp>

#include "training/reference.hpp"

namespace potential {

/// How smoothing draws the ratios (observed over expected) of one row to a
/// target: ratio' = (1 − share) ratio + share · target.
///
/// sippl:  share 1/(1 + σR), target 1 (Sippl 1990), with R the row's counts.
/// shrink: share M/(M + E), target the row's own level (R + 1)/(E + 1), with E
///         its expected counts; 1 where the reference fixes the sum of the row.
struct Pull {
  double share = 0;
  double target = 1;

  double apply(double ratio) const { return (1 - share) * ratio + share * target; }
};

/// @param observed, expected  counts of the row, R and E
Pull pull_of(const Smoothing& smoothing, Reference::Level level, double observed, double expected);

/// What the logarithm of a smoothed ratio changes by, to first order, with the
/// logarithms of the ratio itself, of the row's counts, and of its count at the
/// cut-off.
struct Slopes {
  double ratio = 1, row = 0, last = 0;
};
Slopes slopes_of(const Smoothing& smoothing, Reference::Level level, const Pull& pull,
                 double ratio);

}  // namespace potential
