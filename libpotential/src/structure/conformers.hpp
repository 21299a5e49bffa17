#pragma once
#include <vector>

#include "structure/atom_table.hpp"

namespace potential {

/// A polymer residue in the one conformation that is taken.
struct Conformer {
  const ResidueRows* residue = nullptr;
  const AtomRow* begin = nullptr;
  const AtomRow* end = nullptr;
  char altloc = ' ';

  bool holds(const AtomRow& row) const { return row.altloc == ' ' || row.altloc == altloc; }
  /// The first atom of that name, or nullptr.
  const AtomRow* find(PackedAtomName name) const {
    for (const AtomRow* row = begin; row != end; ++row)
      if (row->atom == name && holds(*row)) return row;
    return nullptr;
  }
  /// By the first of its names that is there.
  const AtomRow* find(const AtomNames& atom) const {
    for (const PackedAtomName name : atom.names)
      if (const AtomRow* row = find(name)) return row;
    return nullptr;
  }
};

/// The residues of a model that may be in a polymer (amino acids by name, nucleotides by
/// name and an atom of the backbone, others by such atoms), in order of the file, each in the
/// conformation with the highest summed occupancy, then the first. Atoms without an altloc belong
/// to every conformation.
std::vector<Conformer> choose_conformers(const AtomTable& table);

}  // namespace potential
