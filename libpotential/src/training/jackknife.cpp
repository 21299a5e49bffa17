#include <algorithm>
#include <potential/core/merge.hpp>
#include <potential/support/cancellation.hpp>
#include <potential/support/error.hpp>
#include <potential/training/jackknife.hpp>

namespace potential {
namespace {

/// One order for any order of the files, so that sums round alike.
std::vector<const ContactCounts*> in_order(const std::vector<ContactCounts>& groups) {
  std::vector<const ContactCounts*> ordered;
  for (const ContactCounts& group : groups) ordered.push_back(&group);
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) {
    return std::lexicographical_compare(
        a->structures.begin(), a->structures.end(), b->structures.begin(), b->structures.end(),
        [](const auto& x, const auto& y) { return x.sha256 < y.sha256; });
  });
  return ordered;
}

}  // namespace

PotentialTable train_jackknife(const std::vector<ContactCounts>& groups,
                               const TrainOptions& options) {
  if (groups.size() < 2)
    throw UsageError(
        "the jackknife needs at least two groups of structures; give two or more "
        "counts files, such as the shards of one run");
  const ContactCounts all = merge_counts(groups);
  PotentialTable table = train(all, options);

  TrainOptions exact = options;
  exact.decimals = -1;
  const ScoreTable centre = train(all, exact).score;
  ScoreTable sum = ScoreTable::Zero(centre.rows(), centre.cols()), squares = sum;
  for (const ContactCounts* group : in_order(groups)) {
    stop_if(options.cancel);
    const ScoreTable shift = train(subtract_counts(all, *group), exact).score - centre;
    sum += shift;
    squares += shift.square();
  }
  const double number = static_cast<double>(groups.size());
  const ScoreTable error =
      ((squares - sum.square() / number).max(0.0) * ((number - 1) / number)).sqrt();
  table.standard_error = (*table.counts > 0).select(error, table.standard_error);
  table.recipe.jackknife_groups = static_cast<int>(groups.size());
  return table;
}

}  // namespace potential
