#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <potential/core/residue_selection.hpp>

#include "pairs/pair_kernel.hpp"
#include "scoring/scoring_table.hpp"

namespace potential {

/// The search for the pairs of a model that a table scores: all that lie in a bin and
/// a class or, where it scores between groups of chains or some residues are selected, those
/// of them. Not shared between threads.
class PairSearch {
 public:
  explicit PairSearch(std::shared_ptr<const ScoringTable> table,
                      std::optional<ResidueSelection> residues = std::nullopt)
      : table_(std::move(table)),
        residues_(std::move(residues)),
        kernel_(table_->bins, table_->separations, table_->layout) {}

  /// To be called before each search. @returns why the model has no such pairs: a chain
  /// or a residue that is asked for and not there; else empty.
  std::string begin(const Model& model);
  /// Whether pairs of these two chains (indices) are looked for, or of one with itself.
  bool takes(std::uint32_t first, std::uint32_t second) const {
    return side_.empty() || (side_[first] | side_[second]) == 3;
  }

  /// [residues] of the model, when some are selected; else empty.
  const std::vector<bool>& selected() const { return selected_; }

  /// @param with_sites  ContactBatch::sites are needed
  template <class Sink>
  void for_each_batch(const Model& model, bool with_sites, Sink&& sink) {
    if (!side_.empty() || !selected_.empty())
      kernel_.for_each_batch_with_sites(model, [&](const ContactBatch& batch) {
        if (const ContactBatch part = wanted(batch, model); part.size > 0) sink(part);
      });
    else if (with_sites)
      kernel_.for_each_batch_with_sites(model, sink);
    else
      kernel_.for_each_batch(model, sink);
  }

 private:
  std::string find_sides(const Model& model);
  ContactBatch wanted(const ContactBatch& batch, const Model& model);

  std::shared_ptr<const ScoringTable> table_;
  std::optional<ResidueSelection> residues_;
  PairKernel kernel_;
  std::vector<std::uint8_t> side_;  // by chain: 1, 2 or 0 for neither; empty = all pairs
  std::vector<bool> selected_;      // by residue; empty = all
  std::vector<std::uint32_t> offsets_, sites_;
};

}  // namespace potential
