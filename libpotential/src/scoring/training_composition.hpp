#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <potential/core/potential_table.hpp>

namespace potential {

/// A structure with fewer residues is too small for its score to say much.
constexpr std::uint32_t min_residues = 30;
/// A structure is too unlike the training set when more than this share of its
/// contacts would have to be given to other residues for it to be like it.
constexpr double max_dissimilarity = 0.5;

/// How unlike a structure's contacts are to those that a potential was trained
/// from: which residues (as the scheme groups its types) take part in them.
class TrainingComposition {
 public:
  /// Not known when the table tells nothing of it: see residue_contacts().
  explicit TrainingComposition(const PotentialTable& table);

  /// Half the sum over residues of |share here − share in training|, 0..1.
  /// @param contacts  [T] how often each type takes part in a contact
  /// @returns nothing when there is nothing to compare.
  std::optional<double> distance(const std::vector<double>& contacts) const;

 private:
  std::vector<std::size_t> group_;  ///< [T]
  std::vector<double> share_;       ///< of each group; empty = not known
};

}  // namespace potential
