#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include <potential/core/chain_groups.hpp>
#include <potential/core/model.hpp>
#include <potential/core/scheme.hpp>

namespace potential {

/// How a pose of two partners is judged in CAPRI (Méndez et al. 2003).
enum class CapriClass { incorrect, acceptable, medium, high };
const char* to_string(CapriClass capri);

/// How alike a pose of two partners is to the bound complex (Basu & Wallner 2016).
struct DockingSimilarity {
  std::size_t native_contacts = 0;  ///< pairs of residues of both partners within 5 Å
  double fnat = 0;                  ///< 0..1, share of them that the pose has
  /// Å, backbone (N, CA, C, O) of the residues within 10 Å of the other partner in the
  /// bound complex, superposed.
  double irmsd = 0;
  double lrmsd = 0;  ///< Å, backbone of the second partner, the first one superposed
  double dockq = 0;  ///< 0..1, mean of fnat, 1/(1 + (irmsd/1.5)²) and 1/(1 + (lrmsd/8.5)²)
  CapriClass capri = CapriClass::incorrect;
};

/// A figure of DockingSimilarity by name: dockq, fnat, irmsd, lrmsd; nothing for another.
std::optional<double> docking_figure(const DockingSimilarity& similarity, const std::string& name);

/// The scheme of which structures are read to compare them: the heavy atoms of the
/// twenty amino acids, OXT too, each with a type.
Scheme docking_scheme();

/// A bound complex that poses are compared with. Distances are between heavy atoms.
/// Residues belong together as in match_residues(), chain by chain; a residue or atom
/// that the pose lacks has no contact and is left out of the RMSD.
class BoundComplex {
 public:
  /// @param bound    read with `scheme`
  /// @param scheme   docking_scheme()
  /// @param partners chains of the receptor and of the ligand
  /// @throws Error when a chain is not there, or the partners do not touch.
  BoundComplex(const Model& bound, const Scheme& scheme, const ChainGroups& partners);
  ~BoundComplex();
  BoundComplex(BoundComplex&&) noexcept;

  /// Chains belong together by their ids, or by their residues where the ids differ.
  /// Chains that are copies of each other are matched in all ways; the best DockQ counts.
  /// @param pose  read with docking_scheme()
  /// @throws Error when chains of the pose are missing or too many ways to match them.
  DockingSimilarity compare(const Model& pose) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace potential
