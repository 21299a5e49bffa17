#include "workflow/target_folder.hpp"
#include <algorithm>
#include <map>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>
#include <sstream>

namespace potential {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::error_code problem;
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder, problem))
    if (entry.is_directory()) folders.push_back(entry.path());
  if (problem) throw FileError(folder.string(), "cannot be read: " + problem.message());
  std::sort(folders.begin(), folders.end());
  return folders;
}

/// `native`, perhaps with a number, of the name of such a file; else nothing.
std::string native_stem(const std::string& name) {
  const std::string stem = name.substr(0, name.find('.'));
  const bool is_native =
      stem.rfind("native", 0) == 0 && stem.find_first_not_of("0123456789", 6) == std::string::npos;
  return is_native && is_structure_file_name(name) ? stem : "";
}

/// `A,B` of that, or of `AB`: chains named by a letter.
std::string with_commas(const std::string& chains) {
  if (chains.find(',') != std::string::npos) return chains;
  std::string text;
  for (const char letter : chains) (text += text.empty() ? "" : ",") += letter;
  return text;
}

}  // namespace

std::vector<TargetFolder> target_folders(const std::string& folder) {
  std::vector<TargetFolder> targets;
  for (const fs::path& path : folders_in(folder)) {
    std::error_code unreadable;  // said when it is its turn as a target
    std::vector<fs::path> inside;
    if (models_in(path).empty() &&
        fs::directory_iterator(path, unreadable) != fs::directory_iterator{})
      inside = folders_in(path);
    const bool is_kind = std::any_of(inside.begin(), inside.end(),
                                     [](const fs::path& one) { return !models_in(one).empty(); });
    if (!is_kind) {
      targets.push_back({path, ""});
      continue;
    }
    for (const fs::path& one : inside) targets.push_back({one, path.filename().string()});
  }
  return targets;
}

std::vector<std::string> natives_in(const fs::path& folder) {
  std::map<std::string, std::string> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string(), stem = native_stem(name);
    if (stem.empty()) continue;
    const auto [other, is_new] = found.emplace(stem, entry.path().string());
    if (!is_new)
      throw FileError(folder.string(),
                      "holds one native twice: " + other->second + " and " + entry.path().string());
  }
  std::vector<std::string> natives;
  for (const auto& [stem, path] : found) natives.push_back(path);
  return natives;
}

std::optional<ChainGroups> partners_in(const fs::path& folder) {
  const fs::path path = folder / "partners.txt";
  if (!fs::exists(path)) return std::nullopt;
  std::map<std::string, std::string> groups;
  std::istringstream words(read_file(path.string()));
  for (std::string word; words >> word;) {
    std::string chains;
    words >> chains;
    if (!groups.emplace(word, with_commas(chains)).second)
      throw FormatError(path.string(), "says '" + word + "' twice");
  }
  if (groups.size() != 2 || groups.count("receptor") == 0 || groups.count("ligand") == 0)
    throw FormatError(path.string(),
                      "does not name two partners: expected lines 'receptor A,B' and 'ligand C'");
  try {
    return ChainGroups::parse(groups["receptor"] + ":" + groups["ligand"]);
  } catch (const UsageError& error) {
    throw FormatError(path.string(), error.what());
  }
}

std::string models_in(const fs::path& folder) {
  for (const char* name : {"models", "models.tar", "models.tar.gz", "models.tgz", "models.tar.zst"})
    if (fs::exists(folder / name)) return (folder / name).string();
  return "";
}

std::vector<std::string> natives_of(const Target& target) {
  std::vector<std::string> natives;
  if (!target.native.empty()) natives.push_back(target.native);
  natives.insert(natives.end(), target.other_natives.begin(), target.other_natives.end());
  return natives;
}

InputFile file_of(const std::string& path) {
  InputFile file;
  file.id = file.path = path;
  return file;
}

}  // namespace potential
