#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace potential {

/// How a result is written, in the order of format_names().
enum class Format {
  table,  ///< aligned columns for a person, sensible digits
  tsv,
  csv,
  json,  ///< an array with one object a row
};
/// `table`, `tsv`, ...: the words for them, in their order.
const std::vector<std::string>& format_names();
/// @throws UsageError on a word that is none of them.
Format parse_format(const std::string& word);

/// A result with named columns. TSV, CSV and JSON carry every digit of a
/// number; the table for people `digits` of them after the point. A missing
/// value is empty (null in JSON), never 0.
class ResultTable {
 public:
  using Cell = std::variant<std::monostate, std::string, double, std::int64_t, std::uint64_t>;

  struct Column {
    std::string name;
    int digits = 3;
  };

  explicit ResultTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// @param row one cell a column. NaN is a missing value.
  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
  std::size_t size() const { return rows_.size(); }

  std::string format(Format format) const;
  /// The rows alone, as they may follow others: of TSV and CSV without the header, of
  /// JSON one object a line (JSON lines).
  std::string format_rows(Format format) const;

 private:
  std::string format_aligned() const;
  std::string format_separated(char separator) const;
  std::string separated_rows(char separator) const;
  std::string format_json() const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

/// The shortest decimal that reads back as the same number; -0 is 0.
std::string format_number(double value);

}  // namespace potential
