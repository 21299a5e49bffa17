#pragma once
#include <cstdint>
#include <vector>

#include "scoring/scoring_table.hpp"
#include "scoring/smooth_loops.hpp"

namespace potential {

/// A potential made smooth, for forces: of each pair of types and class a curve with
/// two continuous derivatives,
///   - above the centre of the first bin, the cubic spline through the scores at the
///     centres of the bins, straight (second derivative 0) at the first of them;
///   - below it, the tangent there and a wall, wall_height (1 - r/c)³ at distance r;
///   - behind the centre of the last bin, two pieces that bring value, slope and
///     second derivative to 0 at the cut-off.
/// Pieces are kept as value and second derivative at their ends, in single precision,
/// so that two that meet share them exactly.
struct SmoothTable {
  static constexpr double wall_height = 50;  ///< natural-log units, at distance 0

  /// @throws UsageError when a score is not finite.
  explicit SmoothTable(const ScoringTable& table);

  double cutoff;                 ///< Å
  std::vector<double> knots;     ///< [n] Å, from 0 to the cut-off
  std::vector<double> widths;    ///< [n - 1] of the pieces
  std::vector<double> inverses;  ///< [n - 1] 1 / width
  /// The first piece in each stretch of 1 / per_angstrom Å; none holds more than one knot.
  std::vector<std::int32_t> first_piece;
  double per_angstrom;
  std::vector<SmoothRun> runs;  ///< all pieces, at least SmoothRun::number
  std::vector<float> nodes;     ///< [P·K, n, 2] value, second derivative

  std::size_t stride() const { return 2 * knots.size(); }
  struct Point {
    double value, slope;
  };
  /// The curve of a row at a distance below the cut-off, in Å.
  Point at(std::size_t row, double distance) const;
};

}  // namespace potential
