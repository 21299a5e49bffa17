#pragma once
#include <cstdint>
#include <vector>

#include <potential/core/potential_table.hpp>

namespace potential {

/// The table laid out [P][K][B], the cells of two types together, and where
/// each pair of types begins.
struct ScoringTable {
  std::size_t types;
  DistanceBins bins;
  SeparationClasses separations;
  std::size_t cells;                ///< K·B, of one pair of types
  std::vector<double> score;        ///< [P·K·B]
  std::vector<float> variance;      ///< [P·K·B] squared standard errors
  std::vector<std::uint32_t> base;  ///< [T*T]

  /// @throws UsageError as make_scoring_table().
  explicit ScoringTable(const PotentialTable& table);

  /// Where the cells of a type with each other type begin, [T].
  const std::uint32_t* row_of(std::uint16_t type) const { return base.data() + type * types; }
};

}  // namespace potential
