#include "structure/atom_table.hpp"
#include <algorithm>

namespace potential {

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
  if (rule_->kind == ResidueKind::ignored) return false;
  label_ = label;
  part_ = find_part(label.chain, label.part_key);
  label_.chain = label_.part_key = {};  // they may not outlive this call
  undecided_ = false;
  const auto found = latest_.find({label.key, part_});
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
  auto& latest = latest_[{label_.key, part_}];
  ResidueRows residue;
  residue.rule = rule_;
  residue.name = label_.name;
  residue.number = label_.number;
  residue.insertion_code = label_.insertion_code;
  residue.part = part_;
  residue.slot = alternative ? table_.residues[latest].slot : slots_++;
  residue.sibling = alternative ? std::int64_t{latest} : -1;
  residue.begin = residue.end = static_cast<std::uint32_t>(table_.rows.size());
  current_ = latest = static_cast<std::uint32_t>(table_.residues.size());
  table_.residues.push_back(std::move(residue));
}

/// A label that was left comes back: its residue goes on (records may be spread
/// over the file), or another one has the same number.
void AtomTableBuilder::decide(const AtomRow& first) {
  undecided_ = false;
  const std::uint32_t before = latest_.find({label_.key, part_})->second;
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
  const AtomRow* rows = table_.rows.data();
  return std::any_of(rows + table_.residues[residue].begin, rows + table_.residues[residue].end,
                     [&](const AtomRow& other) {
                       return other.residue == residue && other.atom == row.atom &&
                              other.altloc == row.altloc;
                     });
}

namespace {

/// Some programs write 9999 for all coordinates of an atom they could not place.
bool is_placeholder(const AtomRow& row) {
  return row.x == row.y && row.y == row.z && row.x / 1000 == 9999;
}

std::string count_text(std::size_t count, const std::string& what, const std::string& whats) {
  return std::to_string(count) + " " + (count == 1 ? what : whats) + " passed over";
}

}  // namespace

void AtomTableBuilder::add(AtomRow row) {
  if (is_placeholder(row)) {
    ++placeholders_;
    return;
  }
  if (undecided_) decide(row);
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
    table_.notes.push_back(count_text(dropped, "residue that repeats earlier atoms",
                                      "residues that repeat earlier atoms"));
}

AtomTable AtomTableBuilder::finish() {
  sort_rows();
  drop_repeats();
  if (placeholders_ > 0)
    table_.notes.push_back(count_text(placeholders_, "atom with 9999 for coordinates",
                                      "atoms with 9999 for coordinates"));
  latest_.clear();
  parts_.clear();
  current_ = slots_ = part_ = 0;
  placeholders_ = 0;
  undecided_ = false;
  sorted_ = true;
  AtomTable finished = std::move(table_);
  table_ = AtomTable();
  return finished;
}

}  // namespace potential
