#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <iterator>
#include <map>
#include <potential/evaluation/labels.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>
#include <set>
#include <string_view>
#include <utility>

#include <potential/support/printable.hpp>
#include "core/model_id.hpp"

namespace potential {
namespace {

std::vector<std::string> split(std::string_view line) {
  std::vector<std::string> cells;
  for (std::size_t first = 0; first <= line.size();) {
    const std::size_t tab = std::min(line.find('\t', first), line.size());
    cells.emplace_back(line.substr(first, tab - first));
    first = tab + 1;
  }
  return cells;
}

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

[[noreturn]] void fail(const std::string& source, std::size_t line, const std::string& problem) {
  throw FormatError(source, "line " + std::to_string(line), problem);
}

/// What a person sees of a cell that may hold anything.
std::string quoted(const std::string& cell) {
  const std::string_view begin = beginning(cell, 40);
  return "'" + printable(begin) + (begin.size() < cell.size() ? "…'" : "'");
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + quoted(word);
  return text;
}

std::size_t column_of(const std::vector<std::string>& columns, const std::string& name) {
  return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) -
                                  columns.begin());
}

void check_header(const std::vector<std::string>& columns, const std::string& source) {
  if (column_of(columns, "model") == columns.size())
    fail(source, 1, "no column 'model'; the first line must name the columns, tabs between them");
  std::set<std::string> seen;
  for (const std::string& column : columns)
    if (!seen.insert(column).second) fail(source, 1, "two columns are named " + quoted(column));
}

/// A number, or nothing for a missing value. `good` is false for other text.
std::optional<double> parse_cell(std::string cell, bool& good) {
  cell.erase(cell.find_last_not_of(' ') + 1);
  cell.erase(0, cell.find_first_not_of(' '));
  const std::string word = lower_case(cell);
  good = true;
  if (word.empty() || word == "na" || word == "nan") return std::nullopt;
  double value = 0;
  if (cell[0] == '+' && cell[1] != '-') cell.erase(0, 1);  // from_chars takes no plus
  const char* end = cell.data() + cell.size();
  const auto [rest, error] = std::from_chars(cell.data(), end, value);
  good = error == std::errc() && rest == end && std::isfinite(value);
  return value;
}

/// What two names of one model share at level 0 (all) to 3 (the least).
std::string key_of(const std::string& id, int level) {
  if (level == 0) return id;
  const ModelId parts = ModelId::parse(id);
  if (level == 1) return parts.file_name() + parts.chains + parts.number;
  return parts.stem() + (level == 2 ? parts.chains + parts.number : "");
}

}  // namespace

ModelTable ModelTable::read(const std::string& path) { return parse(read_file(path), path); }

ModelTable ModelTable::parse(const std::string& text, const std::string& source) {
  ModelTable table;
  table.source_ = source;
  std::string_view rest(text);
  if (rest.substr(0, 3) == "\xef\xbb\xbf") rest.remove_prefix(3);  // a byte-order mark
  std::map<std::pair<std::string, std::string>, std::size_t> seen;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (table.columns_.empty()) {
      table.columns_ = split(line);
      check_header(table.columns_, source);
    } else if (!line.empty()) {
      table.add_row(split(line), number);
      const Row& row = table.rows_.back();
      const auto [first, is_new] = seen.try_emplace({row.target, row.model}, number);
      if (!is_new)
        fail(source, number,
             "model " + quoted(row.model) + " was given in line " + std::to_string(first->second) +
                 " already; each may stand once");
    }
  }
  if (table.columns_.empty())
    throw FormatError(source, "is empty; expected a line of column names");
  return table;
}

void ModelTable::add_row(std::vector<std::string> cells, std::size_t line) {
  if (cells.size() != columns_.size())
    fail(source_, line,
         std::to_string(cells.size()) + " columns, but the header names " +
             std::to_string(columns_.size()));
  Row row;
  row.line = line;
  row.model = cells[column_of(columns_, "model")];
  if (has_column("target")) row.target = cells[column_of(columns_, "target")];
  if (row.model.empty()) fail(source_, line, "column 'model' is empty");
  row.cells = std::move(cells);
  rows_.push_back(std::move(row));
}

bool ModelTable::has_column(const std::string& column) const {
  return column_of(columns_, column) < columns_.size();
}

std::vector<std::string> ModelTable::targets() const {
  std::vector<std::string> names;
  std::set<std::string> seen;
  if (!has_column("target")) return names;
  for (const Row& row : rows_)
    if (seen.insert(row.target).second) names.push_back(row.target);
  return names;
}

ModelTable ModelTable::of_target(const std::string& target) const {
  ModelTable part;
  part.source_ = source_;
  part.columns_ = columns_;
  const bool all = !has_column("target");
  std::copy_if(rows_.begin(), rows_.end(), std::back_inserter(part.rows_),
               [&](const Row& row) { return all || row.target == target; });
  return part;
}

std::vector<std::optional<double>> ModelTable::numbers(const std::string& column) const {
  const std::size_t index = column_of(columns_, column);
  if (index == columns_.size())
    fail(source_, 1, "no column " + quoted(column) + "; there are " + joined(columns_));
  std::vector<std::optional<double>> values;
  for (const Row& row : rows_) {
    bool good = false;
    values.push_back(parse_cell(row.cells[index], good));
    if (!good)
      fail(source_, row.line,
           "column '" + column + "': " + quoted(row.cells[index]) +
               " is not a finite number (leave it empty when missing)");
  }
  return values;
}

std::vector<std::optional<std::size_t>> match_rows(const ModelTable& table,
                                                   const std::vector<std::string>& ids) {
  constexpr int levels = 4;
  std::map<std::string, std::vector<std::size_t>> rows_of[levels];
  for (std::size_t row = 0; row < table.rows().size(); ++row)
    for (int level = 0; level < levels; ++level)
      rows_of[level][key_of(table.rows()[row].model, level)].push_back(row);
  std::vector<std::optional<std::size_t>> matches(ids.size());
  std::map<std::size_t, std::size_t> taken;  // row -> id
  for (std::size_t i = 0; i < ids.size(); ++i) {
    for (int level = 0; level < levels && !matches[i]; ++level) {
      const auto found = rows_of[level].find(key_of(ids[i], level));
      if (found == rows_of[level].end()) continue;
      const std::vector<std::size_t>& rows = found->second;
      if (rows.size() > 1)
        fail(table.source(), table.rows()[rows[1]].line,
             "model " + quoted(ids[i]) + " fits this line and line " +
                 std::to_string(table.rows()[rows[0]].line) + "; give names that differ");
      const auto [other, is_new] = taken.try_emplace(rows[0], i);
      if (!is_new)
        fail(table.source(), table.rows()[rows[0]].line,
             "fits two models, " + quoted(ids[other->second]) + " and " + quoted(ids[i]) +
                 "; give the whole name of one");
      matches[i] = rows[0];
    }
  }
  return matches;
}

}  // namespace potential
