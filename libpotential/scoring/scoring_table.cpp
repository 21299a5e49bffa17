#include <potential/scoring/internal/scoring_table.hpp>
#include <potential/scoring/score.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

/// From [K·P, B] to [P, K·B].
std::vector<double> by_pair(const TableAxes& axes, const ScoreTable& table) {
  std::vector<double> cells;
  cells.reserve(static_cast<std::size_t>(table.size()));
  for (int row = 0; row < axes.rows(); ++row)
    for (int k = 0; k < axes.classes(); ++k) {
      const double* first = &table(Eigen::Index{k} * axes.rows() + row, 0);
      cells.insert(cells.end(), first, first + axes.columns());
    }
  return cells;
}

/// Where the cells of each type with each stand in by_pair, [T, T, K·B].
std::vector<std::uint32_t> places(const TableAxes& axes, std::size_t cells) {
  std::vector<std::uint32_t> place;
  place.reserve(static_cast<std::size_t>(axes.scheme.size() * axes.scheme.size()) * cells);
  for (int i = 0; i < axes.scheme.size(); ++i)
    for (int j = 0; j < axes.scheme.size(); ++j)
      for (std::size_t k = 0; k < cells; ++k)
        place.push_back(
            static_cast<std::uint32_t>(static_cast<std::size_t>(axes.pairs.row(i, j)) * cells + k));
  return place;
}

}  // namespace

ScoringTable::ScoringTable(const PotentialTable& table)
    : types(static_cast<std::size_t>(table.axes.scheme.size())),
      bins(table.axes.bins),
      separations(table.axes.separations),
      cells(static_cast<std::size_t>(table.axes.classes() * table.axes.columns())),
      width(types * cells) {
  const TableAxes& axes = table.axes;
  require_scorable(table);
  cell = places(axes, cells);
  const auto scores = by_pair(axes, table.score);
  score.reserve(cell.size());
  for (const std::uint32_t place : cell) score.push_back(scores[place]);
  for (const double error : by_pair(axes, table.standard_error))
    variance.push_back(static_cast<float>(error * error));
}

void require_scorable(const PotentialTable& table) {
  if (!table.axes.pairs.complete())
    throw UsageError(
        "this table does not hold each pair of types once (a contact map with both A:B and B:A, "
        "or with pairs missing), so structures cannot be scored with it; train from counts of "
        "unordered pairs");
}

std::shared_ptr<const ScoringTable> make_scoring_table(const PotentialTable& table) {
  return std::make_shared<const ScoringTable>(table);
}

}  // namespace potential
