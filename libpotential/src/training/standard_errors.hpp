#pragma once
#include <potential/training/train.hpp>

#include "training/reference.hpp"

namespace potential {

/// Standard error of a cell that has nothing to be compared with: what three
/// counts would change at the default pseudocount, ln(3/1e-4 + 1).
double unknown_error();

/// Standard errors of the scores of one class by the delta method, each count
/// taken as Poisson-distributed; formulas in docs/method.md. With n counts, sum
/// R of the row, C of the column, T of the class:
///
///     margins (rapdf)        1/n − 1/R − 1/C + (2nT/(RC) − 1)/T
///     row (dope)             1/n − 1/R
///     cutoff (dfire, rw)     1/n + 1/n_cut; 0 in the bin of the cut-off
///     free (kbp, srs)        1/n
///
/// are the variances before smoothing. A cell with no count gets a one-sided
/// bound: how far its score would fall had three counts been seen, the 95 %
/// limit of a Poisson variable that was seen 0 times.
/// @param error  [P, B'], overwritten
void standard_errors(const ClassCounts& counts, const Reference& reference, double pseudocount,
                     const Smoothing& smoothing, Eigen::Ref<ScoreTable> error);

}  // namespace potential
