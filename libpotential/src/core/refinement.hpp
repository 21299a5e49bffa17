#pragma once
#include <vector>

#include <potential/core/distance_bins.hpp>
#include <potential/core/separation_classes.hpp>

namespace potential {

/// The coarsest bins that divide wherever one of the given does.
/// @throws UsageError when there would be more than 1000.
DistanceBins refine(const std::vector<const DistanceBins*>& all);

/// The coarsest classes that tell apart what one of the given does, in order of
/// separation, or as given when all are alike.
/// Classes may overlap in any way: `3-20` and `5+` give `3-4`, `5-20` and `21+`.
SeparationClasses refine(const std::vector<const SeparationClasses*>& all);

}  // namespace potential
