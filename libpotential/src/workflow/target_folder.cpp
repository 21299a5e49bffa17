#include "workflow/target_folder.hpp"
#include <algorithm>
#include <potential/structure/input.hpp>
#include <potential/support/error.hpp>

namespace potential {

namespace fs = std::filesystem;

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

}  // namespace potential
