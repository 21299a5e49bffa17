#include "target_folder.hpp"

#include <algorithm>
#include <potential/structure/input.hpp>
#include <potential/support/error.hpp>

namespace potential::app {

namespace fs = std::filesystem;

const char* const no_target =
    "none of its folders is a target that can be evaluated; a target "
    "is a folder with native.pdb, models/ and, if known, labels.tsv";

std::vector<fs::path> target_folders(const std::string& folder) {
  std::error_code problem;
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder, problem))
    if (entry.is_directory()) folders.push_back(entry.path());
  if (problem) throw FileError(folder, "cannot be read: " + problem.message());
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::string native_in(const fs::path& folder) {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind("native.", 0) == 0 && is_structure_file_name(name))
      found.push_back(entry.path().string());
  }
  if (found.size() > 1)
    throw FileError(folder.string(), "holds several natives: " + found[0] + " and " + found[1]);
  return found.empty() ? "" : found.front();
}

std::string models_in(const fs::path& folder) {
  for (const char* name : {"models", "models.tar", "models.tar.gz", "models.tgz", "models.tar.zst"})
    if (fs::exists(folder / name)) return (folder / name).string();
  return "";
}

ModelTable labels_of(const ModelTable& labels, const std::string& target) {
  const auto names = labels.targets();
  return std::find(names.begin(), names.end(), target) != names.end() ? labels.of_target(target)
                                                                      : labels;
}

}  // namespace potential::app
