#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <potential/structure/reader.hpp>

#include "structure/atom_table.hpp"
#include "structure/file_format.hpp"
#include "structure/source_text.hpp"

namespace potential {

/// What a parser took from a file. The tables lead into its text.
struct ParsedFile {
  std::vector<AtomTable> models;      ///< only the first when only that is asked for
  bool several = false;               ///< the file holds more than one model
  bool has_plddt = false;             ///< mmCIF: it has a metric pLDDT, if that was asked for
  std::shared_ptr<const void> texts;  ///< BinaryCIF: what the tables lead into besides
};

struct ParseOptions {
  ModelChoice models = ModelChoice::first;
  RowChoice rows = RowChoice::polymer;
  /// mmCIF: takes the pLDDT of a residue, where _ma_qa_metric_local has one, in
  /// place of the B-factors of its atoms.
  bool local_quality = false;
};

/// The coordinate records of a PDB file; fields are read by Gemmi's functions,
/// lines end at column 72, but for segment ids in the four columns behind (in
/// files of the 1990s these hold the entry's code and a line number). A model ends at ENDMDL, at
/// END, or where the next one begins.
/// @throws FormatError on a record that is cut short.
ParsedFile parse_pdb(const SourceText& source, const ResidueRules& rules,
                     const ParseOptions& options);

/// What goes on from one part of a file of many models to the next (PdbStream).
struct PdbProgress {
  bool begun = false;
  std::string entry_code;  ///< of the last HEADER
};
/// The models of the next part, all of them.
ParsedFile parse_pdb_part(const SourceText& part, const ResidueRules& rules, PdbProgress& progress);

/// What PDB files call the place of coordinates.
constexpr const char* coordinate_columns = "columns 31-54";
/// And mmCIF and BinaryCIF.
constexpr const char* coordinate_items = "_atom_site.Cartn_x, _y, _z";
constexpr const char* no_atoms = "holds no atoms";
constexpr const char* nul_problem = "a NUL byte: the file is damaged or no text";

/// The _atom_site category of the first block that has one; the grammar is
/// Gemmi's. @throws FormatError on a syntax error or missing columns.
ParsedFile parse_mmcif(const SourceText& source, const ResidueRules& rules,
                       const ParseOptions& options);

/// The same of a BinaryCIF file, by the same rules. B-factors are read only with the
/// local quality. @throws FormatError when it is damaged or a column is missing.
ParsedFile parse_bcif(const SourceText& source, const ResidueRules& rules,
                      const ParseOptions& options);

/// By the name of the file, else by how its text begins.
/// @throws FormatError when neither tells.
FileFormat format_of(const InputFile& file, const SourceText& source);

ParsedFile parse(FileFormat format, const SourceText& source, const ResidueRules& rules,
                 const ParseOptions& options);

/// Of a file that is read in pieces: enough models at once that the work is theirs.
constexpr std::size_t piece_bytes = std::size_t{1} << 20;

/// Some editors put a byte order mark before UTF-8: the text behind it.
std::string_view without_mark(std::string_view text);

}  // namespace potential
