#pragma once
#include <map>
#include <set>
#include <string>

namespace potential {

/// Structures to leave out, by name: an id or its file, with its path or without,
/// with or without `[chains]#k`. The case of letters and the extensions of structure
/// files make no difference: `1CTF`, `1ctf.cif` and `set/1ctf` all leave out
/// `set/1ctf.pdb.gz`. (The case of chain ids does.)
class ExclusionList {
 public:
  ExclusionList() = default;
  /// One name a line; blank lines and lines that begin with `#` do not count.
  /// @throws FileError; FormatError for a structure or FASTA file.
  static ExclusionList read(const std::string& path);

  void add(const std::string& name);
  bool empty() const { return names_.empty(); }
  /// Names, without those that say the same as another: by what they say.
  const std::map<std::string, std::string>& entries() const { return entries_; }
  /// @returns the name in entries() that leaves out this structure, or nullptr.
  const std::string* find(const std::string& id) const;
  /// `3 names, sha256 1f2e...`: the same for the same names in any order.
  std::string fingerprint() const;

 private:
  std::set<std::string> names_;
  std::map<std::string, std::string> entries_;
};

}  // namespace potential
