#pragma once
#include <string>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/core/counted_terms.hpp>
#include <potential/core/potential_table.hpp>

namespace potential {

enum class FileKind { counts, potential, scores, other };

/// What a file says it is, from its first bytes and root attributes.
/// `other` for anything that is not one of ours. @throws FileError when it cannot be opened.
FileKind kind_of_file(const std::string& path);

/// Writes atomically; the same content gives the same bytes.
/// @throws FileError; an older file at `path` is then untouched.
void write_counts(const ContactCounts& counts, const std::string& path);
void write_counts(const CountedTerms& terms, const std::string& path);
void write_potential(const PotentialTable& table, const std::string& path);

/// The names of the terms of a file of several; none of any other.
/// @throws FileError, FormatError.
std::vector<std::string> read_term_names(const std::string& path);

/// Reads and checks: the digest before HDF5 sees a byte, then format, version,
/// every shape and type, label against axes, counts against margins, finite
/// scores. @throws FileError, FormatError, one line each.
/// @param term  which of a file of several; UsageError without it there, or when it has
///              none of this name
ContactCounts read_counts(const std::string& path, const std::string& term = "");
/// All terms of a file of several.
CountedTerms read_counted_terms(const std::string& path);
/// What of a potential is read. Standard errors that are not read are not known (NaN).
enum class PotentialParts { all, without_errors };
PotentialTable read_potential(const std::string& path, PotentialParts parts = PotentialParts::all);

/// The same counts, all checked alike, but the structures come as a stream, out of the
/// packed file in memory: for what sums over millions of them.
ContactCounts open_counts(const std::string& path, const std::string& term = "");
CountedTerms open_counted_terms(const std::string& path);

}  // namespace potential
