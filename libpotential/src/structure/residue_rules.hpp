#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <potential/core/scheme.hpp>

#include "structure/names.hpp"

namespace potential {

enum class ResidueKind {
  ignored,  ///< water, and residues of a kind of polymer that the scheme says nothing of
  typed,    ///< the scheme has sites for it
  untyped,  ///< a residue of our kind of polymer without sites in this scheme
  mirror,   ///< a D-amino acid
  unknown,  ///< a polymer residue if it is bonded to one
};

/// An atom under the names that files give it, the standard one first.
struct AtomNames {
  std::vector<PackedAtomName> names;
};

/// What a scheme makes of residues of one name.
struct ResidueRule {
  ResidueKind kind = ResidueKind::unknown;
  bool glycine = false;
  bool peptide = false;     ///< neighbours in a chain are bonded by C and N
  bool nucleotide = false;  ///< … by O3' and P
  /// Of a nucleotide whose name says nothing of its sugar: what it is where the sugar
  /// has no O2', or has one; nullptr = the same.
  const ResidueRule* deoxy = nullptr;
  const ResidueRule* ribo = nullptr;
  std::uint16_t type = 0;  ///< of the one site of a residue scheme
  struct Site {
    AtomNames atom;  ///< none: the centroid of the side chain
    std::uint16_t type;
  };
  std::vector<Site> sites;            ///< of an atom scheme, sorted by type
  std::vector<AtomNames> side_chain;  ///< heavy atoms from CB outward
  bool any_side_chain = false;        ///< not known: all heavy atoms off the backbone

  bool is_known() const { return kind != ResidueKind::ignored && kind != ResidueKind::unknown; }
};

/// Finds the rule for a residue name: the scheme's own name first, then what
/// data/residue-names.txt says, then the parent in Gemmi's table. Nucleotides are ignored
/// by a scheme that names none, amino acids by one that names only nucleotides.
class ResidueRules {
 public:
  explicit ResidueRules(const Scheme& scheme);
  ResidueRules(const ResidueRules&) = delete;
  ResidueRules& operator=(const ResidueRules&) = delete;

  const ResidueRule* find(std::string_view name) const;
  /// True for a name of the scheme or of data/residue-names.txt.
  bool has_name(std::string_view name) const { return rules_.count(pack_residue(name)) != 0; }
  SitePlacement placement() const { return placement_; }
  /// True when the scheme names nucleotides.
  bool has_nucleotides() const { return nucleotides_; }

 private:
  struct Alias {
    std::string residue;  ///< as the file calls it; `*` = any
    PackedAtomName name;
    std::string standard;
    bool instead;  ///< of the standard name, which is another atom there
  };
  void look_at(const Scheme& scheme);
  void add(const Scheme& scheme, const std::string& name, const std::string& parent);
  void link_sugars(const Scheme& scheme);
  ResidueRule make(const Scheme& scheme, const std::string& name, const std::string& parent) const;
  AtomNames names_of(const std::string& residue, const std::string& atom) const;
  const ResidueRule* find_nucleotide(char letter, bool deoxy) const;

  SitePlacement placement_;
  bool peptides_ = false, nucleotides_ = false;  ///< which kinds the scheme speaks of
  std::vector<Alias> aliases_;
  std::unordered_map<PackedResidueName, ResidueRule> rules_;
  std::array<const ResidueRule*, 26> by_letter_{};
  ResidueRule ignored_, ignored_peptide_, ignored_nucleotide_, mirror_, unknown_;
};

/// True for the one-letter codes of the twenty amino acids.
bool is_amino_acid_letter(char letter);
/// The one-letter code of an amino acid or its parent (MSE is M), X when there is none.
char letter_of(std::string_view residue);
/// The base of a nucleotide or its parent, one of A C G T U; 0 when it is none.
char base_of(std::string_view residue);

}  // namespace potential
