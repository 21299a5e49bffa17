#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <potential/support/digest.hpp>

namespace potential {

/// A polymer residue that carries at least one site, or could have.
struct Residue {
  std::string name;         ///< as written in the file (MSE stays MSE)
  std::int32_t number = 0;  ///< author number
  char insertion_code = ' ';
  std::uint32_t chain = 0;  ///< index into Model::chains
  /// Running sum of the steps along the chain: the separation of two residues
  /// of one chain is the difference of their positions.
  std::int32_t position = 0;
};

/// Polymer residues under one chain id (see docs/method.md).
struct Chain {
  std::string name;            ///< author chain id or PDB segment id; may be blank
  std::uint32_t residues = 0;  ///< length in polymer residues
};

/// The heavy atoms of polymer residues, whether they are sites or not: arrays of one
/// length.
struct HeavyAtoms {
  std::vector<std::int32_t> x, y, z;   ///< mÅ
  std::vector<std::uint32_t> residue;  ///< index into Model::residues
};

/// One model as flat arrays of typed sites, in the order chain, residue, type.
/// All site arrays have the same length n.
struct Model {
  std::string id;                      ///< the file's, chains and number: see ModelId
  std::vector<std::int32_t> x, y, z;   ///< mÅ
  std::vector<std::uint16_t> type;     ///< type number of the scheme
  std::vector<std::uint32_t> residue;  ///< index into residues

  std::vector<Residue> residues;
  std::vector<Chain> chains;
  /// Of a model with several chains, where the reader was asked for them.
  std::shared_ptr<const HeavyAtoms> heavy_atoms;
  Digest sha256{};  ///< of the canonical sites; the same for .pdb, .cif, .gz
  /// What a reader should know: residues that were skipped, and why.
  std::vector<std::string> notes;

  std::size_t size() const { return type.size(); }
};

/// SHA-256 over what is counted: types, chain breaks, positions, coordinates.
Digest identity_of(const Model& model);

/// Root mean square distance of the sites from their mean, Å, unweighted.
/// Computed in whole numbers, so independent of the order of the sites.
double radius_of_gyration(const Model& model);

}  // namespace potential
