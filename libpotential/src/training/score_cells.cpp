#include "training/score_cells.hpp"
#include <cmath>

#include "training/pull.hpp"

namespace potential {

void score_cells(const ClassCounts& counts, const Reference& reference, double pseudocount,
                 const Smoothing& smoothing, Eigen::Ref<ScoreTable> score) {
  const auto observed = counts.observed();
  for (Eigen::Index row = 0; row < observed.rows(); ++row) {
    stop_if(counts.cancel);
    const auto expected = reference.expected.row(row);
    const double seen = observed.row(row).cast<double>().sum();
    const Pull pull = pull_of(smoothing, reference.level, seen, expected.sum());
    for (Eigen::Index bin = 0; bin < observed.cols(); ++bin) {
      const double n = static_cast<double>(observed(row, bin)) + pseudocount;
      // From 0, so that no -0 comes out.
      score(row, bin) = expected(bin) > 0 ? 0.0 - std::log(pull.apply(n / expected(bin))) : 0.0;
    }
  }
}

}  // namespace potential
