#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <potential/scoring/score.hpp>
#include <potential/storage/contact_map.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/shipped.hpp>
#include <set>

namespace potential {
namespace {

namespace fs = std::filesystem;

bool is_bare_word(const std::string& word) {
  return !word.empty() && word.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == std::string::npos;
}

/// share/potential of the prefix that the library, or what it is linked into, is
/// installed in; empty when nobody knows.
fs::path beside_library() {
  Dl_info info;
  if (::dladdr(reinterpret_cast<const void*>(&beside_library), &info) == 0) return {};
  std::error_code problem;
  fs::path folder = fs::canonical(info.dli_fname, problem);
  if (problem || info.dli_fname[0] != '/') return {};
  while (folder.has_relative_path()) {
    folder = folder.parent_path();
    if (fs::path data = folder / "share" / "potential"; fs::is_directory(data, problem))
      return data;
  }
  return {};
}

/// ../share/potential from the executable; empty when nobody knows where that is.
fs::path beside_program() {
  std::error_code unknown;
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
  return unknown ? fs::path() : program.parent_path().parent_path() / "share" / "potential";
}

/// Where shipped potentials may lie, the first first.
std::vector<fs::path> data_folders() {
  const char* const chosen = std::getenv("POTENTIAL_DATA");
  std::vector<fs::path> folders;
  for (const fs::path& folder :
       {fs::path(chosen == nullptr ? "" : chosen), beside_library(), beside_program(),
        fs::path(POTENTIAL_DATA_FOLDER), fs::path(POTENTIAL_INSTALLED_DATA)}) {
    if (folder.empty()) continue;
    folders.push_back(folder);
    folders.push_back(folder / "potentials");
  }
  return folders;
}

}  // namespace

std::optional<std::string> find_shipped(const std::string& word) {
  if (!is_bare_word(word)) return std::nullopt;
  std::error_code ignored;
  for (const fs::path& folder : data_folders()) {
    const fs::path file = folder / (word + ".h5");
    if (fs::is_regular_file(file, ignored)) return file.string();
  }
  return std::nullopt;
}

std::vector<std::string> shipped_names() {
  std::set<std::string> names;
  for (const fs::path& folder : data_folders()) {
    std::error_code absent;
    for (fs::directory_iterator entry(folder, absent), end; !absent && entry != end;
         entry.increment(absent))
      if (entry->path().extension() == ".h5") names.insert(entry->path().stem().string());
  }
  return {names.begin(), names.end()};
}

std::string find_potential(const std::string& word) {
  std::error_code ignored;
  if (!is_bare_word(word)) return word;
  if (const auto file = find_shipped(word)) return *file;
  const auto known = shipped_names();
  throw UsageError("there is no shipped potential '" + word + "'" +
                   (known.empty() ? "; none was found, set POTENTIAL_DATA to their folder"
                                  : fmt::format("; there are {}", fmt::join(known, ", "))) +
                   (fs::exists(word, ignored) ? "; for the file of that name, give ./" + word
                                              : "; for a file, give its path"));
}

PotentialTable load_potential(const std::string& word, const std::string& term,
                              PotentialParts parts) {
  PotentialTable table = read_potential(find_potential(word), parts);
  if (term.empty()) return table;
  return find_term(table, term).table;
}

PotentialTable load_scoring_potential(const std::string& word, const std::string& term,
                                      PotentialParts parts) {
  const std::string path = find_potential(word);
  PotentialTable table = load_potential(path, term, parts);
  try {
    require_scorable(table);
  } catch (const UsageError& error) {
    throw FileError(path, error.what());
  }
  return table;
}

ContactCounts load_counts(const std::string& path) {
  switch (kind_of_file(path)) {
    case FileKind::counts:
      return read_counts(path);
    case FileKind::potential:
      throw FormatError(path, "is a potential; training needs a counts file or a contact map");
    case FileKind::scores:
      throw FormatError(path,
                        "holds scores of models; training needs a counts file or a contact map");
    case FileKind::other:
      break;
  }
  return read_contact_map(path);
}

}  // namespace potential
