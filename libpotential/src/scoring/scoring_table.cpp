#include "scoring/scoring_table.hpp"
#include <potential/scoring/score.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

/// Calls add(cells) for each pair of types in the order of CellLayout::pairs and
/// each class of it. @param table [K·P, B]
template <class Add>
void for_each_row(const TableAxes& axes, const ScoreTable& table, const Add& add) {
  for (int i = 0; i < axes.scheme.size(); ++i)
    for (int j = i; j < axes.scheme.size(); ++j)
      for (int k = 0; k < axes.classes(); ++k)
        add(table.row(Eigen::Index{k} * axes.rows() + axes.pairs.row(i, j)));
}

}  // namespace

ScoringTable::ScoringTable(const PotentialTable& table, std::optional<ChainGroups> groups)
    : types(static_cast<std::size_t>(table.axes.scheme.size())),
      bins(table.axes.bins),
      separations(table.axes.separations),
      cells(static_cast<std::size_t>(table.axes.classes() * table.axes.columns())),
      layout(
          CellLayout::pairs(static_cast<std::uint32_t>(types), static_cast<std::uint32_t>(cells))),
      calibration(table.calibration),
      between(std::move(groups)) {
  require_scorable(table);
  score.reserve(static_cast<std::size_t>(table.score.size()));
  variance.reserve(score.capacity());
  for_each_row(table.axes, table.score,
               [this](const auto& row) { score.insert(score.end(), row.begin(), row.end()); });
  for_each_row(table.axes, table.standard_error, [this](const auto& row) {
    for (const double error : row) variance.push_back(static_cast<float>(error * error));
  });
  for (int type = 0; type < table.axes.scheme.size(); ++type)
    is_ca.push_back(table.axes.scheme.atoms(type) == "CA");
}

void require_scorable(const PotentialTable& table) {
  if (!table.axes.pairs.complete())
    throw UsageError(
        "this table does not hold each pair of types once (a contact map with both A:B and B:A, "
        "or with pairs missing), so structures cannot be scored with it; train from counts of "
        "unordered pairs");
}

std::shared_ptr<const ScoringTable> make_scoring_table(const PotentialTable& table,
                                                       const std::optional<ChainGroups>& between) {
  if (depends_on_size(table))
    throw UsageError(
        "weights of this potential depend on the number of residues of the model; take the "
        "table of one size with at_size()");
  if (!between) return std::make_shared<const ScoringTable>(table);
  if (table.axes.separations.of_different_chains() < 0)
    throw UsageError("between",
                     "the potential has no class for pairs between chains (its classes are " +
                         table.axes.separations.to_string() +
                         "); take one that has, such as interface, or say at training which "
                         "class is to judge them");
  return std::make_shared<const ScoringTable>(in_classes(table, SeparationClasses::parse("inter")),
                                              between);
}

}  // namespace potential
