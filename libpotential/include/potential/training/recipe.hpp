#pragma once
#include <potential/core/contact_counts.hpp>
#include <potential/core/potential_table.hpp>
#include <potential/training/train.hpp>

namespace potential {

/// The options of train() that a potential's recipe (PotentialTable::options)
/// stands for, with counts of these axes.
/// @throws UsageError when the recipe does not say how the potential was
///         trained, or its bins do not nest in those of the counts.
TrainOptions train_options_of(const Options& recipe, const TableAxes& counted);

/// Trains as the recipe says: what gave the potential from its own counts, done
/// with others. A combined potential is trained part by part and added up.
/// Standard errors are those of the formulas, also where a jackknife gave them.
/// @throws UsageError as train_options_of(), train() and combine().
PotentialTable retrain(const ContactCounts& counts, const Options& recipe);

}  // namespace potential
