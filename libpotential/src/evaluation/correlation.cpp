#include <algorithm>
#include <cmath>
#include <numeric>
#include <potential/evaluation/correlation.hpp>
#include <potential/support/error.hpp>
#include <random>
#include <string>

namespace potential {
namespace {

/// How often each of the n pairs was drawn: a resample costs no new sorting.
using Weights = std::vector<std::uint32_t>;

/// Values in ascending order, and which of them are equal.
struct Sorted {
  std::vector<std::size_t> order;   ///< [n] indices
  std::vector<std::size_t> level;   ///< [n] of each value, 0 = the least
  std::vector<std::size_t> starts;  ///< [levels + 1] into order

  explicit Sorted(const std::vector<double>& values) : order(values.size()), level(values.size()) {
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    for (std::size_t k = 0; k < order.size(); ++k) {
      if (k == 0 || values[order[k]] != values[order[k - 1]]) starts.push_back(k);
      level[order[k]] = starts.size() - 1;
    }
    starts.push_back(order.size());
  }

  std::size_t levels() const { return starts.size() - 1; }
};

std::optional<double> weighted_pearson(const std::vector<double>& x, const std::vector<double>& y,
                                       const Weights& weights) {
  double n = 0, mean_x = 0, mean_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    n += weights[i];
    mean_x += weights[i] * x[i];
    mean_y += weights[i] * y[i];
  }
  mean_x /= n;
  mean_y /= n;
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double dx = x[i] - mean_x, dy = y[i] - mean_y;
    xx += weights[i] * dx * dx;
    yy += weights[i] * dy * dy;
    xy += weights[i] * dx * dy;
  }
  const double r = xy / std::sqrt(xx) / std::sqrt(yy);
  if (!std::isfinite(r)) return std::nullopt;
  return std::clamp(r, -1.0, 1.0);
}

/// Sums over the values below a level, each change and question in O(log n)
/// (Fenwick 1994).
class PrefixSums {
 public:
  explicit PrefixSums(std::size_t size) : sums_(size + 1, 0) {}
  void add(std::size_t at, std::uint64_t value) {
    for (++at; at < sums_.size(); at += at & (~at + 1)) sums_[at] += value;
  }
  std::uint64_t below(std::size_t end) const {
    std::uint64_t sum = 0;
    for (; end > 0; end &= end - 1) sum += sums_[end];
    return sum;
  }

 private:
  std::vector<std::uint64_t> sums_;
};

/// Everything about n pairs that does not change from resample to resample.
class Pairs {
 public:
  Pairs(const std::vector<double>& x, const std::vector<double>& y)
      : x_(x), y_(y), sorted_x_(x), sorted_y_(y) {}

  std::optional<double> pearson(const Weights& weights) const {
    if (constant(sorted_x_, weights) || constant(sorted_y_, weights)) return std::nullopt;
    return weighted_pearson(x_, y_, weights);
  }
  std::optional<double> spearman(const Weights& weights) const {
    if (constant(sorted_x_, weights) || constant(sorted_y_, weights)) return std::nullopt;
    return weighted_pearson(ranks(sorted_x_, weights), ranks(sorted_y_, weights), weights);
  }
  std::optional<double> kendall(const Weights& weights) const;

 private:
  /// True when all pairs that were drawn have one value: exact, where a
  /// variance would be a rounding error.
  static bool constant(const Sorted& sorted, const Weights& weights) {
    const auto drawn = [&](std::size_t i) { return weights[i] > 0; };
    const auto first = std::find_if(sorted.order.begin(), sorted.order.end(), drawn);
    const auto last = std::find_if(sorted.order.rbegin(), sorted.order.rend(), drawn);
    return first == sorted.order.end() || sorted.level[*first] == sorted.level[*last];
  }

  /// Sum of weights at each level.
  static std::vector<std::uint64_t> totals(const Sorted& sorted, const Weights& weights) {
    std::vector<std::uint64_t> sums(sorted.levels(), 0);
    for (std::size_t i = 0; i < weights.size(); ++i) sums[sorted.level[i]] += weights[i];
    return sums;
  }

  static std::vector<double> ranks(const Sorted& sorted, const Weights& weights) {
    std::vector<double> mean_rank;
    double before = 0;
    for (const std::uint64_t total : totals(sorted, weights)) {
      mean_rank.push_back(before + (static_cast<double>(total) + 1) / 2);
      before += static_cast<double>(total);
    }
    std::vector<double> result(weights.size());
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = mean_rank[sorted.level[i]];
    return result;
  }

  const std::vector<double>& x_;
  const std::vector<double>& y_;
  Sorted sorted_x_, sorted_y_;
};

/// Pairs of different values, of n in groups of these sizes.
double untied_pairs(const std::vector<std::uint64_t>& groups) {
  double n = 0, squares = 0;
  for (const std::uint64_t group : groups) {
    n += static_cast<double>(group);
    squares += static_cast<double>(group) * static_cast<double>(group);
  }
  return (n * n - squares) / 2;
}

std::optional<double> Pairs::kendall(const Weights& weights) const {
  const double untied_x = untied_pairs(totals(sorted_x_, weights));
  const double untied_y = untied_pairs(totals(sorted_y_, weights));
  if (untied_x == 0 || untied_y == 0) return std::nullopt;
  PrefixSums seen(sorted_y_.levels());
  std::uint64_t all_seen = 0;
  double balance = 0;  // concordant - discordant pairs
  for (std::size_t level = 0; level < sorted_x_.levels(); ++level) {
    const std::size_t first = sorted_x_.starts[level], end = sorted_x_.starts[level + 1];
    for (std::size_t k = first; k < end; ++k) {
      const std::size_t i = sorted_x_.order[k], y = sorted_y_.level[i];
      if (weights[i] == 0) continue;
      const auto lower = static_cast<double>(seen.below(y));
      const auto higher = static_cast<double>(all_seen - seen.below(y + 1));
      balance += weights[i] * (lower - higher);
    }
    for (std::size_t k = first; k < end; ++k) {
      const std::size_t i = sorted_x_.order[k];
      seen.add(sorted_y_.level[i], weights[i]);
      all_seen += weights[i];
    }
  }
  return std::clamp(balance / std::sqrt(untied_x) / std::sqrt(untied_y), -1.0, 1.0);
}

void check_paired(const std::vector<double>& x, const std::vector<double>& y) {
  if (x.size() != y.size())
    throw UsageError("a correlation needs pairs, not " + std::to_string(x.size()) + " and " +
                     std::to_string(y.size()) + " values");
}

/// A number below n, each as likely. The standard's distributions differ from library
/// to library, its engines do not.
std::size_t draw_one(std::size_t n, std::mt19937_64& engine) {
  const std::uint64_t bound = n, limit = UINT64_MAX - UINT64_MAX % bound;
  std::uint64_t bits = engine();
  while (bits >= limit) bits = engine();
  return static_cast<std::size_t>(bits % bound);
}

/// n draws from n with replacement.
Weights draw(std::size_t n, std::mt19937_64& engine) {
  Weights weights(n, 0);
  for (std::size_t k = 0; k < n; ++k) ++weights[draw_one(n, engine)];
  return weights;
}

double quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, sorted.size() - 1);
  return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

/// Collects the values of one figure over the resamples.
class Collector {
 public:
  void add(const std::optional<double>& value) {
    if (value) values_.push_back(*value);
  }
  std::optional<Interval> interval(const BootstrapOptions& options) const {
    if (values_.empty() || 2 * values_.size() < static_cast<std::size_t>(options.resamples))
      return std::nullopt;
    std::vector<double> sorted = values_;
    std::sort(sorted.begin(), sorted.end());
    const double tail = (1 - options.confidence) / 2;
    return Interval{quantile(sorted, tail), quantile(sorted, 1 - tail)};
  }
  void finish(Correlation& correlation, const BootstrapOptions& options) {
    correlation.interval = interval(options);
    correlation.resamples = std::move(values_);
  }

 private:
  std::vector<double> values_;
};

}  // namespace

std::optional<double> pearson(const std::vector<double>& x, const std::vector<double>& y) {
  check_paired(x, y);
  return Pairs(x, y).pearson(Weights(x.size(), 1));
}

std::optional<double> spearman(const std::vector<double>& x, const std::vector<double>& y) {
  check_paired(x, y);
  return Pairs(x, y).spearman(Weights(x.size(), 1));
}

std::optional<double> kendall(const std::vector<double>& x, const std::vector<double>& y) {
  check_paired(x, y);
  return Pairs(x, y).kendall(Weights(x.size(), 1));
}

Correlations correlations(const std::vector<double>& x, const std::vector<double>& y,
                          const BootstrapOptions& options) {
  check_paired(x, y);
  const Pairs pairs(x, y);
  const Weights once(x.size(), 1);
  Correlations result;
  result.spearman.value = pairs.spearman(once);
  result.pearson.value = pairs.pearson(once);
  result.kendall.value = pairs.kendall(once);
  if (x.size() < 3 || options.resamples <= 0) return result;
  std::mt19937_64 engine(options.seed);
  Collector spearmans, pearsons, kendalls;
  for (int k = 0; k < options.resamples; ++k) {
    const Weights weights = draw(x.size(), engine);
    spearmans.add(pairs.spearman(weights));
    pearsons.add(pairs.pearson(weights));
    kendalls.add(pairs.kendall(weights));
  }
  spearmans.finish(result.spearman, options);
  pearsons.finish(result.pearson, options);
  kendalls.finish(result.kendall, options);
  return result;
}

std::optional<Interval> mean_interval(
    const std::vector<std::vector<const std::vector<double>*>>& groups,
    const BootstrapOptions& options) {
  auto known = groups;
  for (auto& group : known) {
    group.erase(
        std::remove_if(group.begin(), group.end(), [](auto* values) { return values->empty(); }),
        group.end());
    if (group.empty()) return std::nullopt;
  }
  if (known.empty()) return std::nullopt;
  std::mt19937_64 engine(options.seed);
  Collector means;
  for (int k = 0; k < options.resamples; ++k) {
    double sum = 0;
    for (const auto& group : known) {
      double group_sum = 0;
      for (std::size_t member = 0; member < group.size(); ++member) {
        const std::vector<double>& values = *group[draw_one(group.size(), engine)];
        group_sum += values[draw_one(values.size(), engine)];
      }
      sum += group_sum / static_cast<double>(group.size());
    }
    means.add(sum / static_cast<double>(known.size()));
  }
  return means.interval(options);
}

}  // namespace potential
