#include <algorithm>
#include <potential/structure/atom_table.hpp>

namespace potential {

std::uint32_t AtomTableBuilder::find_part(std::string_view chain, std::string_view key) {
  auto& parts = table_.parts;
  for (std::size_t i = parts.size(); i-- > 0;)
    if (parts[i].chain == chain && parts[i].key == key) return static_cast<std::uint32_t>(i);
  parts.push_back({std::string(chain), std::string(key)});
  return static_cast<std::uint32_t>(parts.size() - 1);
}

bool AtomTableBuilder::begin_residue(const ResidueLabel& label) {
  rule_ = rules_.find(label.name);
  if (rule_->kind == ResidueKind::ignored) return false;
  label_ = label;
  undecided_ = false;
  const auto found = latest_.find({label.key, label.part});
  if (found == latest_.end()) {
    open(false);
  } else if (table_.residues[found->second].slot == table_.residues[current_].slot) {
    // Still at the same place: one more name there, or back to one of them.
    const std::int64_t same = find_name(found->second);
    if (same < 0)
      open(true);
    else
      current_ = static_cast<std::uint32_t>(same);
  } else {
    undecided_ = true;
  }
  return true;
}

void AtomTableBuilder::open(bool alternative) {
  auto& latest = latest_[{label_.key, label_.part}];
  ResidueRows residue;
  residue.rule = rule_;
  residue.name = label_.name;
  residue.number = label_.number;
  residue.insertion_code = label_.insertion_code;
  residue.part = label_.part;
  residue.slot = alternative ? table_.residues[latest].slot : slots_++;
  residue.sibling = alternative ? std::int64_t{latest} : -1;
  current_ = latest = static_cast<std::uint32_t>(table_.residues.size());
  table_.residues.push_back(std::move(residue));
}

/// A label that was left comes back: its residue goes on (records may be spread
/// over the file), or another one has the same number.
void AtomTableBuilder::decide(const AtomRow& first) {
  undecided_ = false;
  const std::uint32_t before = latest_.find({label_.key, label_.part})->second;
  const std::int64_t same = find_name(before);
  if (same < 0) {
    open(first.altloc != ' ');
  } else if (holds(static_cast<std::uint32_t>(same), first)) {
    open(false);
    table_.residues[current_].repeats = true;
  } else {
    current_ = static_cast<std::uint32_t>(same);
  }
}

std::int64_t AtomTableBuilder::find_name(std::uint32_t residue) const {
  std::int64_t i = residue;
  while (i >= 0 && table_.residues[static_cast<std::size_t>(i)].name != label_.name)
    i = table_.residues[static_cast<std::size_t>(i)].sibling;
  return i;
}

bool AtomTableBuilder::holds(std::uint32_t residue, const AtomRow& row) const {
  return std::any_of(table_.rows.begin(), table_.rows.end(), [&](const AtomRow& other) {
    return other.residue == residue && other.atom == row.atom && other.altloc == row.altloc;
  });
}

void AtomTableBuilder::add(AtomRow row) {
  if (undecided_) decide(row);
  row.residue = current_;
  if (row.altloc != ' ') table_.residues[current_].alternatives = true;
  if (!table_.rows.empty() && table_.rows.back().residue > current_) sorted_ = false;
  table_.rows.push_back(row);
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

/// Residues that repeat earlier atoms in a row are a numbering that starts anew
/// without a TER, and count; one alone is a duplicate.
void AtomTableBuilder::drop_repeats() {
  auto& residues = table_.residues;
  std::size_t dropped = 0;
  for (std::size_t i = 0; i < residues.size(); ++i) {
    if (!residues[i].repeats) continue;
    const bool before = i > 0 && residues[i - 1].repeats;
    const bool after = i + 1 < residues.size() && residues[i + 1].repeats;
    if (before || after) continue;
    residues[i].end = residues[i].begin;
    ++dropped;
  }
  if (dropped > 0)
    table_.notes.push_back(dropped == 1 ? "1 residue that repeats earlier atoms passed over"
                                        : std::to_string(dropped) +
                                              " residues that repeat earlier atoms passed over");
}

AtomTable AtomTableBuilder::finish() {
  sort_rows();
  drop_repeats();
  latest_.clear();
  current_ = slots_ = 0;
  undecided_ = false;
  sorted_ = true;
  AtomTable finished = std::move(table_);
  table_ = AtomTable();
  return finished;
}

}  // namespace potential
