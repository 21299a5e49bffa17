#pragma once
#include <potential/core/contact_counts.hpp>
#include <string>

namespace potential::app {

/// A counts file, or a contact map in TSV; told apart by their content.
/// @throws FileError, FormatError; a potential file is refused by name.
ContactCounts read_counts_or_map(const std::string& path);

}  // namespace potential::app
