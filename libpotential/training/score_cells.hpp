#pragma once
#include <potential/training/reference.hpp>
#include <potential/training/train.hpp>

namespace potential {

/// Standard error of a cell that has nothing to be compared with, or none seen
/// where it could not be told apart from that: what three counts more would
/// change at the default pseudocount, ln(3/1e-4 + 1).
double unknown_error();

/// Scores of one class: −ln of the observed over the expected counts, smoothed.
/// A cell with nothing to compare with scores 0.
/// @param score  [P, B'], overwritten; +inf where nothing was seen, the
///               pseudocount is 0 and nothing is smoothed
void score_cells(const ClassCounts& counts, const Reference& reference, double pseudocount,
                 const Smoothing& smoothing, Eigen::Ref<ScoreTable> score);

/// Standard errors of such scores by the delete rule of the level: see
/// docs/method.md. A cell with no count gets a one-sided bound: how far the
/// score would fall had three counts been seen (the 95 % limit of a Poisson
/// variable that was seen 0 times).
void standard_errors(const ClassCounts& counts, const Reference& reference, double pseudocount,
                     const Smoothing& smoothing, Eigen::Ref<ScoreTable> error);

}  // namespace potential
