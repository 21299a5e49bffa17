#pragma once
#include <optional>
#include <string>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/core/potential_table.hpp>
#include <potential/storage/files.hpp>

namespace potential {

/// The file behind the word for a potential: one of letters, digits, `-` and `_`
/// is the name of a shipped potential, anything else (`./default`, `x.h5`) a path.
/// Names are looked for in $POTENTIAL_DATA, then in share/potential of the folder
/// that this library, and then that the program, is installed in, then in the source
/// tree it was built from; `NAME.h5`, there or in a folder `potentials`.
/// @throws UsageError on an unknown name, with those that are there.
std::string find_potential(const std::string& word);

/// The file of the shipped potential of this name, if the word is one.
std::optional<std::string> find_shipped(const std::string& word);
/// The names of all shipped potentials that are found, sorted.
std::vector<std::string> shipped_names();

/// A potential by its file or shipped name. @param term  that term of a sum alone
/// @throws as find_potential(), read_potential(), find_term().
PotentialTable load_potential(const std::string& word, const std::string& term = "",
                              PotentialParts parts = PotentialParts::all);
/// The same, to score with. @throws also FileError as require_scorable().
PotentialTable load_scoring_potential(const std::string& word, const std::string& term = "",
                                      PotentialParts parts = PotentialParts::all);

/// A counts file, or a contact map in TSV; told apart by their content.
/// @throws FileError, FormatError; a potential file is refused by name.
ContactCounts load_counts(const std::string& path);

}  // namespace potential
