#pragma once
#include <string>
#include <vector>

#include <potential/structure/reader.hpp>

#include "structure/atom_table.hpp"
#include "structure/source_text.hpp"

namespace potential {

/// What a parser took from a file. The tables lead into its text.
struct ParsedFile {
  std::vector<AtomTable> models;  ///< only the first when only that is asked for
  bool several = false;           ///< the file holds more than one model
  bool has_plddt = false;         ///< mmCIF: it has a metric pLDDT, if that was asked for
};

/// The coordinate records of a PDB file; fields are read by Gemmi's functions,
/// lines end at column 72 (what stands behind is an identifier in files of the
/// 1990s). A model ends at ENDMDL, at END, or where the next one begins.
/// @throws FormatError on a record that is cut short.
ParsedFile parse_pdb(const SourceText& source, const ResidueRules& rules, ModelChoice choice);

/// The _atom_site category of the first block that has one; the grammar is
/// Gemmi's. @throws FormatError on a syntax error or missing columns.
/// @param local_quality  takes the pLDDT of a residue, where _ma_qa_metric_local
///        has one, in place of the B-factors of its atoms
ParsedFile parse_mmcif(const SourceText& source, const ResidueRules& rules, ModelChoice choice,
                       bool local_quality);

}  // namespace potential
