#include "structure/atom_table.hpp"
#include <algorithm>

#include "structure/decimal.hpp"

namespace potential {
namespace {

/// Two atoms of one name without an altloc are those of two residues if they are
/// at least so far apart (mÅ): neighbours in a chain have CA 2.8 Å apart or more.
constexpr std::int64_t separate_atoms = 2000;

/// Some programs write 9999 for all coordinates of an atom they could not place.
bool is_placeholder(const AtomRow& row) {
  return row.x == row.y && row.y == row.z && row.x / 1000 == 9999;
}

bool are_apart(const AtomRow& a, const AtomRow& b) {
  for (const AtomRow* row : {&a, &b})
    if (!is_usable(std::min({row->x, row->y, row->z}))) return true;
  const std::int64_t dx = std::int64_t{a.x} - b.x, dy = std::int64_t{a.y} - b.y,
                     dz = std::int64_t{a.z} - b.z;
  return dx * dx + dy * dy + dz * dz >= separate_atoms * separate_atoms;
}

std::string count_text(std::size_t count, const std::string& what, const std::string& whats) {
  return std::to_string(count) + " " + (count == 1 ? what : whats);
}

}  // namespace

std::uint32_t AtomTableBuilder::find_part(std::string_view chain, std::string_view key) {
  auto& parts = table_.parts;
  if (part_ < parts.size() && parts[part_].chain == chain && parts[part_].key == key) return part_;
  std::string name(chain);
  name += '\n';
  name += key;
  const auto [found, fresh] =
      parts_.try_emplace(std::move(name), static_cast<std::uint32_t>(parts.size()));
  if (fresh) parts.push_back({std::string(chain), std::string(key)});
  return found->second;
}

bool AtomTableBuilder::begin_residue(const ResidueLabel& label) {
  rule_ = rules_.find(label.name);
  if (rule_->kind == ResidueKind::ignored && choice_ == RowChoice::polymer) {
    if (rule_->peptide || rule_->nucleotide) ++table_.other_residues;
    return false;
  }
  label_ = label;
  part_ = find_part(label.chain, label.part_key);
  label_.chain = label_.part_key = {};  // they may not outlive this call
  doubt_ = Doubt::none;
  const auto found = latest_.find({label.key, part_});
  if (found == latest_.end()) {
    open(false);
  } else if (table_.residues[found->second].slot == table_.residues[current_].slot) {
    // Still at the same place: one more name there, or back to one of them.
    const std::int64_t same = find_name(found->second);
    if (same < 0)
      doubt_ = Doubt::other_name;
    else
      current_ = static_cast<std::uint32_t>(same);
  } else {
    doubt_ = Doubt::came_back;
  }
  return true;
}

void AtomTableBuilder::open(bool alternative) {
  auto& latest = latest_[{label_.key, part_}];
  ResidueRows residue;
  residue.rule = rule_;
  residue.name = label_.name;
  residue.number = label_.number;
  residue.insertion_code = label_.insertion_code;
  residue.hetero = label_.hetero;
  residue.part = part_;
  residue.slot = alternative ? table_.residues[latest].slot : slots_++;
  residue.sibling = alternative ? std::int64_t{latest} : -1;
  residue.begin = residue.end = static_cast<std::uint32_t>(table_.rows.size());
  current_ = latest = static_cast<std::uint32_t>(table_.residues.size());
  table_.residues.push_back(std::move(residue));
  first_atom_ = 0;
}

void AtomTableBuilder::decide(const AtomRow& first) {
  if (doubt_ == Doubt::other_name)
    decide_name(first);
  else
    decide_return(first);
  doubt_ = Doubt::none;
}

/// The same number under another name: an alternative at this place, or the next
/// residue in a file that does not number them.
void AtomTableBuilder::decide_name(const AtomRow& first) {
  const AtomRow* before = find_row(current_, first);
  const bool next = first.altloc == ' ' && !table_.residues[current_].alternatives &&
                    (before == nullptr || are_apart(*before, first));
  told_apart_ += next && rule_->is_known();
  open(!next);
}

/// A label that was left comes back: its residue goes on (records may be spread
/// over the file), or another one has the same number.
void AtomTableBuilder::decide_return(const AtomRow& first) {
  const std::uint32_t before = latest_.find({label_.key, part_})->second;
  const std::int64_t same = find_name(before);
  if (same >= 0 && find_row(static_cast<std::uint32_t>(same), first) == nullptr) {
    current_ = static_cast<std::uint32_t>(same);
    return;
  }
  open(same < 0 && first.altloc != ' ');
  table_.residues[current_].returns = true;
  table_.residues[current_].repeats = same;
}

std::int64_t AtomTableBuilder::find_name(std::uint32_t residue) const {
  std::int64_t i = residue;
  while (i >= 0 && table_.residues[static_cast<std::size_t>(i)].name != label_.name)
    i = table_.residues[static_cast<std::size_t>(i)].sibling;
  return i;
}

/// The row of that atom and altloc which the residue holds already, or nullptr.
const AtomRow* AtomTableBuilder::find_row(std::uint32_t residue, const AtomRow& row) const {
  const AtomRow* const rows = table_.rows.data();
  const AtomRow* const end = rows + table_.residues[residue].end;
  const AtomRow* const found =
      std::find_if(rows + table_.residues[residue].begin, end, [&](const AtomRow& other) {
        return other.residue == residue && other.atom == row.atom && other.altloc == row.altloc;
      });
  return found == end ? nullptr : found;
}

/// Where numbers are equal or blank, the next residue shows by an atom that the
/// residue has already: the one it begins with, or its CA.
void AtomTableBuilder::follow(const AtomRow& row) {
  const AtomRow* const before = find_row(current_, row);
  if (before == nullptr) return;
  if (are_apart(*before, row)) {
    open(false);
    told_apart_ += rule_->is_known();
  } else if (row.atom == first_atom_) {
    doubled_ += rule_->is_known();
  }
}

void AtomTableBuilder::add(AtomRow row) {
  if (is_placeholder(row) && choice_ == RowChoice::polymer) {
    ++placeholders_;
    return;
  }
  if (doubt_ != Doubt::none) decide(row);
  if (!row.hydrogen && row.altloc == ' ' && row.atom != 0) {
    if (first_atom_ == 0)
      first_atom_ = row.atom;
    else if (row.atom == first_atom_ || row.atom == pack_atom("CA"))
      follow(row);
  }
  ResidueRows& residue = table_.residues[current_];
  row.residue = current_;
  if (row.altloc != ' ') residue.alternatives = true;
  if (!table_.rows.empty() && table_.rows.back().residue > current_) sorted_ = false;
  table_.rows.push_back(row);
  residue.end = static_cast<std::uint32_t>(table_.rows.size());
}

void AtomTableBuilder::sort_rows() {
  auto& rows = table_.rows;
  if (!sorted_)
    std::stable_sort(rows.begin(), rows.end(),
                     [](const AtomRow& a, const AtomRow& b) { return a.residue < b.residue; });
  std::uint32_t row = 0;
  for (std::uint32_t i = 0; i < table_.residues.size(); ++i) {
    table_.residues[i].begin = row;
    while (row < rows.size() && rows[row].residue == i) ++row;
    table_.residues[i].end = row;
  }
}

/// What has no O2' is DNA, whatever it is called.
void AtomTableBuilder::settle_sugars() {
  for (ResidueRows& residue : table_.residues) {
    if (residue.rule->deoxy == nullptr && residue.rule->ribo == nullptr) continue;
    const auto has = [&](const char* name, const char* old_name) {
      return std::any_of(table_.rows.begin() + residue.begin, table_.rows.begin() + residue.end,
                         [&](const AtomRow& row) {
                           return row.atom == pack_atom(name) || row.atom == pack_atom(old_name);
                         });
    };
    const bool ribo = has("O2'", "O2*");
    if (ribo && residue.rule->ribo != nullptr)
      residue.rule = residue.rule->ribo;
    else if (!ribo && residue.rule->deoxy != nullptr && has("C2'", "C2*"))
      residue.rule = residue.rule->deoxy;
  }
}

/// Residues whose number comes back hold the atoms of an earlier one, or are those
/// of another molecule that nothing sets apart. The more frequent of the two is
/// what the file means: numbers that start anew meet the same name now and then.
void AtomTableBuilder::settle_repeats() {
  const auto& residues = table_.residues;
  const auto rows_of = [](const ResidueRows& residue) { return residue.end - residue.begin; };
  std::size_t all = 0, copies = 0, pieces = 0, others = 0;
  for (const ResidueRows& residue : residues) {
    if (!residue.rule->is_known()) continue;
    ++all;
    if (residue.repeats < 0)
      others += residue.returns && residue.sibling < 0;
    else if (2 * rows_of(residue) > rows_of(residues[static_cast<std::size_t>(residue.repeats)]))
      ++copies;
    else
      ++pieces;
  }
  if (copies + pieces > others && 10 * copies > all)
    table_.problem = std::to_string(copies) + " of " + std::to_string(all) +
                     " residues come again under the same chain, number and name: copies, or "
                     "molecules that neither chain ids nor TER records set apart";
  else if (copies + pieces > others)
    drop_repeats();
  else if (others > 0)
    table_.notes.push_back(count_text(others + copies + pieces, "residue has", "residues have") +
                           " a number that came before in the chain; all count as one chain, for "
                           "want of a chain id or a TER");
}

void AtomTableBuilder::drop_repeats() {
  std::size_t dropped = 0;
  for (ResidueRows& residue : table_.residues) {
    if (residue.repeats < 0 || !residue.rule->is_known()) continue;
    residue.end = residue.begin;
    ++dropped;
  }
  if (dropped > 0)
    table_.notes.push_back(count_text(dropped, "residue that repeats earlier atoms",
                                      "residues that repeat earlier atoms") +
                           " skipped");
}

void AtomTableBuilder::note_counts() {
  const auto note = [&](std::size_t count, const char* what, const char* whats) {
    if (count > 0) table_.notes.push_back(count_text(count, what, whats));
  };
  note(told_apart_, "residue has the number of the one before it; told apart by its atoms",
       "residues have the number of the one before them; told apart by their atoms");
  note(doubled_, "residue holds its atoms twice; the first are taken",
       "residues hold their atoms twice; the first are taken");
  if (table_.other_residues > 1)  // one alone is a ligand
    note(table_.other_residues, "",
         rules_.has_nucleotides() ? "amino acids skipped: the scheme has none"
                                  : "nucleotides skipped: the scheme has none");
  note(placeholders_, "atom with 9999 for coordinates skipped",
       "atoms with 9999 for coordinates skipped");
}

AtomTable AtomTableBuilder::finish() {
  sort_rows();
  if (rules_.has_nucleotides()) settle_sugars();
  settle_repeats();
  note_counts();
  return std::move(table_);
}

}  // namespace potential
