#include "scoring/smooth_table.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <potential/support/error.hpp>

namespace potential {
namespace {

/// Finds the second derivatives at the centres: a tridiagonal system whose matrix
/// is the same for all rows (Thomas' algorithm). The first is 0. At the last, the next
/// piece, of width h, ends at a knot with value M h²/6, M being its second derivative:
/// from there a(R - r)³ goes to 0 with all derivatives, and M drops out of the equation.
class SplineSolver {
 public:
  SplineSolver(std::vector<double> centres, double tail)
      : x_(std::move(centres)), tail_(tail), upper_(x_.size()), pivot_(x_.size(), 1) {
    for (std::size_t i = 1; i < x_.size(); ++i) {
      const double below = i == 1 ? 0 : width(i - 1);
      pivot_[i] = 2 * (width(i - 1) + above(i)) - below * upper_[i - 1];
      upper_[i] = above(i) / pivot_[i];
    }
  }

  /// @param f  values at the centres. @returns second derivatives.
  std::vector<double> solve(const std::vector<double>& f) const {
    std::vector<double> m(f.size(), 0);
    for (std::size_t i = 1; i < f.size(); ++i) {
      const double next = i + 1 < f.size() ? f[i + 1] : 0;
      const double right = 6 * ((next - f[i]) / above(i) - (f[i] - f[i - 1]) / width(i - 1));
      m[i] = (right - (i == 1 ? 0 : width(i - 1) * m[i - 1])) / pivot_[i];
    }
    for (std::size_t i = f.size() - 1; i-- > 1;) m[i] -= upper_[i] * m[i + 1];
    return m;
  }

 private:
  double width(std::size_t i) const { return x_[i + 1] - x_[i]; }
  double above(std::size_t i) const { return i + 1 < x_.size() ? width(i) : tail_; }

  std::vector<double> x_;
  double tail_;
  std::vector<double> upper_, pivot_;
};

std::vector<double> centres_of(const DistanceBins& bins) {
  std::vector<double> centres;
  for (int bin = 0; bin < bins.size(); ++bin) centres.push_back(bins.middle(bin));
  return centres;
}

std::vector<SmoothRun> runs_of(const std::vector<double>& knots) {
  constexpr double equal = 1e-9;  // Å
  std::vector<SmoothRun> runs;
  for (std::size_t i = 0; i + 1 < knots.size(); ++i) {
    const double width = knots[i + 1] - knots[i];
    if (!runs.empty() && std::abs(runs.back().width - width) < equal)
      ++runs.back().last;
    else
      runs.push_back({knots[i], width, 1 / width, static_cast<double>(i), 0});
  }
  while (runs.size() < SmoothRun::number)
    runs.push_back({std::numeric_limits<double>::infinity(), 1, 1, 0, 0});
  return runs;
}

}  // namespace

SmoothTable::SmoothTable(const ScoringTable& table) : cutoff(table.bins.cutoff() / 1000.0) {
  const std::vector<double> centres = centres_of(table.bins);
  const double tail = (cutoff - centres.back()) / 2;
  knots = centres;
  knots.insert(knots.begin(), 0);
  knots.insert(knots.end(), {cutoff - tail, cutoff});
  for (std::size_t i = 0; i + 1 < knots.size(); ++i) {
    widths.push_back(knots[i + 1] - knots[i]);
    inverses.push_back(1 / widths.back());
  }
  runs = runs_of(knots);
  per_angstrom = 1.01 / *std::min_element(widths.begin(), widths.end());
  std::int32_t piece = 0;
  for (double stretch = 0; stretch <= cutoff * per_angstrom + 1; ++stretch) {
    while (static_cast<std::size_t>(piece) + 1 < widths.size() &&
           knots[static_cast<std::size_t>(piece) + 1] * per_angstrom <= stretch)
      ++piece;
    first_piece.push_back(piece);
  }
  const SplineSolver solver(centres, tail);
  const std::size_t size = centres.size();
  std::vector<double> f(size);
  nodes.reserve(table.score.size() / size * stride());
  for (std::size_t row = 0; row < table.score.size(); row += size) {
    std::copy_n(table.score.begin() + static_cast<std::ptrdiff_t>(row), size, f.begin());
    for (const double score : f)
      if (!std::isfinite(score))
        throw UsageError(
            "the potential has scores that are not finite, so it has no forces; train it with a "
            "pseudocount");
    const std::vector<double> m = solver.solve(f);
    const double last = f.back() / (tail * tail) - m.back() / 6;  // second derivative at its knot
    const double f1 = size > 1 ? f[1] : last * tail * tail / 6;
    const double m1 = size > 1 ? m[1] : last;
    const double slope = (f1 - f[0]) * inverses[1] - widths[1] * m1 / 6;
    const auto add = [this](double value, double curvature) {
      nodes.push_back(static_cast<float>(value));
      nodes.push_back(static_cast<float>(curvature));
    };
    add(f[0] - slope * centres[0] + wall_height, 6 * wall_height / (centres[0] * centres[0]));
    for (std::size_t i = 0; i < size; ++i) add(f[i], m[i]);
    add(last * tail * tail / 6, last);
    add(0, 0);
  }
}

SmoothTable::Point SmoothTable::at(std::size_t row, double distance) const {
  auto piece =
      static_cast<std::size_t>(first_piece[static_cast<std::size_t>(distance * per_angstrom)]);
  if (distance >= knots[piece + 1]) ++piece;
  const float* const node = nodes.data() + row * stride() + 2 * piece;
  const double t = (distance - knots[piece]) * inverses[piece], w = 1 - t;
  const double sixth = widths[piece] / 6;
  return {w * node[0] + t * node[2] +
              widths[piece] * sixth * ((w * w * w - w) * node[1] + (t * t * t - t) * node[3]),
          (node[2] - node[0]) * inverses[piece] +
              sixth * ((1 - 3 * w * w) * node[1] + (3 * t * t - 1) * node[3])};
}

}  // namespace potential
