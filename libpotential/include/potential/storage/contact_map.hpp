#pragma once
#include <string>

#include <potential/core/contact_counts.hpp>

namespace potential {

/// Reads a contact map in TSV: a header with the bins (`0-3A 3-4A ...`), the
/// cell before them free, then one row a pair with whole counts. A pair is
/// `ALA:CYS` or `ALA-CYS` between residues, `ALA:CB-LEU:CB` between atoms. Rows
/// keep their order and names. With several separation classes the second
/// column, headed `separation`, holds the class; without it the class is `1+`.
///
/// A file does not say where its sites stand. With `scheme` it is that one;
/// else, if all types are among the 20 residues, `residue-cb` is assumed; if all
/// are of `heavy-atom` or `heavy-atom-158`, that one; else the map gets a scheme
/// of its own, `contact-map`, made from the names. The option `types` of the
/// result says which, and whether it was assumed.
///
/// @throws FileError; FormatError naming line and column: a cell that is
///         missing, or not a whole number from 0 to 2^64 − 1; a repeated pair; a
///         class without all the pairs; a type that is not in the scheme.
ContactCounts read_contact_map(const std::string& path, const Scheme* scheme = nullptr);

/// Counts as such a TSV. What was imported is given back cell by cell.
std::string format_counts(const ContactCounts& counts);
/// Scores [K·P, B] likewise, each in the fewest digits that read back the same.
/// @throws UsageError when the shape is not that of the axes.
std::string format_scores(const TableAxes& axes, const ScoreTable& scores);

}  // namespace potential
