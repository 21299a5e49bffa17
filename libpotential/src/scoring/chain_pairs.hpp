#pragma once
#include <memory>
#include <optional>
#include <vector>

#include <potential/scoring/score.hpp>

#include "pairs/pair_kernel.hpp"
#include "scoring/scoring_table.hpp"

namespace potential {

/// Shares a model's score out among its chains and pairs of chains, batch by batch
/// of a search with sites. Not shared between threads.
class ChainPairs {
 public:
  explicit ChainPairs(std::shared_ptr<const ScoringTable> table);

  /// @param errors  ChainPairScore::standard_error is asked for
  void begin(const Model& model, bool errors = false);
  void add(const ContactBatch& batch);
  /// Every chain with itself and every two chains, in the order of the file.
  /// Where the potential has no class for pairs between chains, their contacts
  /// are counted all the same, by a search of their own, and `scored` is false.
  std::vector<ChainPairScore> finish(const Model& model);
  /// The sum of the scores so far of any two chains, in the order of the file.
  double between() const;

 private:
  double error_of(std::vector<std::uint32_t>& cells) const;
  ChainPairScore& row_of(std::uint32_t site, std::uint32_t other);

  std::shared_ptr<const ScoringTable> table_;
  std::size_t chains_ = 0;
  std::vector<std::uint32_t> chain_of_;            ///< of each site
  std::vector<ChainPairScore> rows_;               ///< [chains, chains], first <= second
  std::vector<std::vector<std::uint32_t>> cells_;  ///< of the contacts of each row
  std::optional<PairKernel> between_;              ///< counts what the potential leaves out
};

}  // namespace potential
