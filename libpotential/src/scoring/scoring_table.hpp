#pragma once
#include <cstdint>
#include <vector>

#include <potential/core/potential_table.hpp>

#include "pairs/cell_layout.hpp"

namespace potential {

/// The table laid out as ContactBatch::offsets counts.
struct ScoringTable {
  std::size_t types;
  DistanceBins bins;
  SeparationClasses separations;
  std::size_t cells;  ///< K·B, of one pair of types
  CellLayout layout;
  std::vector<double> score;    ///< [P, K·B]
  std::vector<float> variance;  ///< [P, K·B] squared standard errors

  /// @throws UsageError as make_scoring_table().
  explicit ScoringTable(const PotentialTable& table);

  /// Scores of two types, [K·B].
  const double* scores_of(std::size_t first, std::size_t second) const;
};

}  // namespace potential
