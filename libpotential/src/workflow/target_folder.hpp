#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace potential {

/// The folders in a folder, sorted: each may be a target.
/// @throws FileError when it cannot be read.
std::vector<std::filesystem::path> target_folders(const std::string& folder);

/// The one structure file `native.*` of a target's folder, or nothing.
/// @throws FileError when there are several.
std::string native_in(const std::filesystem::path& folder);

/// The folder or archive of a target's models, or nothing.
std::string models_in(const std::filesystem::path& folder);

}  // namespace potential
