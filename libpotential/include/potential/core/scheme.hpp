#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace potential {

/// Where the site of a type stands.
enum class SitePlacement {
  atom,      ///< on each atom that the scheme names
  ca,        ///< one a residue, on CA
  cb,        ///< one a residue, on CB (ideal position when absent; GLY: CA)
  centroid,  ///< one a residue, the mean of the side-chain heavy atoms (GLY: CA)
};

/// A scheme: which sites are counted, and the type of each.
///
/// Text form, one item a line, `#` begins a comment:
///
///     scheme my-types
///     sites atom                       (or ca, cb, centroid)
///     ALA:CB   ALA        CB           (type, residues, atoms)
///     OE       GLU,GLN    OE1,OE2
///     ALA      ALA                     (no atoms unless `sites atom`)
///     TRP:SC   TRP        centroid     (the mean of the side-chain heavy atoms)
///     *:*      A,G        N9,C8        (A:N9, A:C8, G:N9, G:C8: residue and atom)
/// A type may stand on several lines; types are numbered in order of first
/// appearance. One (residue, atom) belongs to one type.
class Scheme {
 public:
  /// @param source named in errors.
  /// @throws FormatError naming source and line.
  static Scheme parse(std::string_view text, const std::string& source);

  const std::string& name() const { return name_; }
  SitePlacement placement() const { return placement_; }
  /// Number of types T, 1 to 2000.
  int size() const { return static_cast<int>(types_.size()); }
  const std::string& type_name(int type) const { return types_[index(type)].name; }
  /// Residue and atom names of a type, comma-separated when several; the atom
  /// is empty in residue schemes.
  const std::string& residues(int type) const { return types_[index(type)].residues; }
  const std::string& atoms(int type) const { return types_[index(type)].atoms; }
  std::vector<std::string> type_names() const;
  /// Type of that name, or -1.
  int find(std::string_view type_name) const;

  /// True when the scheme names this residue.
  bool knows_residue(const std::string& residue) const { return rows_.count(residue) != 0; }
  /// Every residue that the scheme names, sorted.
  std::vector<std::string> residue_names() const;
  /// The (atom name, type) of every site of a residue; in residue schemes one
  /// entry with an empty atom name. Empty when the residue is not in the scheme.
  struct Entry {
    std::string atom;
    std::uint16_t type;
  };
  const std::vector<Entry>& sites_of(const std::string& residue) const;

  /// The canonical text: what is stored in every file made with the scheme.
  const std::string& definition() const { return definition_; }
  bool operator==(const Scheme& other) const { return definition_ == other.definition_; }
  bool operator!=(const Scheme& other) const { return !(*this == other); }

 private:
  struct Type {
    std::string name, residues, atoms;
  };
  static std::size_t index(int type) { return static_cast<std::size_t>(type); }
  void write_definition();
  friend class SchemeParser;

  std::string name_;
  SitePlacement placement_ = SitePlacement::atom;
  std::vector<Type> types_;
  struct Row {
    std::string residue, atom;
    std::uint16_t type;
  };
  std::vector<Row> order_;
  std::unordered_map<std::string, std::vector<Entry>> rows_;
  std::unordered_map<std::string, int> numbers_;
  std::string definition_;
};

/// The schemes that come with the library, such as `heavy-atom`, `residue-ca` and `rna-3`
/// (compiled in from data/schemes; docs/schemes.md lists them).
/// @returns nullptr for another name.
const char* find_shipped_scheme(std::string_view name);
std::vector<std::string> shipped_scheme_names();

/// A shipped scheme by name, or one read from a file of that name.
/// @throws UsageError when neither exists; FormatError as Scheme::parse.
Scheme load_scheme(const std::string& name_or_path);

}  // namespace potential
