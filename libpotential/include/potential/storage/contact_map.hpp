#pragma once
#include <optional>
#include <string>
#include <variant>

#include <potential/core/contact_counts.hpp>
#include <potential/core/potential_table.hpp>

namespace potential {

/// Reads a contact map in TSV: a header with the bins (`0-3A 3-4A ...`), the
/// cell before them free, then one row a pair with whole counts. A pair is
/// `ALA:CYS` or `ALA-CYS` between residues, `ALA:CB-LEU:CB` between atoms. Rows
/// keep their order and names. With several separation classes the second
/// column, headed `separation`, holds the class; without it the class is `1+`.
///
/// A file does not say where its sites stand. With `scheme` it is that one;
/// else, if all types are among the 20 residues, `residue-cb` is assumed; if all
/// are of `heavy-atom`, `heavy-atom-158` or `heavy-atom-centroid`, that one; else the map gets a
/// scheme of its own, `contact-map`, made from the names. The option `types` of the result says
/// which, and whether it was assumed.
///
/// @throws FileError; FormatError naming line and column: a cell that is
///         missing, or not a whole number from 0 to 2^64 − 1; a repeated pair; a
///         class without all the pairs; a type that is not in the scheme.
ContactCounts read_contact_map(const std::string& path, const Scheme* scheme = nullptr);

/// What the cells of a map are.
enum class MapCells {
  counts,  ///< whole numbers from 0 on; anything else is refused
  scores,  ///< numbers, and inf
  either,  ///< scores when one of them is not a whole number from 0 on
};

struct MapOptions {
  MapCells cells = MapCells::either;
  std::optional<Scheme> scheme = {};
  /// Those of the columns, whatever the header calls them; else the header says.
  std::optional<DistanceBins> bins = {};
};

/// What was in a map. A potential made of scores has no counts, structures or
/// recipe, and its standard errors are not known (NaN).
struct ImportedMap {
  std::variant<ContactCounts, PotentialTable> table;
  std::string types;    ///< the scheme, and whether it was assumed
  std::string because;  ///< `line 3 has -0.5`: why they are scores, where nobody said so
};

/// Reads a contact map, or scores in the same form.
/// @throws as read_contact_map(); of scores, a cell that is no number, NaN or
///         -inf; a header of other bins than those given, or another number.
ImportedMap import_map(const std::string& path, const MapOptions& options = {});

/// Counts as such a TSV. What was imported is given back cell by cell.
std::string format_counts(const ContactCounts& counts);
/// Scores [K·P, B] likewise, each in the fewest digits that read back the same.
/// @throws UsageError when the shape is not that of the axes.
std::string format_scores(const TableAxes& axes, const ScoreTable& scores);

}  // namespace potential
