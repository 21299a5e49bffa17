#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include <potential/core/chain_groups.hpp>
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
  std::optional<Calibration> calibration;
  std::vector<bool> is_ca;             ///< [T] sites of the type are CA atoms
  std::optional<ChainGroups> between;  ///< only pairs between them are scored

  /// @throws UsageError as require_scorable().
  explicit ScoringTable(const PotentialTable& table,
                        std::optional<ChainGroups> groups = std::nullopt);

  /// Pairs of one chain are not scored.
  bool only_between_chains() const {
    return separations.size() == 1 && separations.classes()[0].ranges.empty();
  }

  /// Where the cells of two types begin.
  std::size_t row_of(std::uint16_t first, std::uint16_t second) const {
    return first < second ? layout.as_first(first) + layout.as_second(second)
                          : layout.as_first(second) + layout.as_second(first);
  }
  /// Scores of two types, [K·B].
  const double* scores_of(std::size_t first, std::size_t second) const {
    return score.data() +
           row_of(static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(second));
  }
};

}  // namespace potential
