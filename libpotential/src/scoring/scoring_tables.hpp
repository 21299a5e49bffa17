#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include <potential/core/model.hpp>
#include <potential/core/potential_table.hpp>
#include <potential/scoring/score.hpp>

namespace potential {

/// The tables to score with: one for all models or, where the weight of a term depends
/// on the number of residues, one for each size. Used by many threads at once.
class ScoringTables {
 public:
  /// @throws as make_scoring_table().
  explicit ScoringTables(const PotentialTable& table,
                         std::optional<ChainGroups> between = std::nullopt);

  /// The one table; null where it depends on the size.
  const std::shared_ptr<const ScoringTable>& fixed() const { return fixed_; }
  std::shared_ptr<const ScoringTable> of(const Model& model);

 private:
  std::shared_ptr<const ScoringTable> fixed_;
  std::optional<ChainGroups> between_;
  std::optional<PotentialTable> sum_;
  std::mutex mutex_;
  std::map<std::uint32_t, std::shared_ptr<const ScoringTable>> of_size_;
};

}  // namespace potential
