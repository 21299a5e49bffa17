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

/// The same scores by the kernel of rapdf_kernel.cpp. It stays beside the way
/// by expected(), which it differs from in the last bits: it takes a tenth of
/// the time, and rapdf() is the library's function for tables of any kind.
void score(const ClassCounts& counts, const TrainRecipe& recipe, Eigen::Ref<ScoreTable> score) {
  potential::rapdf(counts.observed(), recipe.pseudocount, recipe.decimals, score);
}

}  // namespace

ReferenceState rapdf() {
  return {"rapdf", "Samudrala & Moult 1998", std::nullopt, false, {}, expected, score};
}

}  // namespace potential::states
