#pragma once
#include <string>

#include <potential/core/contact_counts.hpp>

namespace potential {

/// A contact map in TSV: a header with the bins (`0-3A 3-4A ...`) and one row a
/// pair (`ALA:CYS` for residues, `ALA:CB-LEU:CB` for atoms), whole counts. Rows
/// keep their order and names. With several separation classes the second
/// column, headed `separation`, holds the class.
///
/// When all types belong to a shipped scheme the map gets that scheme, else one
/// of its own made from the names.
/// @throws FormatError naming line and column.
ContactCounts read_contact_map(const std::string& path);

/// Counts or scores as such a TSV. @throws FileError.
/// `path` "-" writes to standard output.
std::string format_counts(const ContactCounts& counts);
std::string format_scores(const TableAxes& axes, const ScoreTable& scores);

}  // namespace potential
