#include "structure/residue_rules.hpp"
#include <algorithm>
#include <array>
#include <gemmi/resinfo.hpp>
#include <map>
#include <sstream>

#include "core/centroid_site.hpp"
#include "structure/residue_names.hpp"

namespace potential {
namespace {

struct NameTable {
  std::map<std::string, std::string> residues;  ///< other name -> standard name
  struct Atom {
    std::string residue, name, standard;
  };
  std::vector<Atom> atoms;
};

NameTable read_name_table() {
  NameTable table;
  std::istringstream lines(residue_names_text());
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string kind, first, second, third;
    words >> kind >> first >> second >> third;
    if (kind == "residue") table.residues[first] = second;
    if (kind == "atom") table.atoms.push_back({first, second, third});
  }
  return table;
}

const Scheme& standard_atoms() {
  static const Scheme scheme = Scheme::parse(find_shipped_scheme("heavy-atom"), "heavy-atom");
  return scheme;
}

constexpr std::array<const char*, 20> standard_residues = {
    "ALA", "ARG", "ASN", "ASP", "CYS", "GLN", "GLU", "GLY", "HIS", "ILE",
    "LEU", "LYS", "MET", "PHE", "PRO", "SER", "THR", "TRP", "TYR", "VAL"};

/// The standard residue of a one-letter code, nullptr for B, X, Z, ...
const char* residue_of_letter(char letter) {
  const char upper = static_cast<char>(letter & ~0x20);
  for (const char* name : standard_residues)
    if (gemmi::find_tabulated_residue(name).one_letter_code == upper) return name;
  return nullptr;
}

/// Gemmi's table shifts characters, which must not be negative.
bool is_plain(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 127; });
}

bool is_backbone(const std::string& atom) {
  return atom == "N" || atom == "CA" || atom == "C" || atom == "O";
}

}  // namespace

ResidueRules::ResidueRules(const Scheme& scheme) : placement_(scheme.placement()) {
  ignored_.kind = ResidueKind::ignored;
  mirror_.kind = ResidueKind::mirror;
  const NameTable table = read_name_table();
  for (const auto& entry : table.atoms)
    aliases_.push_back({entry.residue, pack_atom(entry.name), entry.standard});
  for (const char* name : standard_residues) add(scheme, name, name);
  for (const auto& [name, parent] : table.residues) add(scheme, name, parent);
  for (const std::string& name : scheme.residue_names()) add(scheme, name, name);
  for (char letter = 'A'; letter <= 'Z'; ++letter)
    if (const char* name = residue_of_letter(letter))
      by_letter_[static_cast<std::size_t>(letter - 'A')] = &rules_.at(pack_residue(name));
}

void ResidueRules::add(const Scheme& scheme, const std::string& name, const std::string& parent) {
  const bool own = scheme.knows_residue(name);
  rules_[pack_residue(name)] = make(scheme, name, own ? name : parent);
}

ResidueRule ResidueRules::make(const Scheme& scheme, const std::string& name,
                               const std::string& parent) const {
  ResidueRule rule;
  const auto& entries = scheme.sites_of(parent);
  rule.kind = entries.empty() ? ResidueKind::untyped : ResidueKind::typed;
  rule.glycine = parent == "GLY";
  if (placement_ == SitePlacement::atom) {
    for (const auto& entry : entries)
      if (entry.atom == centroid_site)
        rule.sites.push_back({{}, entry.type});
      else if (!is_hydrogen(entry.atom))
        rule.sites.push_back({names_of(name, entry.atom), entry.type});
    std::stable_sort(rule.sites.begin(), rule.sites.end(),
                     [](const auto& a, const auto& b) { return a.type < b.type; });
  } else if (!entries.empty()) {
    rule.type = entries.front().type;
  }
  for (const auto& entry : standard_atoms().sites_of(parent))
    if (!is_backbone(entry.atom)) rule.side_chain.push_back(names_of(name, entry.atom));
  rule.any_side_chain = standard_atoms().sites_of(parent).empty();
  return rule;
}

AtomNames ResidueRules::names_of(const std::string& residue, const std::string& atom) const {
  AtomNames names{{pack_atom(atom)}};
  for (const Alias& alias : aliases_)
    if (alias.standard == atom && (alias.residue == residue || alias.residue == "*"))
      names.names.push_back(alias.name);
  return names;
}

const ResidueRule* ResidueRules::find(std::string_view name) const {
  const auto found = rules_.find(pack_residue(name));
  if (found != rules_.end()) return &found->second;
  if (!is_plain(name)) return &unknown_;
  const auto info = gemmi::find_tabulated_residue(std::string(name));
  if (info.is_water() || info.is_nucleic_acid()) return &ignored_;
  if (info.kind == gemmi::ResidueInfo::AAD) return &mirror_;
  if (!info.is_amino_acid()) return &unknown_;
  const char upper = static_cast<char>(info.one_letter_code & ~0x20);
  const ResidueRule* parent =
      upper >= 'A' && upper <= 'Z' ? by_letter_[static_cast<std::size_t>(upper - 'A')] : nullptr;
  return parent != nullptr ? parent : &unknown_;
}

bool is_amino_acid_letter(char letter) {
  return std::string_view("ACDEFGHIKLMNPQRSTVWY").find(letter) != std::string_view::npos;
}

char letter_of(std::string_view residue) {
  static const auto parents = read_name_table().residues;
  const std::string name(residue);
  const auto parent = parents.find(name);
  const std::string& known = parent == parents.end() ? name : parent->second;
  if (!is_plain(known)) return 'X';
  const auto info = gemmi::find_tabulated_residue(known);
  const char letter = static_cast<char>(info.one_letter_code & ~0x20);
  return info.is_amino_acid() && is_amino_acid_letter(letter) ? letter : 'X';
}

}  // namespace potential
