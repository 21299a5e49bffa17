#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <potential/core/model.hpp>
#include <potential/core/scheme.hpp>
#include <potential/evaluation/residue_match.hpp>
#include <potential/evaluation/superpose.hpp>

namespace potential {

/// The CA atoms of a structure.
struct CaTrace {
  std::vector<ResidueId> residues;  ///< [n]
  Points positions;                 ///< [3, n] Å
};

/// The CA trace of a model read with a scheme that places its sites on CA.
/// @throws UsageError with another scheme.
CaTrace ca_trace(const Model& model, const Scheme& scheme);

/// The heavy atoms of the nucleotides of a structure.
struct NucleicAtoms {
  std::vector<ResidueId> residues;     ///< [n]
  Points positions;                    ///< [3, m] Å
  std::vector<std::uint32_t> residue;  ///< [m] index into residues
  std::vector<std::string> name;       ///< [m] of the atom: `C1'`
};

/// Those of a model read with a scheme of one atom a type, such as nucleic-heavy-atom.
NucleicAtoms nucleic_atoms(const Model& model, const Scheme& scheme);

/// The atoms of nucleotides whose RMSD is measured.
enum class RmsdAtoms { c1, p, c3, heavy };
/// By `C1'`, `P`, `C3'` or `heavy`. @throws UsageError.
RmsdAtoms parse_rmsd_atoms(const std::string& text);
const std::vector<std::string>& rmsd_atoms_names();

/// How alike a model is to the native: over the CA atoms of matched residues, or the
/// heavy atoms of nucleotides.
struct Similarity {
  std::size_t native_residues = 0;
  std::size_t matched = 0;      ///< residues in common
  bool chains_ignored = false;  ///< see ResidueMatch
  bool by_sequence = false;     ///< see ResidueMatch
  bool same_protein = false;    ///< if not, the figures say nothing; see ResidueMatch
  std::optional<double> rmsd;   ///< Å; none without a residue in common
  /// 0..1, over all residues of the native; 0 without a residue in common.
  double gdt_ts = 0, gdt_ha = 0, tm_score = 0;
  std::optional<double> lddt;  ///< see ca_lddt, and compare() of nucleic acids
};

/// @throws UsageError when the native has no residue.
Similarity compare(const CaTrace& model, const CaTrace& native);

/// The same of nucleic acids, over atoms of one name in matched nucleotides: RMSD of the
/// atoms asked for; GDT and TM-score over C3', with the d0 of nucleic acids (see
/// tm_distance()); lDDT over all heavy atoms, pairs within a nucleotide left out.
/// @throws UsageError when the native has no nucleotide.
Similarity compare(const NucleicAtoms& model, const NucleicAtoms& native, RmsdAtoms rmsd);

/// lDDT of CA atoms (Mariani et al. 2013): of the distances below 15 Å between
/// two residues of the native, the share that the model keeps within 0.5, 1, 2
/// and 4 Å, averaged over the four. A distance to a residue that the model
/// lacks is not kept. Needs no superposition.
/// @returns nothing when no two residues of the native are that close.
std::optional<double> ca_lddt(const CaTrace& model, const CaTrace& native,
                              const ResidueMatch& match);

}  // namespace potential
