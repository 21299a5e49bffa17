#pragma once
#include <memory>
#include <string>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/core/model.hpp>
#include <potential/core/potential_table.hpp>
#include <potential/scoring/score.hpp>

namespace potential {

/// Leave-out scoring: a model that is among the structures a potential was
/// trained on is scored by a potential trained without it.
class LeaveOut {
 public:
  /// @param path  the counts file that `table` was trained from
  /// @throws FileError, FormatError: not a counts file, without structures, or
  ///         not the counts of this potential.
  LeaveOut(const std::string& path, const PotentialTable& table);

  /// The potential without the model's own contacts, or nullptr when the model
  /// is none of the trained structures. May be called by many threads.
  /// @param between  see make_scoring_table()
  std::shared_ptr<const ScoringTable> table_of(
      const Model& model, const std::optional<ChainGroups>& between = std::nullopt) const;

 private:
  ContactCounts counts_;  ///< its structures a stream
  Recipe recipe_;
  std::optional<Calibration> calibration_;
  std::vector<Digest> digests_;  ///< of the structures, sorted
};

}  // namespace potential
