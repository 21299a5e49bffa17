#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <potential/evaluation/correlation.hpp>
#include <potential/support/error.hpp>
#include <random>
#include <sstream>
#include <string>

namespace potential {
namespace {

using Values = std::vector<double>;

struct Sample {
  Values x, y;
};

/// `levels` different values at most: few make many ties.
Sample random_sample(std::size_t n, int levels, std::mt19937_64& generator) {
  std::uniform_int_distribution<int> level(0, levels - 1);
  Sample sample;
  for (std::size_t i = 0; i < n; ++i) {
    sample.x.push_back(0.37 * level(generator) - 5);
    sample.y.push_back(level(generator) * 1.25 + sample.x.back());
  }
  return sample;
}

int sign(double value) { return (value > 0) - (value < 0); }

/// By the definition, over all pairs.
std::optional<double> slow_kendall(const Values& x, const Values& y) {
  double balance = 0, untied_x = 0, untied_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      balance += sign(x[i] - x[j]) * sign(y[i] - y[j]);
      untied_x += x[i] != x[j];
      untied_y += y[i] != y[j];
    }
  }
  if (untied_x == 0 || untied_y == 0) return std::nullopt;
  return balance / std::sqrt(untied_x * untied_y);
}

/// 1 + values below + half of the others that are equal.
Values slow_ranks(const Values& x) {
  Values ranks;
  for (const double a : x) {
    double rank = 0.5;
    for (const double b : x) rank += b < a ? 1 : b == a ? 0.5 : 0;
    ranks.push_back(rank);
  }
  return ranks;
}

/// From sums over all pairs of differences: no mean is taken.
std::optional<double> slow_pearson(const Values& x, const Values& y) {
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      xx += (x[i] - x[j]) * (x[i] - x[j]);
      yy += (y[i] - y[j]) * (y[i] - y[j]);
      xy += (x[i] - x[j]) * (y[i] - y[j]);
    }
  }
  if (xx == 0 || yy == 0) return std::nullopt;
  return xy / std::sqrt(xx * yy);
}

void expect_same(const std::optional<double>& a, const std::optional<double>& b) {
  ASSERT_EQ(a.has_value(), b.has_value());
  if (a) {
    EXPECT_NEAR(*a, *b, 1e-12);
  }
}

TEST(Correlation, AgreesWithSlowDefinitions) {
  std::mt19937_64 generator(1);
  for (std::size_t n : {0, 1, 2, 3, 4, 7, 20, 60}) {
    for (int levels : {1, 2, 3, 10, 100000}) {
      for (int trial = 0; trial < 5; ++trial) {
        const Sample s = random_sample(n, levels, generator);
        expect_same(pearson(s.x, s.y), slow_pearson(s.x, s.y));
        expect_same(spearman(s.x, s.y), slow_pearson(slow_ranks(s.x), slow_ranks(s.y)));
        expect_same(kendall(s.x, s.y), slow_kendall(s.x, s.y));
      }
    }
  }
}

TEST(Correlation, IsSymmetricAndTurnsWithTheSign) {
  std::mt19937_64 generator(2);
  const Sample s = random_sample(50, 12, generator);
  Values minus_y = s.y, cubed = s.x;
  for (double& value : minus_y) value = -value;
  for (double& value : cubed) value = value * value * value;
  for (auto* figure : {&pearson, &spearman, &kendall}) {
    expect_same(figure(s.x, s.y), figure(s.y, s.x));
    EXPECT_NEAR(figure(s.x, minus_y).value(), -figure(s.x, s.y).value(), 1e-12);
    EXPECT_NEAR(figure(s.x, s.x).value(), 1, 1e-12);
  }
  // Ranks do not feel a monotonic change.
  EXPECT_DOUBLE_EQ(spearman(cubed, s.y).value(), spearman(s.x, s.y).value());
  EXPECT_DOUBLE_EQ(kendall(cubed, s.y).value(), kendall(s.x, s.y).value());
}

TEST(Correlation, OfConstantValuesIsNotDefined) {
  // The mean of 0.1 is not 0.1: a variance would not be 0.
  const Values constant(7, 0.1), other = {1, 2, 3, 4, 5, 6, 7};
  for (auto* figure : {&pearson, &spearman, &kendall}) {
    EXPECT_FALSE(figure(constant, other));
    EXPECT_FALSE(figure(other, constant));
    EXPECT_FALSE(figure({1}, {2}));
    EXPECT_THROW(figure({1, 2}, {2}), UsageError);
  }
}

TEST(Correlation, OfManyModelsAgreesToo) {
  std::mt19937_64 generator(3);
  const Sample s = random_sample(3000, 2000, generator);
  expect_same(kendall(s.x, s.y), slow_kendall(s.x, s.y));
}

TEST(Bootstrap, IsTheSameEachTimeAndChangesWithTheSeed) {
  std::mt19937_64 generator(4);
  const Sample s = random_sample(40, 1000, generator);
  const Correlations first = correlations(s.x, s.y), second = correlations(s.x, s.y);
  EXPECT_EQ(first.spearman.interval->low, second.spearman.interval->low);
  EXPECT_EQ(first.kendall.interval->high, second.kendall.interval->high);
  BootstrapOptions other;
  other.seed = 2;
  EXPECT_NE(first.pearson.interval->low, correlations(s.x, s.y, other).pearson.interval->low);
  EXPECT_EQ(first.pearson.value, pearson(s.x, s.y));
  EXPECT_LT(first.pearson.interval->low, *first.pearson.value);
  EXPECT_GT(first.pearson.interval->high, *first.pearson.value);
}

/// The resampling done the plain way: pairs are copied, figures computed anew.
TEST(Bootstrap, AgreesWithCopiesOfThePairs) {
  std::mt19937_64 generator(5);
  const Sample s = random_sample(15, 6, generator);
  BootstrapOptions options;
  options.resamples = 200;
  options.confidence = 0.9;
  const Correlations found = correlations(s.x, s.y, options);
  std::mt19937_64 engine(options.seed);
  Values spearmans, pearsons, kendalls;
  for (int k = 0; k < options.resamples; ++k) {
    Sample copy;
    while (copy.x.size() < s.x.size()) {
      const std::uint64_t bits = engine();
      ASSERT_LT(bits, UINT64_MAX - 15);  // nothing to reject, or the draws differ
      copy.x.push_back(s.x[bits % 15]);
      copy.y.push_back(s.y[bits % 15]);
    }
    spearmans.push_back(slow_pearson(slow_ranks(copy.x), slow_ranks(copy.y)).value());
    pearsons.push_back(slow_pearson(copy.x, copy.y).value());
    kendalls.push_back(slow_kendall(copy.x, copy.y).value());
  }
  const auto expect_ends = [](Values values, const Correlation& correlation) {
    std::sort(values.begin(), values.end());  // 199 · 0.05 = 9.95, 199 · 0.95 = 189.05
    EXPECT_NEAR(correlation.interval->low, 0.05 * values[9] + 0.95 * values[10], 1e-12);
    EXPECT_NEAR(correlation.interval->high, 0.95 * values[189] + 0.05 * values[190], 1e-12);
  };
  expect_ends(spearmans, found.spearman);
  expect_ends(pearsons, found.pearson);
  expect_ends(kendalls, found.kendall);
}

TEST(Bootstrap, HoldsTheTruthAboutAsOftenAsItSays) {
  std::mt19937_64 generator(6);
  std::normal_distribution<double> normal;
  BootstrapOptions options;
  options.resamples = 300;
  int held = 0;
  for (int trial = 0; trial < 200; ++trial) {
    Values x, y;
    for (int i = 0; i < 60; ++i) {
      x.push_back(normal(generator));
      y.push_back(0.6 * x.back() + 0.8 * normal(generator));  // correlation 0.6
    }
    const Interval interval = correlations(x, y, options).pearson.interval.value();
    held += interval.low <= 0.6 && 0.6 <= interval.high;
  }
  EXPECT_GE(held, 170);
  EXPECT_LE(held, 199);
}

TEST(Bootstrap, IsLeftOutWhereItSaysNothing) {
  EXPECT_FALSE(correlations({1, 2}, {1, 2}).pearson.interval);
  EXPECT_TRUE(correlations({1, 2}, {1, 2}).pearson.value);
  EXPECT_FALSE(correlations({}, {}).spearman.value);
  EXPECT_FALSE(correlations({1, 1, 1, 1}, {1, 2, 3, 4}).spearman.interval);
  // Of three pairs with one that differs, 30 % of the resamples miss it: enough are left.
  EXPECT_TRUE(correlations({1, 1, 2}, {1, 2, 3}).pearson.interval);
  BootstrapOptions none;
  none.resamples = 0;
  EXPECT_FALSE(correlations({1, 2, 3, 4}, {1, 2, 3, 5}, none).kendall.interval);
}

TEST(Correlation, AgreesWithScipy) {
  const std::string python = "/usr/bin/python3";
  if (std::system((python + " -c 'import scipy.stats' > /dev/null 2>&1").c_str()) != 0)
    GTEST_SKIP() << "SciPy (Debian package python3-scipy) is not installed";
  std::mt19937_64 generator(7);
  const std::string path =
      ::testing::TempDir() + "correlation_" + std::to_string(::getpid()) + ".txt";
  for (int levels : {4, 50, 100000}) {
    const Sample s = random_sample(200, levels, generator);
    std::ofstream file(path);
    file.precision(17);
    for (std::size_t i = 0; i < s.x.size(); ++i) file << s.x[i] << ' ' << s.y[i] << '\n';
    file.close();
    const std::string script =
        "import numpy, scipy.stats as s; x, y = numpy.loadtxt('" + path +
        "').T; print(*(repr(float(f(x, y)[0])) for f in (s.pearsonr, s.spearmanr, s.kendalltau)))";
    FILE* pipe = ::popen((python + " -c \"" + script + "\"").c_str(), "r");
    double expected[3] = {};
    ASSERT_EQ(std::fscanf(pipe, "%lf %lf %lf", &expected[0], &expected[1], &expected[2]), 3);
    ::pclose(pipe);
    EXPECT_NEAR(pearson(s.x, s.y).value(), expected[0], 1e-12);
    EXPECT_NEAR(spearman(s.x, s.y).value(), expected[1], 1e-12);
    EXPECT_NEAR(kendall(s.x, s.y).value(), expected[2], 1e-12);
  }
  std::remove(path.c_str());
}

}  // namespace
}  // namespace potential
