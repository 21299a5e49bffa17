#pragma once
#include <memory>
#include <string>
#include <vector>

#include <potential/core/counted_terms.hpp>
#include <potential/core/model.hpp>
#include <potential/core/potential_table.hpp>
#include <potential/scoring/score.hpp>
#include <potential/structure/reader.hpp>
#include <potential/training/terms.hpp>

namespace potential {

class TermReader;

/// Leave-out scoring: a model that is among the structures a potential was
/// trained on is scored by a potential trained without it.
class LeaveOut {
 public:
  /// @param path  the counts file that `table` was trained from
  /// @param read  how the models are read
  /// @throws FileError, FormatError: not a counts file, without structures, or
  ///         not the counts of this potential.
  LeaveOut(const std::string& path, const PotentialTable& table, const ReadOptions& read = {});

  /// The potential without the model's own contacts, or nullptr when the model
  /// is none of the trained structures. May be called by many threads.
  /// @param file     that the model was read from; terms of other types read it again
  /// @param between  see make_scoring_table()
  /// @throws as StructureReader::read().
  std::shared_ptr<const ScoringTable> table_of(
      const InputFile& file, const Model& model,
      const std::optional<ChainGroups>& between = std::nullopt) const;

 private:
  PotentialTable retrained(const CountedTerms& counts) const;
  /// How often the structure was counted.
  std::size_t times_of(const Digest& sha256) const;
  std::optional<CountedTerms> own_counts(const InputFile& file, const Model& model) const;

  CountedTerms counts_;  ///< of one table: a term without a name; structures are streams
  Recipe recipe_;
  std::optional<TermsRecipe> terms_;          ///< of several terms
  std::shared_ptr<const TermReader> reader_;  ///< with a term of other types than the sum
  std::optional<Calibration> calibration_;
  std::vector<Digest> digests_;  ///< of the structures, sorted
};

}  // namespace potential
