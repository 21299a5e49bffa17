#pragma once
#include <memory>
#include <string>
#include <vector>

#include "pairs/pair_kernel.hpp"
#include "scoring/scoring_table.hpp"

namespace potential {

/// The search for the pairs of a model that a table scores: all that lie in a bin and
/// a class or, where it scores between groups of chains, those of them. Not shared
/// between threads.
class PairSearch {
 public:
  explicit PairSearch(std::shared_ptr<const ScoringTable> table)
      : table_(std::move(table)), kernel_(table_->bins, table_->separations, table_->layout) {}

  /// To be called before each search. @returns why the model has no such pairs: a chain
  /// that is asked for and not there; else empty.
  std::string begin(const Model& model);
  /// Whether pairs of these two chains (indices) are looked for, or of one with itself.
  bool takes(std::uint32_t first, std::uint32_t second) const {
    return side_.empty() || (side_[first] | side_[second]) == 3;
  }

  /// @param with_sites  ContactBatch::sites are needed
  template <class Sink>
  void for_each_batch(const Model& model, bool with_sites, Sink&& sink) {
    if (!side_.empty())
      kernel_.for_each_batch_with_sites(model, [&](const ContactBatch& batch) {
        if (const ContactBatch part = between(batch, model); part.size > 0) sink(part);
      });
    else if (with_sites)
      kernel_.for_each_batch_with_sites(model, sink);
    else
      kernel_.for_each_batch(model, sink);
  }

 private:
  ContactBatch between(const ContactBatch& batch, const Model& model);

  std::shared_ptr<const ScoringTable> table_;
  PairKernel kernel_;
  std::vector<std::uint8_t> side_;  // by chain: 1, 2 or 0 for neither; empty = all pairs
  std::vector<std::uint32_t> offsets_, sites_;
};

}  // namespace potential
