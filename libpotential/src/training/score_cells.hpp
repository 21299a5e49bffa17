#pragma once
#include <potential/training/train.hpp>

#include "training/reference.hpp"

namespace potential {

/// Scores of one class: −ln of the observed over the expected counts, smoothed.
/// A cell with nothing to compare with scores 0.
/// @param score  [P, B'], overwritten; +inf where nothing was seen, the
///               pseudocount is 0 and nothing is smoothed
void score_cells(const ClassCounts& counts, const Reference& reference, double pseudocount,
                 const Smoothing& smoothing, Eigen::Ref<ScoreTable> score);

}  // namespace potential
