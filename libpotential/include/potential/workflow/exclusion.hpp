#pragma once
#include <set>
#include <string>

namespace potential {

/// Structures to leave out, by name: a whole id or its file, the last part of its
/// path with or without `[chains]#k`, or that without extensions (`1ctf` leaves
/// out `set/1ctf.pdb.gz`).
class ExclusionList {
 public:
  ExclusionList() = default;
  /// One name a line; blank lines and lines that begin with `#` are passed over.
  /// @throws FileError.
  static ExclusionList read(const std::string& path);

  void add(const std::string& name) { names_.insert(name); }
  bool empty() const { return names_.empty(); }
  const std::set<std::string>& names() const { return names_; }
  /// @returns the name that leaves out this structure, or nullptr.
  const std::string* find(const std::string& id) const;
  /// `3 names, sha256 1f2e...`: the same for the same names in any order.
  std::string fingerprint() const;

 private:
  std::set<std::string> names_;
};

}  // namespace potential
