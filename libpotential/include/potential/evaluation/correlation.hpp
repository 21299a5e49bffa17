#pragma once
#include <cstdint>
#include <optional>
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
  std::vector<double> resamples;  ///< its values in the resamples where it is defined
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
/// Resamples where the value is not defined are skipped; none when n < 3 or
/// more than half are. The same input gives the same interval on any machine.
Correlations correlations(const std::vector<double>& x, const std::vector<double>& y,
                          const BootstrapOptions& options = {});

/// The interval of a mean of group means by a bootstrap on two levels: in each
/// resample the members of each group are drawn with replacement, and of each drawn
/// member one of its own resamples (Correlation::resamples). Members without any are
/// left out; none when a group has no other.
/// @param groups  [group][member][resample]
std::optional<Interval> mean_interval(
    const std::vector<std::vector<const std::vector<double>*>>& groups,
    const BootstrapOptions& options = {});

}  // namespace potential
