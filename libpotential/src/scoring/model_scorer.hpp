#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <potential/scoring/score.hpp>

#include "scoring/pair_tally.hpp"
#include "scoring/shuffle.hpp"
#include "scoring/training_composition.hpp"

namespace potential {

/// What to work out of each model.
struct ModelScoreParts {
  Normalization normalize = Normalization::total;
  bool per_residue = false;
  bool shuffle_z = false;
  std::size_t top_pairs = 0;
  bool chain_pairs = false;
  bool interfaces = false;
};

/// What to know where chains touch and the potential does not judge it; else empty.
std::string note_on_interfaces(const ModelScore& model);

/// A score, and what to bear in mind when looking at it.
struct CautiousScore {
  ModelScore row;
  std::vector<std::string> cautions;
};

/// Scores models with all that is asked for, from one search of their pairs. (The
/// standard errors of differences take another, in DifferenceScorer: the best model
/// is not known before all are scored, and what it would take to do without, the
/// filled cells of each model, is forty times its sites.) Not shared between
/// threads: each has its own.
class ModelScorer {
 public:
  explicit ModelScorer(const std::shared_ptr<const ScoringTable>& table,
                       const std::optional<ResidueSelection>& residues = std::nullopt)
      : tally_(table, residues), shuffler_(table), whole_(!residues) {}

  CautiousScore score(const Model& model, const ModelScoreParts& parts,
                      const TrainingComposition& training);

 private:
  void add_chains(const Model& model, const ModelScoreParts& parts, ModelScore& row);
  std::string add_shuffle_z(const Model& model, const TrainingComposition& training,
                            Normalization normalize, ModelScore& row);

  PairTally tally_;
  TypeShuffler shuffler_;
  bool whole_;  // no residues are selected
};

}  // namespace potential
