#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include <potential/core/model.hpp>
#include <potential/core/scheme.hpp>

namespace potential {

/// How a residue is known in two structures of one protein.
struct ResidueId {
  std::string chain;        ///< author chain id; blank = not named
  std::int32_t number = 0;  ///< author number
  char insertion_code = ' ';
  std::string name;  ///< of the parent (MET for MSE); empty = never matches
};

/// The identity of each entry of Model::residues, in that order. The name is
/// that of the residue the scheme counts it as, so MSE is MET and HSD is HIS;
/// where a type stands for several residues, the name in the file. A residue
/// without a site has an empty name.
/// @param scheme  the one the model was read with
std::vector<ResidueId> residue_ids(const Model& model, const Scheme& scheme);

/// Residues that two structures share: native[k] and model[k] are indices of
/// the same residue, in the order of the native.
struct ResidueMatch {
  std::vector<std::uint32_t> native;
  std::vector<std::uint32_t> model;
  std::size_t shorter = 0;  ///< residues with a name, of the structure that has fewer
  /// Each structure is one chain and their ids differ (native `B`, model `A`):
  /// nothing would have matched, so the ids were not compared.
  bool chains_ignored = false;
  /// The numbers say too little: residues are those of equal name that stand together
  /// when the sequences of the chains are aligned.
  bool by_sequence = false;

  std::size_t size() const { return native.size(); }
  /// At least half of the shorter structure was found in the other.
  bool same_protein() const { return shorter > 0 && 2 * size() >= shorter; }
};

/// Matches residues by chain (when both structures name chains), number,
/// insertion code and name. Of residues that are alike in all of them the
/// first free one is taken. Where less than nine tenths of the shorter structure
/// match so, and aligning the sequences (chain by chain, those that fit best first)
/// matches a tenth of it more, the alignment holds: the files are numbered
/// differently.
ResidueMatch match_residues(const std::vector<ResidueId>& native,
                            const std::vector<ResidueId>& model);

/// The model with the sites of these residues alone. Residues, chains and
/// positions stay, so separations are those of the whole model.
/// @param residues  indices into model.residues
Model keep_residues(const Model& model, const std::vector<std::uint32_t>& residues);

}  // namespace potential
