#pragma once
#include <filesystem>
#include <potential/evaluation/labels.hpp>
#include <string>
#include <vector>

namespace potential::app {

/// The folders in a folder, sorted: each may be a target.
/// @throws FileError when it cannot be read.
std::vector<std::filesystem::path> target_folders(const std::string& folder);

/// The one structure file `native.*` of a target's folder, or nothing.
/// @throws FileError when there are several.
std::string native_in(const std::filesystem::path& folder);

/// The folder or archive of a target's models, or nothing.
std::string models_in(const std::filesystem::path& folder);

/// The rows of one target: all, when the table is not divided by targets or
/// holds but one.
ModelTable labels_of(const ModelTable& labels, const std::string& target);

/// What is wrong with a folder without a target.
extern const char* const no_target;

}  // namespace potential::app
