#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <potential/storage/score_file.hpp>
#include <potential/support/atomic_file.hpp>
#include <variant>

#include "storage/parts.hpp"
#include "storage/row_cursor.hpp"

namespace potential {
namespace storage {
namespace {

constexpr std::size_t max_columns = 64;
constexpr std::size_t max_name = 64;

/// What the cells of a column are. Whole numbers are missing in the rows without a score,
/// other numbers where they are NaN.
enum class CellKind { text, whole, number };

CellKind kind_of(const std::string& column) {
  if (column == "model" || column == "warnings") return CellKind::text;
  return column == "contacts" || column == "residues" ? CellKind::whole : CellKind::number;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == text.npos) return parts;
    begin = end + 1;
  }
}

bool is_column_name(std::string_view name) {
  return !name.empty() && name.size() <= max_name &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '_';
         });
}

/// Where `score` stands. @throws Error on names that are no columns of scores.
std::size_t check_columns(const std::vector<std::string>& names) {
  if (names.empty() || names.size() > max_columns || names[0] != "model")
    throw Error("the columns do not begin with model");
  for (auto name = names.begin(); name != names.end(); ++name)
    if (!is_column_name(*name) || std::find(names.begin(), name, *name) != name)
      throw Error("'" + *name + "' is no name of a column, or is there twice");
  const auto score = std::find(names.begin(), names.end(), "score");
  if (score == names.end()) throw Error("there is no column score");
  return static_cast<std::size_t>(score - names.begin());
}

template <class Number>
Number parse_cell(std::string_view text, std::uint64_t row) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw Error("row " + std::to_string(row) + ": '" + std::string(text.substr(0, 40)) +
                "' is not a number of its column");
  return value;
}

/// Rows in TSV, gone through twice: for the widths of their texts, and for the cells.
class TextRows {
 public:
  TextRows(std::istream& in, std::size_t columns)
      : in_(in), begin_(in.tellg()), columns_(columns) {}

  template <class Visit>
  void each(const Visit& visit) {
    in_.clear();
    in_.seekg(begin_);
    std::string line;
    std::getline(in_, line);
    for (std::uint64_t row = 1; std::getline(in_, line); ++row) {
      const auto cells = split(line, '\t');
      if (in_.eof() || cells.size() != columns_)
        throw Error("row " + std::to_string(row) + " is torn or has other columns");
      visit(row, cells);
    }
    if (in_.bad()) throw Error("the rows cannot be read");
  }

 private:
  std::istream& in_;
  std::istream::pos_type begin_;
  std::size_t columns_;
};

void fill_cell(Writer::Column& column, CellKind kind, std::string_view cell, std::uint64_t row) {
  if (kind == CellKind::text)
    column.add(cell);
  else if (kind == CellKind::whole)
    column.add(cell.empty() ? std::uint64_t{0} : parse_cell<std::uint64_t>(cell, row));
  else
    column.add(cell.empty() ? std::numeric_limits<double>::quiet_NaN()
                            : parse_cell<double>(cell, row));
}

void write_columns(Writer& writer, TextRows& rows, const std::vector<std::string>& names) {
  std::uint64_t number = 0;
  std::vector<std::size_t> widths(names.size(), 1);
  rows.each([&](std::uint64_t row, const auto& cells) {
    number = row;
    if (number > max_rows) throw Error("there are more than a billion rows; join fewer shards");
    for (std::size_t c = 0; c < cells.size(); ++c) widths[c] = std::max(widths[c], cells[c].size());
  });
  std::vector<Writer::Column> columns;
  std::vector<CellKind> kinds;
  for (std::size_t c = 0; c < names.size(); ++c) {
    kinds.push_back(kind_of(names[c]));
    const std::string path = "/" + names[c];
    columns.push_back(kinds[c] == CellKind::text ? writer.text_column(path, number, widths[c])
                      : kinds[c] == CellKind::whole
                          ? writer.number_column<std::uint64_t>(path, number)
                          : writer.number_column<double>(path, number));
  }
  rows.each([&](std::uint64_t row, const auto& cells) {
    for (std::size_t c = 0; c < cells.size(); ++c) fill_cell(columns[c], kinds[c], cells[c], row);
  });
  for (Writer::Column& column : columns) column.close();
}

void write_scores(Writer& writer, TextRows& rows, const std::vector<std::string>& names,
                  const Options& options) {
  write_header(writer, FileKind::scores, options);
  writer.attribute("/", "columns", fmt::format("{}", fmt::join(names, ",")));
  write_columns(writer, rows, names);
  writer.scale("/model", "model");
  for (const std::string& name : names)
    if (name != "model") writer.axes("/" + name, {"/model"});
}

ScoreFileSummary read_summary(const Reader& reader) {
  Header header = read_header(reader, FileKind::scores);
  ScoreFileSummary summary{std::move(header.library_version), std::move(header.options), {}, 0};
  const std::string columns = reader.text_attribute("/", "columns");
  for (const std::string_view name : split(columns, ',')) summary.columns.emplace_back(name);
  check_columns(summary.columns);
  summary.rows = reader.length("/model");
  return summary;
}

/// One column, from the first row to the last.
class ColumnCursor {
 public:
  ColumnCursor(const Reader& reader, const std::string& name, std::uint64_t size)
      : cells_(open(reader, "/" + name, kind_of(name), size)) {}

  /// Goes on to the next row.
  void step() {
    if (auto* texts = std::get_if<TextCursor>(&cells_)) text_ = texts->next();
    if (auto* wholes = std::get_if<NumberCursor<std::uint64_t>>(&cells_)) whole_ = wholes->next();
    if (auto* numbers = std::get_if<NumberCursor<double>>(&cells_)) number_ = numbers->next();
  }
  bool is_missing(bool scored) const {
    if (std::holds_alternative<TextCursor>(cells_)) return false;
    return std::holds_alternative<NumberCursor<double>>(cells_) ? std::isnan(number_) : !scored;
  }
  bool is_nan() const { return std::isnan(number_); }
  void append_to(std::string& line) const {
    if (std::holds_alternative<TextCursor>(cells_))
      line += text_;
    else if (std::holds_alternative<NumberCursor<double>>(cells_))
      fmt::format_to(std::back_inserter(line), "{}", number_ == 0 ? 0.0 : number_);
    else
      fmt::format_to(std::back_inserter(line), "{}", whole_);
  }

 private:
  using Cells = std::variant<TextCursor, NumberCursor<std::uint64_t>, NumberCursor<double>>;
  static Cells open(const Reader& reader, const std::string& path, CellKind kind, hsize_t size) {
    if (kind == CellKind::text) return TextCursor(reader, path, size);
    if (kind == CellKind::whole) return NumberCursor<std::uint64_t>(reader, path, Shape{size});
    return NumberCursor<double>(reader, path, Shape{size});
  }

  Cells cells_;
  std::string_view text_;
  std::uint64_t whole_ = 0;
  double number_ = 0;
};

/// @throws Error when a text would not be one cell.
void append_cell(const ColumnCursor& column, bool scored, std::string& text) {
  const std::size_t begin = text.size();
  if (!column.is_missing(scored)) column.append_to(text);
  if (text.find_first_of("\t\n", begin) != text.npos)
    throw Error("a text holds a tab or the end of a line");
}

}  // namespace

void each_score_row(const Reader& reader, const std::function<void(std::string_view)>& write) {
  constexpr std::size_t piece = 1 << 16;
  const ScoreFileSummary summary = read_summary(reader);
  const std::size_t score = check_columns(summary.columns);
  std::vector<ColumnCursor> columns;
  for (const std::string& name : summary.columns) columns.emplace_back(reader, name, summary.rows);
  std::string text = fmt::format("{}\n", fmt::join(summary.columns, "\t"));
  for (std::uint64_t row = 0; row < summary.rows; ++row) {
    for (ColumnCursor& column : columns) column.step();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c > 0) text += '\t';
      append_cell(columns[c], !columns[score].is_nan(), text);
    }
    text += '\n';
    if (text.size() < piece) continue;
    write(text);
    text.clear();
  }
  write(text);
}

}  // namespace storage

void pack_scores(std::istream& rows, const std::vector<std::string>& columns,
                 const Options& options, const std::string& output) {
  AtomicFile file(output);
  storage::with_path(output, [&] {
    const storage::Session session;
    storage::check_columns(columns);
    storage::TextRows text(rows, columns.size());
    storage::Writer writer(file.temporary_path());
    storage::write_scores(writer, text, columns, options);
    writer.close();
  });
  storage::sign_file(file.temporary_path(), FileKind::scores);
  file.commit();
}

void unpack_scores(const std::string& path, const std::function<void(std::string_view)>& write) {
  const storage::Image image = storage::read_kind(path, FileKind::scores);
  storage::with_path(path, [&] {
    const storage::Session session;
    storage::each_score_row(storage::Reader(image.bytes.get(), image.size), write);
  });
}

ScoreFileSummary read_score_summary(const std::string& path) {
  const storage::Image image = storage::read_kind(path, FileKind::scores);
  return storage::with_path(path, [&] {
    const storage::Session session;
    return storage::read_summary(storage::Reader(image.bytes.get(), image.size));
  });
}

}  // namespace potential
