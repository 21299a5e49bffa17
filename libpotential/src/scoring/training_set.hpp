#pragma once
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <potential/core/model.hpp>
#include <potential/core/potential_table.hpp>

namespace potential {

/// The structures that a potential was trained on, by the digests of their sites.
class TrainingSet {
 public:
  /// Structures listed by their sites in a scheme that is neither that of the
  /// potential, nor of a term, nor a shipped one that nests in it, are not known.
  explicit TrainingSet(const PotentialTable& table);

  /// Whether the model, with sites in the scheme of the potential, is one of them.
  bool has(const Model& model) const;
  /// Names of the schemes whose structures are not known.
  const std::vector<std::string>& unknown_schemes() const { return unknown_; }

 private:
  struct List {
    std::vector<int> types;  ///< [T] for each type the one listed by, or -1; empty = the same
    std::set<Digest> digests;
  };
  std::vector<List> lists_;
  std::vector<std::string> unknown_;
};

}  // namespace potential
