#include "training/standard_errors.hpp"
#include <cmath>

#include "training/pull.hpp"

namespace potential {
namespace {

using Level = Reference::Level;

constexpr double max_when_unseen = 3;  // -ln(0.05): none seen, at 95 %

/// Sums of the counts, with the pseudocount.
struct Margins {
  Eigen::ArrayXd rows, columns, last;
  double total;

  Margins(const ClassCounts& counts, double pseudocount) {
    const ScoreTable n = counts.observed().cast<double>() + pseudocount;
    rows = n.rowwise().sum();
    columns = n.colwise().sum();
    last = n.col(n.cols() - 1);
    total = columns.sum();
  }
};

/// Variance of the logarithm of a cell's ratio n/E, to first order.
double ratio_variance(const Margins& m, Level level, Eigen::Index row, Eigen::Index bin, double n) {
  // NOLINTNEXTLINE(readability-identifier-naming): the letters of docs/method.md
  const double R = m.rows(row), C = m.columns(bin), T = m.total;
  switch (level) {
    case Level::free:
      return 1 / n;
    case Level::row:
      return 1 / n - 1 / R;
    case Level::margins:
      return 1 / n - 1 / R - 1 / C + (2 * n * T / (R * C) - 1) / T;
    case Level::cutoff:
      return bin == m.columns.size() - 1 ? 0 : 1 / n + 1 / m.last(row);
  }
  return 0;
}

/// The same once smoothed, which brings in the row's sum and its last count.
double smoothed_variance(const Margins& m, Level level, Eigen::Index row, Eigen::Index bin,
                         double n, const Slopes& slopes) {
  const double by_row = 1 / m.rows(row);
  const double ratio_with_row = level == Level::free ? by_row : 0;
  double variance = slopes.ratio * slopes.ratio * ratio_variance(m, level, row, bin, n) +
                    slopes.row * slopes.row * by_row +
                    2 * slopes.ratio * slopes.row * ratio_with_row;
  if (slopes.last != 0) {
    const double by_last = 1 / m.last(row);
    const double ratio_with_last = bin == m.columns.size() - 1 ? 0 : -by_last;
    variance += slopes.last * slopes.last * by_last + 2 * slopes.last * slopes.row * by_row +
                2 * slopes.last * slopes.ratio * ratio_with_last;
  }
  return std::max(variance, 0.0);
}

/// How far the score falls with three counts more.
double bound(const Pull& pull, const Pull& with_more, double n, double expected) {
  return std::abs(
      std::log(with_more.apply((n + max_when_unseen) / expected) / pull.apply(n / expected)));
}

}  // namespace

double unknown_error() { return std::log1p(max_when_unseen / 1e-4); }

void standard_errors(const ClassCounts& counts, const Reference& reference, double pseudocount,
                     const Smoothing& smoothing, Eigen::Ref<ScoreTable> error) {
  const auto observed = counts.observed();
  const Margins margins(counts, pseudocount);
  const Level level = reference.level;
  for (Eigen::Index row = 0; row < observed.rows(); ++row) {
    stop_if(counts.cancel);
    const auto expected = reference.expected.row(row);
    const double seen = observed.row(row).cast<double>().sum();
    const Pull pull = pull_of(smoothing, level, seen, expected.sum());
    const Pull with_more = pull_of(smoothing, level, seen + max_when_unseen, expected.sum());
    for (Eigen::Index bin = 0; bin < observed.cols(); ++bin) {
      const double n = static_cast<double>(observed(row, bin)) + pseudocount;
      if (!(expected(bin) > 0)) {
        error(row, bin) = unknown_error();
      } else if (observed(row, bin) == 0) {
        error(row, bin) = bound(pull, with_more, n, expected(bin));
      } else {
        const Slopes slopes = slopes_of(smoothing, level, pull, n / expected(bin));
        error(row, bin) = std::sqrt(smoothed_variance(margins, level, row, bin, n, slopes));
      }
    }
  }
}

}  // namespace potential
