#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <potential/core/model.hpp>
#include <potential/structure/sequence.hpp>

namespace potential {

/// Sequences that no structure may resemble: those of the proteins that a potential
/// will be tried on, say.
///
/// Two sequences are similar when their best local alignment (Smith-Waterman,
/// BLOSUM62, gaps 11 and 1) has at least the given percentage of identical columns,
/// gaps counted as columns, stretches over 70 % of the shorter sequence, and is not
/// one of chance: its score would come up in less than one of 1,000 pairs of
/// unrelated sequences of their lengths (Karlin and Altschul 1990). Chance alone
/// gives peptides of a few residues 40 % identity with anything.
/// Every pair is aligned; there is no filter that could lose one.
class SimilarSequences {
 public:
  SimilarSequences() = default;
  /// @param identity  percent. @throws UsageError unless above 0 and at most 100.
  SimilarSequences(const std::vector<Sequence>& sequences, double identity);

  bool empty() const { return queries_ == nullptr; }
  /// `similar to 1abc (chain A: 43 % identical over 120 residues)` for the first of
  /// the sequences that a chain of the model is similar to. Threads may share it.
  std::optional<std::string> find(const Model& model) const;
  /// `12 sequences at 40 %, sha256 1f2e...`: the same for the same sequences under
  /// any names, in any order.
  std::string fingerprint() const;

 private:
  struct Queries;
  std::shared_ptr<const Queries> queries_;
};

}  // namespace potential
