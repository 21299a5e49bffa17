#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace potential {

/// One model of a ranking. Scores and labels are finite.
struct RankedModel {
  std::string id;
  double score = 0;  ///< lower = believed better
  double label = 0;  ///< how good it is in truth
};

/// How well scores find the good models. `lower_is_better` speaks of the label
/// (an RMSD); scores are always better when lower. Ties of scores, and of
/// labels where an order is needed, are settled by id.
///
/// Area under the ROC curve: the chance that a good model (label at least
/// `good`, or at most when lower is better) scores below one that is not; equal
/// scores count half. None unless both kinds are there.
std::optional<double> roc_auc(const std::vector<RankedModel>& models, bool lower_is_better,
                              double good);
/// Models that are among the best 15 % both by score and by label, over the
/// number expected by chance, 0.15² N. k = round(0.15 N), halves up; none for N < 7,
/// of which 15 % is less than one model.
std::optional<double> enrichment(const std::vector<RankedModel>& models, bool lower_is_better);
/// log10 of the best label rank among the `best` best-scored models, over N. The
/// rank is 1 + the number of models with a better label. `best` 1 is log PB1,
/// 10 is log PB10. None for fewer than two models: nothing is chosen.
std::optional<double> log_pb(const std::vector<RankedModel>& models, bool lower_is_better,
                             std::size_t best);
/// What is lost by taking the best-scored model: the difference of its label to
/// the best label, >= 0 also when lower is better. None for fewer than two models.
std::optional<double> top1_loss(const std::vector<RankedModel>& models, bool lower_is_better);
/// 1 when a good model (as in roc_auc) is among the `best` best-scored, else 0: over
/// targets, the success rate. None without a model.
std::optional<double> success(const std::vector<RankedModel>& models, bool lower_is_better,
                              double good, std::size_t best);

}  // namespace potential
