#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include <potential/structure/input.hpp>

namespace potential {

/// A number for one residue, named as the reader names it (see Model).
struct ResidueValue {
  std::string chain;
  std::int32_t number = 0;
  char insertion_code = ' ';
  std::string name;
  double value = 0;
};

/// The values of one model, residues in the order of the file.
using ModelValues = std::vector<ResidueValue>;

/// A structure file with other B-factors.
struct RewrittenFile {
  std::string bytes;  ///< packed again when the file was .gz
  std::vector<std::string> notes;
};

/// The text of a PDB or mmCIF file with the value of each residue in the
/// B-factor of all its atoms, 0.00 where a residue has none; all else stays byte
/// for byte: headers, ligands, alternatives, ANISOU, line ends.
///
/// PDB: columns 61-66 of ATOM and HETATM, with one decimal or none where two do
/// not fit (below -99.99), clipped to -99999..999999 with a note. mmCIF: the
/// values of _atom_site.B_iso_or_equiv in the first block with atoms, two
/// decimals.
/// @param models  models[k] for the k-th model of the file, from 0; may be fewer
/// @throws FileError when it cannot be read; FormatError when it is damaged or
///         has no place for a B-factor.
RewrittenFile rewrite_bfactors(const InputFile& file, const std::vector<ModelValues>& models);

/// Where the file of an input belongs below a folder: its id as a path that
/// never leads out of there. The folder `root` (or `x.tar:`) that the id begins
/// with is left out, the colon behind an archive becomes a `/`, `..` at the
/// beginning `_up`.
std::string relative_name(const std::string& id, const std::string& root);

}  // namespace potential
