#include <limits>

#include "storage/parts.hpp"

namespace potential::storage {
namespace {

template <class Number>
void write_any_table(Writer& writer, const std::string& path, const TableAxes& axes,
                     const Table<Number>& table) {
  if (table.rows() != Eigen::Index{axes.classes()} * axes.rows() || table.cols() != axes.columns())
    throw Error("cannot write " + path + ": the table does not have the shape of its axes");
  writer.numbers(path,
                 {static_cast<hsize_t>(axes.classes()), static_cast<hsize_t>(axes.rows()),
                  static_cast<hsize_t>(axes.columns())},
                 table.data());
  writer.axes(path, {"/separation", "/pair", "/bin"});
}

std::string cell_name(const TableAxes& axes, Eigen::Index line, Eigen::Index bin, int row) {
  const auto rows = row < 0 ? Eigen::Index{axes.rows()} : Eigen::Index{1};
  const auto pair = row < 0 ? line % rows : Eigen::Index{row};
  return "class " + axes.separations.label(static_cast<int>(line / rows)) + ", pair " +
         axes.pairs.labels()[static_cast<std::size_t>(pair)] + ", bin " +
         axes.bins.label(static_cast<int>(bin));
}

/// Throws when `wrong` holds for a cell.
template <class Wrong>
void check_cells(const ScoreTable& table, const TableAxes& axes, int row, const char* path,
                 const Wrong& wrong) {
  for (Eigen::Index line = 0; line < table.rows(); ++line)
    for (Eigen::Index bin = 0; bin < table.cols(); ++bin)
      if (wrong(table(line, bin)))
        throw Error(std::string(path) + " holds " + std::to_string(table(line, bin)) + " for " +
                    cell_name(axes, line, bin, row));
}

}  // namespace

void write_table(Writer& writer, const std::string& path, const TableAxes& axes,
                 const CountTable& table) {
  write_any_table(writer, path, axes, table);
}

void write_table(Writer& writer, const std::string& path, const TableAxes& axes,
                 const ScoreTable& table) {
  write_any_table(writer, path, axes, table);
  writer.attribute(path, "units", "natural-log units");
}

CountTable sum_pairs(const Reader& reader, const TableAxes& axes) {
  const Dataset dataset = open_table<std::uint64_t>(reader, "/counts", axes);
  const Shape& shape = dataset.shape();
  CountTable sums = CountTable::Zero(axes.classes(), axes.columns());
  const hsize_t step = block_rows(dataset.chunk(1), shape[0] * shape[2] * sizeof(std::uint64_t));
  CountTable block;
  for (hsize_t first = 0; first < shape[1]; first += step) {
    const hsize_t rows = std::min(step, shape[1] - first);
    block.setZero(static_cast<Eigen::Index>(shape[0] * rows), axes.columns());
    dataset.read({0, first, 0}, {shape[0], rows, shape[2]}, block.data());
    for (Eigen::Index line = 0; line < block.rows(); ++line)
      add_table(sums.row(line / static_cast<Eigen::Index>(rows)), block.row(line));
  }
  return sums;
}

void check_scores(const ScoreTable& score, const TableAxes& axes, int row) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  check_cells(score, axes, row, "/score", [](double value) { return !(value > -infinity); });
}

void check_standard_errors(const ScoreTable& error, const TableAxes& axes, int row) {
  check_cells(error, axes, row, "/standard_error", [](double value) { return value < 0; });
}

}  // namespace potential::storage
