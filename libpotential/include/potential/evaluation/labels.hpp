#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace potential {

/// A table of values per model in TSV, such as labels (RMSD, GDT-TS, …) or the
/// scores of any program: a header, a column `model`, perhaps `target`, and
/// columns of numbers. Empty cells, `NA` and `nan` are missing values.
class ModelTable {
 public:
  struct Row {
    std::string target;  ///< empty without such a column
    std::string model;
    std::size_t line = 0;
    std::vector<std::string> cells;  ///< one a column
  };

  /// @throws FileError; FormatError naming line and column: no header, no
  ///         column `model`, a column named twice, a row of another length, a
  ///         row without a model, a model (of one target) given twice.
  static ModelTable read(const std::string& path);
  /// @param source  named in errors
  static ModelTable parse(const std::string& text, const std::string& source);

  const std::string& source() const { return source_; }
  const std::vector<std::string>& columns() const { return columns_; }
  const std::vector<Row>& rows() const { return rows_; }
  bool has_column(const std::string& column) const;
  /// Names in order of appearance; empty without a column `target`.
  std::vector<std::string> targets() const;
  /// The rows of one target; all without a column `target`.
  ModelTable of_target(const std::string& target) const;

  /// A column of numbers, one a row.
  /// @throws FormatError when there is no such column, or a cell is neither a
  ///         finite number nor missing.
  std::vector<std::optional<double>> numbers(const std::string& column) const;

 private:
  void add_row(std::vector<std::string> cells, std::size_t line);
  std::string source_;
  std::vector<std::string> columns_;
  std::vector<Row> rows_;
};

/// For each model id (as a structure is named: a path, `x.tar:member`, with
/// `#k`) the index of its row, if there is one. They belong together when, in
/// this order, the whole names agree; the file names (last component); the file
/// names without .pdb .ent .cif .mmcif .bcif and .gz; those without `#k`.
/// @throws FormatError when an id fits several rows, or a row several ids.
std::vector<std::optional<std::size_t>> match_rows(const ModelTable& table,
                                                   const std::vector<std::string>& ids);

}  // namespace potential
