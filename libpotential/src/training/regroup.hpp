#pragma once
#include <potential/core/contact_counts.hpp>

namespace potential {

/// The same contacts counted with fewer bins and classes: what extraction with
/// `separations` and `bins` would have given, margins included. Cells outside
/// of them are dropped.
/// @throws UsageError unless the classes and bins of `counts` nest in the new ones.
ContactCounts regroup(const ContactCounts& counts, const SeparationClasses& separations,
                      const DistanceBins& bins);

}  // namespace potential
