#include "structure/conformers.hpp"
#include <algorithm>

#include "structure/decimal.hpp"

namespace potential {
namespace {

struct Choice {
  Conformer conformer;
  std::int64_t occupancy = -1;  ///< summed, in millionths; -1 = not summed yet
};

bool may_be_polymer(const Conformer& c) {
  const ResidueRule& rule = *c.residue->rule;
  const auto has = [&](std::initializer_list<const char*> names) {
    return std::any_of(c.begin, c.end, [&](const AtomRow& row) {
      return std::any_of(names.begin(), names.end(),
                         [&](const char* name) { return row.atom == pack_atom(name); });
    });
  };
  // A base alone, such as adenine in a riboswitch, is a ligand.
  const auto has_backbone = [&] { return has({"P", "C1'", "C1*", "C3'", "C3*", "C4'", "C4*"}); };
  if (rule.kind == ResidueKind::unknown)
    return (rule.peptide && has({"N"}) && has({"CA"}) && has({"C"})) ||
           (rule.nucleotide && has_backbone());
  if (rule.nucleotide && !rule.peptide) return has_backbone();
  return std::any_of(c.begin, c.end, [](const AtomRow& row) { return !row.hydrogen; });
}

std::int64_t sum_occupancy(const Conformer& c, char altloc) {
  std::int64_t sum = 0;
  for (const AtomRow* row = c.begin; row != c.end; ++row)
    if (row->altloc == altloc) sum += parse_occupancy(row->occupancy);
  return sum;
}

/// The best altloc of one residue, in order of appearance.
Choice choose_altloc(Conformer conformer) {
  Choice best{conformer, -1};
  if (!conformer.residue->alternatives) return best;
  std::string seen;
  for (const AtomRow* row = conformer.begin; row != conformer.end; ++row) {
    if (row->altloc == ' ' || seen.find(row->altloc) != std::string::npos) continue;
    seen += row->altloc;
    const std::int64_t sum = sum_occupancy(conformer, row->altloc);
    if (seen.size() == 1 || sum > best.occupancy) {
      best.conformer.altloc = row->altloc;
      best.occupancy = sum;
    }
  }
  return best;
}

std::int64_t occupancy_of(Choice& choice) {
  if (choice.occupancy < 0) choice.occupancy = sum_occupancy(choice.conformer, ' ');
  return choice.occupancy;
}

}  // namespace

std::vector<Conformer> choose_conformers(const AtomTable& table) {
  std::vector<Choice> chosen;
  std::vector<std::int64_t> of_slot(table.residues.size(), -1);
  for (const ResidueRows& residue : table.residues) {
    const AtomRow* rows = table.rows.data();
    const Conformer whole{&residue, rows + residue.begin, rows + residue.end, ' '};
    if (!may_be_polymer(whole)) continue;
    Choice choice = choose_altloc(whole);
    auto& index = of_slot[residue.slot];
    if (index < 0) {
      index = static_cast<std::int64_t>(chosen.size());
      chosen.push_back(choice);
      continue;
    }
    Choice& rival = chosen[static_cast<std::size_t>(index)];
    if (occupancy_of(choice) > occupancy_of(rival)) rival = choice;
  }
  std::vector<Conformer> conformers;
  conformers.reserve(chosen.size());
  for (const Choice& choice : chosen) conformers.push_back(choice.conformer);
  return conformers;
}

}  // namespace potential
