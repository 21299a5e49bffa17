#include <cmath>
#include <potential/training/score_cells.hpp>

namespace potential {
namespace {

constexpr double seen_at_most = 3;  // -ln(0.05): none seen, at 95 %

/// Sums that the variance of a ratio depends on, with the pseudocount.
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

/// What a row's ratios are drawn to, and how strongly.
struct Pull {
  double share = 0;  // of the target in the result
  double target = 1;

  double apply(double ratio) const { return (1 - share) * ratio + share * target; }
};

/// @param observed, expected  sums of the row
Pull pull_of(const Smoothing& smoothing, Reference::Level level, double observed, double expected) {
  const bool own_level = level == Reference::Level::free || level == Reference::Level::cutoff;
  switch (smoothing.kind) {
    case Smoothing::Kind::none:
      break;
    case Smoothing::Kind::sippl:
      return {1 / (1 + observed * smoothing.strength), 1};
    case Smoothing::Kind::shrink:
      return {smoothing.strength / (smoothing.strength + expected),
              own_level ? (observed + 1) / (expected + 1) : 1};
  }
  return {};
}

/// Variances, to first order, of the logarithms of a cell's ratio and of its
/// row's (observed sum over expected sum), and their covariance.
struct Variance {
  double cell = 0, row = 0, both = 0;
};

Variance variance_of(const Margins& m, Reference::Level level, Eigen::Index row, Eigen::Index bin,
                     double n) {
  const double r = 1 / m.rows(row), t = 1 / m.total, c = 1 / m.columns(bin);
  const double last = 1 / m.last(row);
  switch (level) {
    case Reference::Level::free:
      return {1 / n, r, r};
    case Reference::Level::row:
      return {1 / n - r, 0, 0};
    case Reference::Level::margins:
      return {1 / n - r - c + (2 * n * m.total * r * c - 1) * t, 0, 0};
    case Reference::Level::cutoff:
      if (bin == m.columns.size() - 1) return {0, last - r, 0};
      return {1 / n + last, last - r, last};
  }
  return {};
}

}  // namespace

double unknown_error() { return std::log1p(seen_at_most / 1e-4); }

void score_cells(const ClassCounts& counts, const Reference& reference, double pseudocount,
                 const Smoothing& smoothing, Eigen::Ref<ScoreTable> score) {
  const auto observed = counts.observed();
  for (Eigen::Index row = 0; row < observed.rows(); ++row) {
    const auto expected = reference.expected.row(row);
    const Pull pull =
        pull_of(smoothing, reference.level, observed.row(row).cast<double>().sum(), expected.sum());
    for (Eigen::Index bin = 0; bin < observed.cols(); ++bin) {
      const double n = static_cast<double>(observed(row, bin)) + pseudocount;
      // Adding 0 turns -0 into 0.
      score(row, bin) = expected(bin) > 0 ? 0.0 - std::log(pull.apply(n / expected(bin))) : 0.0;
    }
  }
}

void standard_errors(const ClassCounts& counts, const Reference& reference, double pseudocount,
                     const Smoothing& smoothing, Eigen::Ref<ScoreTable> error) {
  const auto observed = counts.observed();
  const Margins margins(counts, pseudocount);
  for (Eigen::Index row = 0; row < observed.rows(); ++row) {
    const auto expected = reference.expected.row(row);
    const double seen = observed.row(row).cast<double>().sum();
    const Pull pull = pull_of(smoothing, reference.level, seen, expected.sum());
    const Pull seen_more = pull_of(smoothing, reference.level, seen + seen_at_most, expected.sum());
    for (Eigen::Index bin = 0; bin < observed.cols(); ++bin) {
      const double n = static_cast<double>(observed(row, bin)) + pseudocount;
      const double ratio = n / expected(bin);
      const double smoothed = pull.apply(ratio);
      if (!(expected(bin) > 0)) {
        error(row, bin) = unknown_error();
      } else if (observed(row, bin) == 0) {
        const double more = seen_more.apply((n + seen_at_most) / expected(bin));
        error(row, bin) = std::abs(std::log(more / smoothed));
      } else {
        const Variance v = variance_of(margins, reference.level, row, bin, n);
        const double cell = (1 - pull.share) * ratio / smoothed, drawn = 1 - cell;
        const double level = smoothing.kind == Smoothing::Kind::shrink ? drawn : 0;
        const double variance =
            cell * cell * v.cell + 2 * cell * level * v.both + level * level * v.row;
        error(row, bin) = std::sqrt(std::max(variance, 0.0));
      }
    }
  }
}

}  // namespace potential
