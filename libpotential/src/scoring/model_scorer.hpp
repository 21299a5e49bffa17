#pragma once
#include <memory>
#include <string>
#include <vector>

#include <potential/scoring/score.hpp>

#include "scoring/judgement.hpp"
#include "scoring/shuffle.hpp"

namespace potential {

/// What to work out of each model.
struct ModelScoreParts {
  Normalization normalize = Normalization::total;
  bool per_residue = false;
  bool quality = false;
  std::size_t top_pairs = 0;
};

/// A score, and what to bear in mind when looking at it.
struct CautiousScore {
  ModelScore row;
  std::vector<std::string> cautions;
};

/// Scores models with all that is asked for. Not shared between threads: each has
/// its own.
class ModelScorer {
 public:
  explicit ModelScorer(const std::shared_ptr<const ScoringTable>& table)
      : scorer_(table), shuffler_(table) {}

  CautiousScore score(const Model& model, const ModelScoreParts& parts,
                      const TrainingComposition& training);

 private:
  std::string judge(const Model& model, const TrainingComposition& training,
                    Normalization normalize, ModelScore& row);

  Scorer scorer_;
  TypeShuffler shuffler_;
};

}  // namespace potential
