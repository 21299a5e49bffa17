#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <potential/report/table.hpp>
#include <potential/support/error.hpp>

#include <potential/support/printable.hpp>

namespace potential {
namespace {

using Cell = ResultTable::Cell;

bool missing(const Cell& cell) {
  const double* number = std::get_if<double>(&cell);
  return std::holds_alternative<std::monostate>(cell) || (number != nullptr && std::isnan(*number));
}

bool is_number(const Cell& cell) {
  return !missing(cell) && !std::holds_alternative<std::string>(cell);
}

std::string text_of(const Cell& cell) {
  if (missing(cell)) return "";
  if (const auto* text = std::get_if<std::string>(&cell)) return printable(*text);
  if (const auto* number = std::get_if<double>(&cell)) return format_number(*number);
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return std::to_string(*integer);
  return std::to_string(std::get<std::uint64_t>(cell));
}

std::string short_text_of(const Cell& cell, int digits) {
  const auto* number = std::get_if<double>(&cell);
  if (number == nullptr || missing(cell) || !std::isfinite(*number)) return text_of(cell);
  const std::string text = fmt::format("{:.{}f}", *number, digits);
  // A number that only rounding made 0 has no sign.
  return text.find_first_of("123456789") == std::string::npos && text[0] == '-' ? text.substr(1)
                                                                                : text;
}

/// RFC 4180.
std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

/// JSON escapes the control characters of ASCII by itself, but not the others.
std::string without_controls(const std::string& json) {
  std::string text;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(json[i]); };
    if (byte(at) == 0x7f)
      text += "\\u007f";
    else if (byte(at) == 0xc2 && byte(at + 1) <= 0x9f)
      text += fmt::format("\\u{:04x}", byte(++at));
    else
      text += json[at];
  }
  return text;
}

nlohmann::ordered_json json_of(const std::vector<Cell>& row,
                               const std::vector<ResultTable::Column>& columns) {
  nlohmann::ordered_json object;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    auto& value = object[columns[c].name];
    if (missing(row[c])) continue;  // null
    std::visit(
        [&](const auto& held) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(held)>, std::monostate>) value = held;
        },
        row[c]);
  }
  return object;
}

/// Names come from files and need not be UTF-8; JSON does.
std::string json_text(const nlohmann::ordered_json& json, int indent) {
  return without_controls(
      json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

/// Columns on a screen: the bytes that begin a UTF-8 character.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

}  // namespace

const std::vector<std::string>& format_names() {
  static const std::vector<std::string> names{"table", "tsv", "csv", "json"};
  return names;
}

Format parse_format(const std::string& word) {
  const std::vector<std::string>& names = format_names();
  const auto found = std::find(names.begin(), names.end(), word);
  if (found == names.end())
    throw UsageError(fmt::format("format '{}': give one of {}", word, fmt::join(names, ", ")));
  return static_cast<Format>(found - names.begin());
}

std::string format_number(double value) { return fmt::format("{}", value == 0 ? 0.0 : value); }

std::string ResultTable::format(Format format) const {
  switch (format) {
    case Format::table:
      return format_aligned();
    case Format::tsv:
      return format_separated('\t');
    case Format::csv:
      return format_separated(',');
    case Format::json:
      return format_json();
  }
  return "";
}

std::string ResultTable::format_aligned() const {
  std::vector<std::vector<std::string>> lines{{}};
  std::vector<bool> right(columns_.size(), false);
  std::vector<std::size_t> widths;
  for (const Column& column : columns_) {
    lines[0].push_back(column.name);
    widths.push_back(width(column.name));
  }
  for (const auto& row : rows_) {
    lines.emplace_back();
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      lines.back().push_back(short_text_of(row[c], columns_[c].digits));
      widths[c] = std::max(widths[c], width(lines.back()[c]));
      if (is_number(row[c])) right[c] = true;
    }
  }
  std::string out;
  for (const auto& line : lines) {
    std::string text;
    for (std::size_t c = 0; c < line.size(); ++c) {
      const std::string space(widths[c] - width(line[c]), ' ');
      text += (c == 0 ? "" : "  ") + (right[c] ? space + line[c] : line[c] + space);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  }
  return out;
}

namespace {

void add_separated(std::string& line, bool first, const std::string& text, char separator) {
  if (!first) line += separator;
  line += separator == ',' ? csv_cell(text) : text;
}

}  // namespace

std::string ResultTable::format_separated(char separator) const {
  std::string out;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    add_separated(out, c == 0, columns_[c].name, separator);
  return out + "\n" + separated_rows(separator);
}

std::string ResultTable::separated_rows(char separator) const {
  std::string out;
  for (const auto& row : rows_) {
    for (std::size_t c = 0; c < columns_.size(); ++c)
      add_separated(out, c == 0, text_of(row[c]), separator);
    out += '\n';
  }
  return out;
}

std::string ResultTable::format_rows(Format format) const {
  if (format != Format::json) return separated_rows(format == Format::csv ? ',' : '\t');
  std::string out;
  for (const auto& row : rows_) out += json_text(json_of(row, columns_), -1) + "\n";
  return out;
}

std::string ResultTable::format_json() const {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const auto& row : rows_) all.push_back(json_of(row, columns_));
  return json_text(all, 2) + "\n";
}

}  // namespace potential
