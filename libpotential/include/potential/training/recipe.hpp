#pragma once
#include <potential/training/train.hpp>

namespace potential {

/// Trains as the recipe of a potential says: what gave it from its own counts,
/// done with others. A sum is trained part by part and added up. Standard
/// errors are those of the formulas, also where a jackknife gave them.
/// @throws UsageError when the recipe does not say how the potential was trained
///         or does not fit the counts; and as train() and combine().
PotentialTable retrain(const ContactCounts& counts, const Recipe& recipe);

}  // namespace potential
