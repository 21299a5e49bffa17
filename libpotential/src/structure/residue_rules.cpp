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
  std::map<std::string, std::string> residues;     ///< other name -> standard name
  std::map<std::string, std::string> nucleotides;  ///< the same
  struct Atom {
    std::string residue, name, standard;
    bool instead;
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
    if (kind == "nucleotide") table.nucleotides[first] = second;
    if (kind == "atom" || kind == "place")
      table.atoms.push_back({first, second, third, kind == "place"});
  }
  return table;
}

const NameTable& name_table() {
  static const NameTable table = read_name_table();
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

constexpr std::array<const char*, 8> standard_nucleotides = {"A",  "C",  "G",  "U",
                                                             "DA", "DC", "DG", "DT"};

/// Gemmi's table shifts characters, which must not be negative.
bool is_plain(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 127; });
}

bool is_nucleic_acid(const std::string& name) {
  return is_plain(name) && gemmi::find_tabulated_residue(name).is_nucleic_acid();
}

bool is_backbone(const std::string& atom) {
  return atom == "N" || atom == "CA" || atom == "C" || atom == "O";
}

}  // namespace

ResidueRules::ResidueRules(const Scheme& scheme) : placement_(scheme.placement()) {
  look_at(scheme);
  const NameTable& table = name_table();
  for (const auto& entry : table.atoms)
    aliases_.push_back({entry.residue, pack_atom(entry.name), entry.standard, entry.instead});
  for (const char* name : standard_nucleotides) add(scheme, name, name);
  for (const auto& [name, parent] : table.nucleotides) add(scheme, name, parent);
  for (const char* name : standard_residues) add(scheme, name, name);
  for (const auto& [name, parent] : table.residues) add(scheme, name, parent);
  for (const std::string& name : scheme.residue_names()) add(scheme, name, name);
  link_sugars(scheme);
  for (char letter = 'A'; letter <= 'Z'; ++letter)
    if (const char* name = residue_of_letter(letter))
      by_letter_[static_cast<std::size_t>(letter - 'A')] = &rules_.at(pack_residue(name));
}

/// Which kinds of polymer the scheme speaks of.
void ResidueRules::look_at(const Scheme& scheme) {
  for (const std::string& name : scheme.residue_names()) {
    if (base_of(name) != 0 || is_nucleic_acid(name)) nucleotides_ = true;
    if (letter_of(name) != 'X') peptides_ = true;
  }
  peptides_ = peptides_ || !nucleotides_;
  for (ResidueRule* rule : {&ignored_, &ignored_peptide_, &ignored_nucleotide_})
    rule->kind = ResidueKind::ignored;
  ignored_peptide_.peptide = ignored_nucleotide_.nucleotide = true;
  mirror_.kind = ResidueKind::mirror;
  mirror_.peptide = true;
  unknown_.peptide = peptides_;
  unknown_.nucleotide = nucleotides_;
}

/// Names of before 2008 do not tell RNA from DNA: its sugar does.
void ResidueRules::link_sugars(const Scheme& scheme) {
  const auto rule = [&](const std::string& name) { return &rules_.at(pack_residue(name)); };
  for (const char* name : {"A", "C", "G"}) rule(name)->deoxy = rule(std::string("D") + name);
  for (const auto& [name, parent] : name_table().nucleotides) {
    if (scheme.knows_residue(name)) continue;
    if (parent == "DT" && name.front() != 'D') rule(name)->ribo = rule("U");
    if (parent != "U" && parent.size() == 1) rule(name)->deoxy = rule("D" + parent);
  }
}

void ResidueRules::add(const Scheme& scheme, const std::string& name, const std::string& parent) {
  const bool own = scheme.knows_residue(name);
  rules_[pack_residue(name)] = make(scheme, name, own ? name : parent);
}

ResidueRule ResidueRules::make(const Scheme& scheme, const std::string& name,
                               const std::string& parent) const {
  ResidueRule rule;
  const auto& entries = scheme.sites_of(parent);
  rule.nucleotide = base_of(parent) != 0 || is_nucleic_acid(parent);
  rule.peptide = letter_of(parent) != 'X';
  const bool ours = rule.nucleotide ? nucleotides_ : !rule.peptide || peptides_;
  if (!rule.nucleotide && !rule.peptide) rule.nucleotide = nucleotides_, rule.peptide = true;
  rule.kind = !entries.empty() ? ResidueKind::typed
              : ours           ? ResidueKind::untyped
                               : ResidueKind::ignored;
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
  for (const Alias& alias : aliases_) {
    if (alias.standard != atom || (alias.residue != residue && alias.residue != "*")) continue;
    if (alias.instead) names.names.clear();
    names.names.push_back(alias.name);
  }
  return names;
}

const ResidueRule* ResidueRules::find_nucleotide(char letter, bool deoxy) const {
  if (!nucleotides_) return &ignored_nucleotide_;
  std::string name(1, static_cast<char>(letter & ~0x20));
  if (!deoxy && name == "T") name = "U";
  const auto found = rules_.find(pack_residue(deoxy ? "D" + name : name));
  return found != rules_.end() ? &found->second : &unknown_;
}

const ResidueRule* ResidueRules::find(std::string_view name) const {
  const auto found = rules_.find(pack_residue(name));
  if (found != rules_.end()) return &found->second;
  if (!is_plain(name)) return &unknown_;
  const auto info = gemmi::find_tabulated_residue(std::string(name));
  if (info.is_water()) return &ignored_;
  if (info.is_nucleic_acid()) return find_nucleotide(info.one_letter_code, info.is_dna());
  if (!info.is_amino_acid()) return &unknown_;
  if (!peptides_) return &ignored_peptide_;
  if (info.kind == gemmi::ResidueInfo::AAD) return &mirror_;
  const char upper = static_cast<char>(info.one_letter_code & ~0x20);
  const ResidueRule* parent =
      upper >= 'A' && upper <= 'Z' ? by_letter_[static_cast<std::size_t>(upper - 'A')] : nullptr;
  return parent != nullptr ? parent : &unknown_;
}

bool is_amino_acid_letter(char letter) {
  return std::string_view("ACDEFGHIKLMNPQRSTVWY").find(letter) != std::string_view::npos;
}

char letter_of(std::string_view residue) {
  const auto& parents = name_table().residues;
  const std::string name(residue);
  const auto parent = parents.find(name);
  const std::string& known = parent == parents.end() ? name : parent->second;
  if (!is_plain(known)) return 'X';
  const auto info = gemmi::find_tabulated_residue(known);
  const char letter = static_cast<char>(info.one_letter_code & ~0x20);
  return info.is_amino_acid() && is_amino_acid_letter(letter) ? letter : 'X';
}

char base_of(std::string_view residue) {
  const auto& parents = name_table().nucleotides;
  const auto parent = parents.find(std::string(residue));
  const std::string name = parent == parents.end() ? std::string(residue) : parent->second;
  const bool standard = std::find(standard_nucleotides.begin(), standard_nucleotides.end(), name) !=
                        standard_nucleotides.end();
  if (standard) return name.back();
  if (!is_nucleic_acid(name)) return 0;
  const char letter = gemmi::find_tabulated_residue(name).one_letter_code;
  const char upper = static_cast<char>(letter & ~0x20);
  return std::string_view("ACGTU").find(upper) != std::string_view::npos ? upper : '\0';
}

}  // namespace potential
