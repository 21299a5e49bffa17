#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace potential {

/// All figures here are std::nullopt where they are not defined (too few
/// values, or all alike). Values are finite; `x` and `y` are paired and of one
/// length n. @throws UsageError when their lengths differ.

/// Product-moment correlation, -1..1. n >= 2, neither constant.
std::optional<double> pearson(const std::vector<double>& x, const std::vector<double>& y);
/// Pearson correlation of the ranks; equal values share the mean of their ranks.
std::optional<double> spearman(const std::vector<double>& x, const std::vector<double>& y);
/// Kendall's tau-b = (concordant - discordant) / sqrt((n0 - n1)(n0 - n2)), n0 =
/// n(n-1)/2 pairs, n1 and n2 of them tied in x and in y. O(n log n).
std::optional<double> kendall(const std::vector<double>& x, const std::vector<double>& y);

struct Interval {
  double low = 0, high = 0;
};

/// A correlation and its bootstrap interval.
struct Correlation {
  std::optional<double> value;
  std::optional<Interval> interval;
};
struct Correlations {
  Correlation spearman, pearson, kendall;
};

struct BootstrapOptions {
  int resamples = 2000;  ///< 0 = no intervals
  double confidence = 0.95;
  std::uint64_t seed = 1;
};

/// The three correlations with percentile bootstrap intervals (Efron): the n
/// pairs are drawn n times with replacement, `resamples` times over; the ends
/// are quantiles (linear between order statistics) of the values found.
/// Resamples where the value is not defined are passed over; none when n < 3 or
/// more than half are. The same input gives the same interval on any machine.
Correlations correlations(const std::vector<double>& x, const std::vector<double>& y,
                          const BootstrapOptions& options = {});

/// One model of a ranking.
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
/// number expected by chance, 0.15² N. k = max(1, round(0.15 N)), halves up.
std::optional<double> enrichment(const std::vector<RankedModel>& models, bool lower_is_better);
/// log10 of the best label rank among the `best` best-scored models, over N. The
/// rank is 1 + the number of models with a better label. `best` 1 is log PB1,
/// 10 is log PB10.
std::optional<double> log_pb(const std::vector<RankedModel>& models, bool lower_is_better,
                             std::size_t best);
/// What is lost by taking the best-scored model: the difference of its label to
/// the best label, >= 0 also when lower is better.
std::optional<double> top1_loss(const std::vector<RankedModel>& models, bool lower_is_better);

}  // namespace potential
