#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <potential/structure/input.hpp>
#include <potential/workflow/evaluate.hpp>

namespace potential {

/// A folder that may be a target, and the kind that the folder above it stands for.
struct TargetFolder {
  std::filesystem::path path;
  std::string kind;  ///< empty = none
};

/// The folders in a folder, sorted: each may be a target, or hold the targets of one
/// kind, when it has no models itself and folders in it have.
/// @throws FileError when one cannot be read.
std::vector<TargetFolder> target_folders(const std::string& folder);

/// The structure files `native.*`, `native2.*`, … of a target's folder, sorted.
/// @throws FileError when one stands there in two formats.
std::vector<std::string> natives_in(const std::filesystem::path& folder);

/// Those of a target, the first one first.
std::vector<std::string> natives_of(const Target& target);

/// A structure file that was named by the user.
InputFile file_of(const std::string& path);

/// The partners that partners.txt of a target's folder names, if there is one: lines
/// `receptor A,B` and `ligand C`, where several letters without commas are several chains
/// and `_` is the blank one.
/// @throws FormatError when it says something else, or a chain or partner twice.
std::optional<ChainGroups> partners_in(const std::filesystem::path& folder);

/// The folder or archive of a target's models, or nothing.
std::string models_in(const std::filesystem::path& folder);

}  // namespace potential
