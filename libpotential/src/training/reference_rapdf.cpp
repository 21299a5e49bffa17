#include <potential/training/rapdf.hpp>

#include "training/reference.hpp"

namespace potential::states {
namespace {

/// Conditional probability: R_ij C(d) / T, with the pseudocount in the margins
/// and R at least 1. Smoothing and standard errors need it.
Reference expected(const ClassCounts& counts, const TrainRecipe& recipe) {
  const ScoreTable n = counts.observed().cast<double>() + recipe.pseudocount;
  const Eigen::ArrayXd rows = n.rowwise().sum().max(1.0);
  const Eigen::Array<double, 1, Eigen::Dynamic> columns = n.colwise().sum();
  const double total = columns.sum();
  Reference reference{ScoreTable::Zero(n.rows(), n.cols()), Reference::Level::margins};
  if (total > 0) reference.expected = (rows.matrix() * (columns / total).matrix()).array();
  return reference;
}

/// The same scores by the vectorised kernel, as rapdf() gives them. Two ways
/// remain on purpose: the kernel makes plain tables fast, but has neither the
/// expected counts that smoothing and standard errors are made of nor, in the
/// last bit, the numbers of score_cells().
// NOLINTNEXTLINE(performance-unnecessary-value-param): a view that is written through
void score(const ClassCounts& counts, const TrainRecipe& recipe, Eigen::Ref<ScoreTable> score) {
  potential::rapdf(counts.observed(), recipe.pseudocount, recipe.decimals, score);
}

}  // namespace

ReferenceState rapdf() {
  return {"rapdf", "Samudrala & Moult 1998", std::nullopt, false, {}, expected, score};
}

}  // namespace potential::states
