#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <potential/core/potential_table.hpp>

namespace potential::app {

/// The file behind a POTENTIAL on a command line: a word of letters, digits, `-`
/// and `_` is the name of a shipped potential, anything else (`./default`,
/// `x.h5`) a path. Names are looked for in $POTENTIAL_DATA, then in
/// ../share/potential from the executable, then in the source tree it was built
/// from; `NAME.h5`, there or in a folder `potentials`.
/// @throws UsageError on an unknown name, telling those that are there.
std::string find_potential(const std::string& word);
/// The same where it is not a program that looks: `installed` is the folder that
/// stands for ../share/potential; it may be empty.
std::string find_potential(const std::string& word, const std::filesystem::path& installed);

/// The file of the shipped potential of this name, if the word is one.
std::optional<std::string> find_shipped(const std::string& word);

/// What a help text says about it.
extern const char* const potential_help;

}  // namespace potential::app
