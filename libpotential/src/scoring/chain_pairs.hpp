#pragma once
#include <memory>
#include <optional>

#include <potential/scoring/score.hpp>

#include "pairs/pair_kernel.hpp"
#include "scoring/scoring_table.hpp"

namespace potential {

/// Shares a model's score out among its chains and pairs of chains. Not shared
/// between threads.
class ChainPairScorer {
 public:
  explicit ChainPairScorer(std::shared_ptr<const ScoringTable> table);

  /// Every chain with itself and every two chains, in the order of the file.
  /// Where the potential has no class for pairs between chains, their contacts
  /// are counted all the same and `scored` is false.
  std::vector<ChainPairScore> score(const Model& model);

 private:
  std::shared_ptr<const ScoringTable> table_;
  PairKernel kernel_;
  std::optional<PairKernel> between_;  ///< counts what the potential leaves out
};

}  // namespace potential
