#pragma once
#include <cstdint>
#include <vector>

#include <potential/core/potential_table.hpp>

namespace potential {

/// The table laid out as ContactBatch::offsets counts: a square, so that what
/// surrounds a site of one type is one row of it, near each other in memory.
struct ScoringTable {
  std::size_t types;
  DistanceBins bins;
  SeparationClasses separations;
  std::size_t cells;          ///< K·B, of one pair of types
  std::size_t width;          ///< T·K·B, of one type
  std::vector<double> score;  ///< [T, T, K·B], symmetric in the types
  /// [T, T, K·B] the place in variance, which is the same for A:B and B:A.
  std::vector<std::uint32_t> cell;
  std::vector<float> variance;  ///< [P·K·B] squared standard errors

  /// @throws UsageError as make_scoring_table().
  explicit ScoringTable(const PotentialTable& table);

  /// Scores of a type, [T, K·B].
  const double* row_of(std::size_t type) const { return score.data() + type * width; }
};

}  // namespace potential
