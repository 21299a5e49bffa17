#include <algorithm>
#include <optional>
#include <potential/core/merge.hpp>
#include <potential/support/cancellation.hpp>
#include <potential/support/error.hpp>
#include <potential/training/jackknife.hpp>

namespace potential {
namespace {

/// One order for any order of the files, so that sums round alike: by the digest of the
/// first structure, since no structure is in two groups.
std::vector<const ContactCounts*> in_order(const std::vector<ContactCounts>& groups) {
  std::vector<std::pair<std::optional<Digest>, const ContactCounts*>> ordered;
  for (const ContactCounts& group : groups) {
    std::optional<Digest> first;
    group.each_structure([&](const StructureRecord& record) {
      if (!first) first = record.sha256;
    });
    ordered.emplace_back(first, &group);
  }
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const ContactCounts*> sorted;
  for (const auto& [first, group] : ordered) sorted.push_back(group);
  return sorted;
}

void require_two_groups(const std::vector<ContactCounts>& groups) {
  if (groups.size() < 2)
    throw UsageError(
        "the jackknife needs at least two groups of structures; give two or more "
        "counts files, such as the shards of one run");
}

}  // namespace

PotentialTable train_jackknife(const std::vector<ContactCounts>& groups,
                               const TrainOptions& options) {
  require_two_groups(groups);
  return train_jackknife(merge_counts(groups), groups, options);
}

PotentialTable train_jackknife(const ContactCounts& all, const std::vector<ContactCounts>& groups,
                               const TrainOptions& options) {
  require_two_groups(groups);
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
