#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <iterator>
#include <potential/structure/input.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>
#include <sstream>

#include "structure/archive.hpp"
#include "structure/input_names.hpp"
#include "support/unread_formats.hpp"

namespace potential {
namespace {

using Chains = std::vector<std::string>;
constexpr int deepest_list = 8;

std::string reason() { return std::strerror(errno); }

Chains split_chains(const std::string& list) {
  Chains chains;
  std::istringstream parts(list);
  for (std::string chain; std::getline(parts, chain, ',');)
    if (!chain.empty()) chains.push_back(chain);
  return chains;
}

/// True for `1abc.pdb1`: how the PDB names the first biological assembly of an entry.
bool is_assembly_name(const std::string& name) {
  const auto last = name.find_last_not_of("0123456789");
  return last != std::string::npos && last + 1 < name.size() &&
         has_ending(name.substr(0, last + 1), {".pdb"});
}

/// Why a structure of this name is not read, or "": such a file in a folder is
/// named, and not ignored.
std::string unread_structure(const std::string& name) {
  if (has_ending(name, {".mmtf", ".mmtf.gz"})) return "MMTF is not read; convert it to mmCIF";
  const bool packed = has_ending(name, {".gz"});
  if (is_assembly_name(packed ? name.substr(0, name.size() - 3) : name))
    return "an assembly (.pdb1 and so on) is not read in a folder; name it itself, or as .pdb";
  const std::string_view packing = unread_ending(name);
  const std::string plain = name.substr(0, name.size() - packing.size());
  if (packing.empty() || (!is_structure_file_name(plain) && !is_assembly_name(plain))) return "";
  return std::string(packing) + " is not read; unpack it, or pack it with gzip";
}

/// What could be known of an input without opening files, in little memory:
/// there may be millions.
struct Item {
  std::string path;  ///< which is its name too
  std::shared_ptr<const Chains> chains;
  std::shared_ptr<const std::string> problem;
  bool archive = false;

  InputFile file() const {
    if (problem) return {path, "", nullptr, {}, *problem};
    return {path, path, nullptr, *chains, ""};
  }
};
using SharedChains = std::shared_ptr<const Chains>;

/// Lists and folders are walked over at once, so that their number is known;
/// files and archives are opened when it is their turn.
class Expansion {
 public:
  explicit Expansion(std::istream* standard_input) : standard_input_(standard_input) {}

  void add(const std::string& input, const SharedChains& chains, int depth) {
    if (input == archive_on_standard_input && depth == 0) {
      take_standard_input(input);
      items.push_back({input, chains, nullptr, true});
    } else if (input == "-" && depth == 0)
      add_list(input, read_standard_input(), depth);
    else if (input.size() > 1 && input.front() == '@')
      add_nested_list(input.substr(1), depth);
    else
      add_path(input, chains);
  }

  std::deque<Item> items;

 private:
  void take_standard_input(const std::string& input) {
    if (standard_input_taken_)
      throw UsageError(input, "", "standard input can be read once, as a list or as an archive");
    standard_input_taken_ = true;
  }

  std::string read_standard_input() {
    take_standard_input("-");
    if (standard_input_ == nullptr) throw FileError("-", "there is no standard input to read from");
    return {std::istreambuf_iterator<char>(*standard_input_), {}};
  }

  void add_nested_list(const std::string& path, int depth) {
    if (depth == deepest_list) throw FileError(path, "lists name each other without end");
    add_list("@" + path, read_file(path), depth);
  }

  void add_list(const std::string& name, const std::string& text, int depth) {
    std::istringstream lines(text);
    const std::size_t before = items.size();
    for (std::string line; std::getline(lines, line);) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (line.empty() || line.front() == '#') continue;
      const auto tab = line.find('\t');
      const auto chains = tab == std::string::npos
                              ? all_chains_
                              : std::make_shared<const Chains>(split_chains(line.substr(tab + 1)));
      add(line.substr(0, tab), chains, depth + 1);
    }
    if (items.size() == before) add_problem(name, "the list names no input");
  }

  void add_path(const std::string& path, const SharedChains& chains) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
      add_problem(path, "cannot open: " + reason());
    else if (S_ISDIR(info.st_mode))
      add_folder(path, chains);
    else if (!S_ISREG(info.st_mode) && !S_ISFIFO(info.st_mode))
      add_problem(path, "is a socket or device; only files, folders and pipes are read");
    else
      items.push_back({path, chains, nullptr, is_archive_name(path)});
  }

  void add_folder(const std::string& path, const SharedChains& chains) {
    std::string folder = path;
    while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
    const std::size_t before = items.size();
    walk(folder, chains);
    if (items.size() == before)
      add_problem(path, "the folder holds no structure file (.pdb .ent .cif .mmcif .bcif, or .gz)");
  }

  void walk(const std::string& folder, const SharedChains& chains) {
    struct stat info {};
    if (::stat(folder.c_str(), &info) != 0) return add_problem(folder, reason());
    const std::pair<dev_t, ino_t> identity{info.st_dev, info.st_ino};
    // A link that leads back to a folder above has nothing new.
    if (std::find(above_.begin(), above_.end(), identity) != above_.end()) return;
    above_.push_back(identity);
    for (const Entry& entry : list_folder(folder)) {
      const std::string path = (folder == "/" ? "" : folder) + "/" + entry.name;
      if (entry.kind == Entry::Kind::folder)
        walk(path, chains);
      else if (entry.kind == Entry::Kind::other)
        add_problem(path, "is a pipe, socket or device, which are not read in a folder");
      else if (const std::string problem = unread_structure(entry.name); !problem.empty())
        add_problem(path, problem);
      else
        items.push_back({path, chains, nullptr, false});
    }
    above_.pop_back();
  }

  struct Entry {
    enum class Kind { file, folder, other };
    std::string name;
    Kind kind;
    /// Folders sort as the paths inside them do.
    std::string key() const { return kind == Kind::folder ? name + "/" : name; }
  };

  std::vector<Entry> list_folder(const std::string& folder) {
    std::vector<Entry> entries;
    DIR* handle = ::opendir(folder.c_str());
    if (handle == nullptr) {
      add_problem(folder, "cannot list the folder: " + reason());
      return entries;
    }
    while (const dirent* found = ::readdir(handle)) {
      const std::string name = found->d_name;
      if (name == "." || name == "..") continue;
      const Entry::Kind kind = kind_of(folder, *found);
      if (kind == Entry::Kind::folder || is_structure_file_name(name) ||
          !unread_structure(name).empty())
        entries.push_back({name, kind});
    }
    ::closedir(handle);
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.key() < b.key(); });
    return entries;
  }

  /// A link is what it leads to; one that leads nowhere is a file, which cannot be
  /// opened.
  static Entry::Kind kind_of(const std::string& folder, const dirent& entry) {
    mode_t mode = DTTOIF(entry.d_type);
    if (entry.d_type == DT_UNKNOWN || entry.d_type == DT_LNK) {
      struct stat info {};
      if (::stat((folder + "/" + entry.d_name).c_str(), &info) != 0) return Entry::Kind::file;
      mode = info.st_mode;
    }
    return S_ISDIR(mode)   ? Entry::Kind::folder
           : S_ISREG(mode) ? Entry::Kind::file
                           : Entry::Kind::other;
  }

  void add_problem(const std::string& id, const std::string& problem) {
    items.push_back({id, all_chains_, std::make_shared<const std::string>(problem), false});
  }

  const SharedChains all_chains_ = std::make_shared<const Chains>();
  std::istream* standard_input_;
  bool standard_input_taken_ = false;
  std::vector<std::pair<dev_t, ino_t>> above_;  ///< folders on the way here
};

}  // namespace

bool is_structure_file_name(const std::string& name) {
  return has_ending(name, {".pdb", ".ent", ".cif", ".mmcif", ".bcif", ".pdb.gz", ".ent.gz",
                           ".cif.gz", ".mmcif.gz", ".bcif.gz"});
}

struct InputSource::Walk {
  std::deque<Item> items;
  std::size_t next = 0;
  std::unique_ptr<ArchiveReader> archive;  ///< that of items[next - 1]
  bool empty = true;                       ///< no member of it so far
  bool has_archives = false;

  std::optional<InputFile> next_member(bool wanted) {
    const InputFile outer = items[next - 1].file();
    try {
      if (!archive) {
        archive = std::make_unique<ArchiveReader>(outer.path);
        empty = true;
      }
      auto member = archive->next(wanted);
      if (member) {
        empty = false;
        return InputFile{outer.id + ":" + member->name, "",
                         std::move(member->bytes),      outer.chains,
                         std::move(member->problem),    outer.path};
      }
      archive.reset();
      if (!empty) return std::nullopt;
      return InputFile{outer.id, "", nullptr, {}, "the archive holds no structure file"};
    } catch (const FileError& error) {
      archive.reset();
      return InputFile{outer.id, "", nullptr, {}, error.reason_for(outer.path)};
    }
  }
};

InputSource::InputSource(const std::vector<std::string>& inputs, std::istream* standard_input)
    : walk_(std::make_unique<Walk>()) {
  Expansion expansion(standard_input);
  for (const std::string& input : inputs) expansion.add(input, std::make_shared<const Chains>(), 0);
  walk_->items = std::move(expansion.items);
  walk_->has_archives = std::any_of(walk_->items.begin(), walk_->items.end(),
                                    [](const Item& item) { return item.archive; });
}

InputSource::~InputSource() = default;

std::optional<InputFile> InputSource::next(bool wanted) {
  while (true) {
    if (walk_->archive)
      if (auto member = walk_->next_member(wanted)) return member;
    if (walk_->next == walk_->items.size()) return std::nullopt;
    const Item& item = walk_->items[walk_->next++];
    if (!item.archive) {
      InputFile file = item.file();
      if (wanted && file.problem.empty() && ::access(file.path.c_str(), R_OK) != 0)
        file.problem = "cannot open: " + reason();
      return file;
    }
    if (auto member = walk_->next_member(wanted)) return member;
  }
}

std::size_t InputSource::known_total() const {
  return walk_->has_archives ? 0 : walk_->items.size() - walk_->next;
}

void require_no_output(const InputFile& file, const std::vector<std::string>& outputs) {
  const std::string& path = file.archive.empty() ? file.path : file.archive;
  for (const std::string& output : outputs)
    if (same_file(path, output))
      throw UsageError(output, "",
                       "is an input (" + file.id + ") as well as the output; choose another name");
}

}  // namespace potential
