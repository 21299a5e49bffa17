#include <potential/extraction/exclusion.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/sha256.hpp>
#include <sstream>

namespace potential {
namespace {

/// `set.tar:dir/1ctf.pdb.gz#2` -> `1ctf.pdb.gz#2`
std::string last_part(const std::string& id) { return id.substr(id.find_last_of("/:") + 1); }

/// `1ctf.pdb.gz#2` -> `1ctf`
std::string stem(std::string name) {
  name.resize(std::min(name.find_last_of('#'), name.size()));
  for (const char* extension : {".gz", ".pdb", ".ent", ".cif", ".mmcif"}) {
    const std::string_view end(extension);
    if (name.size() > end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0)
      name.resize(name.size() - end.size());
  }
  return name;
}

}  // namespace

ExclusionList ExclusionList::read(const std::string& path) {
  ExclusionList list;
  std::istringstream lines(read_file(path));
  for (std::string line; std::getline(lines, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
      line.pop_back();
    if (!line.empty() && line.front() != '#') list.add(line);
  }
  return list;
}

std::string ExclusionList::fingerprint() const {
  Sha256 hash;
  for (const std::string& name : names_) hash.update((name + '\n').data(), name.size() + 1);
  return std::to_string(names_.size()) + " names, sha256 " + to_hex(hash.finish());
}

bool ExclusionList::holds(const std::string& id) const {
  if (names_.empty()) return false;
  const std::string name = last_part(id);
  return names_.count(id) != 0 || names_.count(name) != 0 || names_.count(stem(name)) != 0;
}

}  // namespace potential
