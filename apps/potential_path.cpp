#include "potential_path.hpp"

#include <cstdlib>
#include <filesystem>
#include <potential/support/error.hpp>
#include <set>

namespace potential::app {
namespace {

namespace fs = std::filesystem;

bool is_bare_word(const std::string& word) {
  return !word.empty() && word.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == std::string::npos;
}

/// Where shipped potentials may lie, the first first.
std::vector<fs::path> data_folders(const fs::path& installed) {
  std::vector<fs::path> folders;
  const auto add = [&](const fs::path& folder) {
    folders.push_back(folder);
    folders.push_back(folder / "potentials");
  };
  const char* chosen = std::getenv("POTENTIAL_DATA");
  if (chosen != nullptr && *chosen != '\0') add(chosen);
  if (!installed.empty()) add(installed);
  add(POTENTIAL_DATA_FOLDER);
  add(POTENTIAL_INSTALLED_DATA);  // without /proc nobody knows where the program is
  return folders;
}

/// ../share/potential from the executable; empty when nobody knows where that is.
fs::path beside_program() {
  std::error_code unknown;
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
  return unknown ? fs::path() : program.parent_path().parent_path() / "share" / "potential";
}

std::optional<std::string> find_in(const std::vector<fs::path>& folders, const std::string& name) {
  std::error_code ignored;
  for (const fs::path& folder : folders) {
    const fs::path file = folder / (name + ".h5");
    if (fs::is_regular_file(file, ignored)) return file.string();
  }
  return std::nullopt;
}

/// All names there are, with commas between.
std::string known_names(const std::vector<fs::path>& folders) {
  std::set<std::string> names;
  for (const fs::path& folder : folders) {
    std::error_code absent;
    for (fs::directory_iterator entry(folder, absent), end; !absent && entry != end;
         entry.increment(absent))
      if (entry->path().extension() == ".h5") names.insert(entry->path().stem().string());
  }
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

const char* const potential_help =
    "POTENTIAL is a potential file, or the name of a shipped potential such as\n"
    "default or rapdf (a bare word is a name; ./default is a file).";

std::string find_potential(const std::string& word) {
  return find_potential(word, beside_program());
}

std::optional<std::string> find_shipped(const std::string& word) {
  return is_bare_word(word) ? find_in(data_folders(beside_program()), word) : std::nullopt;
}

std::string find_potential(const std::string& word, const fs::path& installed) {
  std::error_code ignored;
  if (!is_bare_word(word)) return word;
  const auto folders = data_folders(installed);
  if (const auto file = find_in(folders, word)) return *file;
  const std::string known = known_names(folders);
  throw UsageError("there is no shipped potential '" + word + "'" +
                   (known.empty() ? "; none was found, set POTENTIAL_DATA to their folder"
                                  : "; there are " + known) +
                   (fs::exists(word, ignored) ? "; for the file of that name, give ./" + word
                                              : "; for a file, give its path"));
}

}  // namespace potential::app
