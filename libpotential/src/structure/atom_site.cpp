#include "structure/atom_site.hpp"
#include <algorithm>

#include "structure/cif_value.hpp"
#include "structure/decimal.hpp"

namespace potential {
namespace {

constexpr std::array<std::string_view, AtomSite::column_count> column_names = {
    "auth_asym_id",    "label_asym_id",      "auth_comp_id", "label_comp_id",     "auth_atom_id",
    "label_atom_id",   "auth_seq_id",        "label_seq_id", "pdbx_PDB_ins_code", "label_alt_id",
    "label_entity_id", "pdbx_PDB_model_num", "Cartn_x",      "Cartn_y",           "Cartn_z",
    "occupancy",       "B_iso_or_equiv"};

constexpr std::string_view category = "_atom_site.";

constexpr std::uint32_t all_columns = (std::uint32_t{1} << AtomSite::column_count) - 1;
/// Those that tell residues apart.
constexpr std::uint32_t residue_columns =
    1U << AtomSite::auth_asym | 1U << AtomSite::label_asym | 1U << AtomSite::auth_comp |
    1U << AtomSite::label_comp | 1U << AtomSite::auth_seq | 1U << AtomSite::label_seq |
    1U << AtomSite::insertion | 1U << AtomSite::entity | 1U << AtomSite::model_number;

/// Residues of a polymer have a label_seq_id. The others of an author chain are
/// together, but apart from those of which the file says nothing.
std::string part_key(const AtomSite::Values& values) {
  const std::string_view name = unquote(values[AtomSite::entity]);
  if (is_null(values[AtomSite::label_seq])) return name.empty() ? "" : "non-polymer";
  return "polymer " + std::string(name);
}

/// Tells residues apart whose author numbers are equal; 0 when there is none.
std::uint64_t sequence_key(std::string_view label_seq) {
  std::uint64_t key = 0;
  for (const char c : label_seq) key = 10 * key + static_cast<unsigned char>(c - '0') + 1;
  return key;
}

}  // namespace

std::optional<std::size_t> AtomSite::find_column(std::string_view tag) {
  if (!same_letters(tag.substr(0, category.size()), category)) return std::nullopt;
  const std::string_view name = tag.substr(category.size());
  std::size_t column = 0;
  while (column < column_count && !same_letters(column_names[column], name)) ++column;
  return column;
}

void AtomSite::begin(const std::array<bool, column_count>& has, const char* where) {
  const auto either = [&](Column first, Column second) { return has[first] ? first : second; };
  asym_ = either(auth_asym, label_asym);
  comp_ = either(auth_comp, label_comp);
  atom_ = either(auth_atom, label_atom);
  seq_ = either(auth_seq, label_seq);
  for (const std::size_t column : {asym_, comp_, atom_, seq_, std::size_t{cartn_x},
                                   std::size_t{cartn_y}, std::size_t{cartn_z}})
    if (!has[column])
      source_.fail_at(where, "_atom_site has no column " + std::string(column_names[column]));
  last_ = {};
}

void AtomSite::add(const Values& values) {
  AtomRow row;
  if (!begin_row(values, all_columns, row)) return;
  row.x = parse_milli(values[cartn_x]);
  row.y = parse_milli(values[cartn_y]);
  row.z = parse_milli(values[cartn_z]);
  row.where = values[cartn_x].data();
  model_->builder.add(row);
}

void AtomSite::add(const Values& values, const std::array<std::int32_t, 3>& position,
                   const char* where, std::uint32_t changed) {
  AtomRow row;
  if (!begin_row(values, changed, row)) return;
  row.x = position[0];
  row.y = position[1];
  row.z = position[2];
  row.where = where;
  model_->builder.add(row);
}

/// @returns false when the row is not wanted.
bool AtomSite::begin_row(const Values& values, std::uint32_t changed, AtomRow& row) {
  has_rows_ = true;
  if ((changed & residue_columns) != 0 && !same_residue(values)) begin_residue(values);
  if (!wanted_) return false;
  const std::string_view name = unquote(values[atom_]);
  const std::string_view alternative = unquote(values[altloc]);
  if (!alternative.empty()) row.altloc = alternative.front();
  row.hydrogen = is_hydrogen(name);
  if (!AtomTableBuilder::is_wanted(row.hydrogen, row.altloc, options_.rows)) return false;
  row.atom = pack_atom(name);
  row.occupancy = values[occupancy];
  row.b_factor = quality_.empty() ? values[b_factor] : quality_;
  return true;
}

ParsedFile AtomSite::finish() {
  ParsedFile parsed;
  parsed.several = several_;
  for (auto& model : models_) {
    parsed.models.push_back(model->builder.finish());
    parsed.models.back().join_bonded = true;
  }
  return parsed;
}

bool AtomSite::same_residue(const Values& values) const {
  for (const std::size_t column : {seq_, comp_, asym_, std::size_t{insertion}, std::size_t{entity},
                                   std::size_t{label_seq}, std::size_t{model_number}})
    if (values[column] != last_[column]) return false;
  return true;
}

void AtomSite::begin_residue(const Values& values) {
  last_ = values;
  model_ = find_model(unquote(values[model_number]));
  wanted_ = model_ != nullptr;
  if (!wanted_) return;
  const std::string_view code = unquote(values[insertion]);
  ResidueLabel label;
  label.name = unquote(values[comp_]);
  label.number = read_number(values);
  label.insertion_code = code.empty() ? ' ' : code.front();
  label.key = std::uint64_t{static_cast<std::uint32_t>(label.number)} << 8 |
              static_cast<unsigned char>(label.insertion_code) |
              sequence_key(unquote(values[label_seq])) << 40;
  label.chain = unquote(values[asym_]);
  const std::string key = part_key(values);
  label.part_key = key;
  wanted_ = model_->builder.begin_residue(label);
  if (local_quality_ != nullptr)
    quality_ = local_quality_->find(unquote(values[label_asym]), unquote(values[label_seq]),
                                    unquote(values[model_number]));
}

AtomSite::OpenModel* AtomSite::find_model(std::string_view number) {
  for (const auto& model : models_)
    if (model->number == number) return model.get();
  several_ = !models_.empty();
  if (several_ && options_.models == ModelChoice::first) return nullptr;
  models_.push_back(std::make_unique<OpenModel>(
      OpenModel{std::string(number), AtomTableBuilder(rules_, options_.rows)}));
  if (!several_) models_.back()->builder.reserve(expected_rows_);
  return models_.back().get();
}

std::int32_t AtomSite::read_number(const Values& values) const {
  std::string_view text = unquote(values[seq_]);
  if (text.empty()) text = unquote(values[label_seq]);
  std::int64_t number = 0;
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (negative || text.front() == '+')) text.remove_prefix(1);
  for (const char c : text) {
    if (c < '0' || c > '9' || number > 100'000'000)
      source_.fail_at(values[comp_].data(), "'" + std::string(unquote(values[seq_])) +
                                                "' is not a residue number (" +
                                                std::string(column_names[seq_]) + ")");
    number = 10 * number + (c - '0');
  }
  return static_cast<std::int32_t>(negative ? -number : number);
}

}  // namespace potential
