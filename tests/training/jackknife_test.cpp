#include <gtest/gtest.h>

#include <potential/core/merge.hpp>
#include <potential/support/error.hpp>
#include <potential/training/jackknife.hpp>

#include "synthetic.hpp"

namespace potential {
namespace {

constexpr int rows = 3, bins = 8;

/// Groups of equal size, each count Poisson-distributed around one table times
/// a factor of its own, drawn for each group and cell with this spread.
std::vector<ContactCounts> groups_of(int number, double spread, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::gamma_distribution<double> factor(1 / (spread * spread), spread * spread);
  std::vector<ContactCounts> groups;
  for (int g = 0; g < number; ++g) {
    ContactCounts group(synthetic::axes(2, "0:8:1", "1+"));
    for (int row = 0; row < rows; ++row)
      for (int bin = 0; bin < bins; ++bin)
        group.counts(row, bin) = std::uint64_t(std::poisson_distribution<std::int64_t>(
            40 * (1 + row + bin) * (spread > 0 ? factor(random) : 1))(random));
    groups.push_back(group);
  }
  return groups;
}

TEST(Jackknife, LeavesOutEachGroupInTurn) {
  synthetic::Random random(41);
  const auto models = synthetic::structures(random, 9, 3);
  const auto axes = synthetic::axes(3, "0:16:2", "1+,inter");
  std::vector<ContactCounts> groups;
  for (std::size_t g = 0; g < 3; ++g)
    groups.push_back(synthetic::count({models[3 * g], models[3 * g + 1], models[3 * g + 2]}, axes));
  for (const char* reference : {"rapdf", "srs"}) {
    TrainOptions options;
    options.reference = reference;
    const PotentialTable table = train_jackknife(groups, options);
    const ScoreTable a = train(merge_counts({groups[1], groups[2]}), options).score;
    const ScoreTable b = train(merge_counts({groups[0], groups[2]}), options).score;
    const ScoreTable c = train(merge_counts({groups[0], groups[1]}), options).score;
    const ScoreTable mean = (a + b + c) / 3;
    const ScoreTable error =
        (((a - mean).square() + (b - mean).square() + (c - mean).square()) * 2 / 3).sqrt();
    const PotentialTable all = train(merge_counts(groups), options);
    EXPECT_TRUE((table.score == all.score).all());
    EXPECT_TRUE((*table.counts == *all.counts).all());
    for (Eigen::Index row = 0; row < error.rows(); ++row)
      for (Eigen::Index bin = 0; bin < error.cols(); ++bin)
        ASSERT_NEAR(
            table.standard_error(row, bin),
            all.counts->coeff(row, bin) > 0 ? error(row, bin) : all.standard_error(row, bin), 1e-6);
  }
}

TEST(Jackknife, AgreesWithTheAnalyticErrorForPoissonCounts) {
  ScoreTable ratio = ScoreTable::Zero(rows, bins);
  constexpr int trials = 20;
  for (int trial = 0; trial < trials; ++trial) {
    const auto groups = groups_of(25, 0, 42 + std::uint64_t(trial));
    ratio += (train_jackknife(groups, {}).standard_error /
              train(merge_counts(groups), {}).standard_error)
                 .square() /
             trials;
  }
  EXPECT_NEAR(ratio.mean(), 1, 0.05);
}

TEST(Jackknife, SeesThatGroupsDifferByMoreThanChance) {
  const auto groups = groups_of(25, 0.3, 43);
  const ScoreTable ratio =
      train_jackknife(groups, {}).standard_error / train(merge_counts(groups), {}).standard_error;
  EXPECT_GT(ratio.mean(), 1.5);
}

TEST(Jackknife, DoesNotDependOnTheOrderOfGroups) {
  synthetic::Random random(44);
  const auto models = synthetic::structures(random, 5, 3);
  std::vector<ContactCounts> groups;
  for (const Model& model : models)
    groups.push_back(synthetic::count({model}, synthetic::axes(3, "0:16:2", "1+")));
  const PotentialTable table = train_jackknife(groups, {});
  std::reverse(groups.begin(), groups.end());
  std::swap(groups[0], groups[3]);
  EXPECT_TRUE((table.standard_error == train_jackknife(groups, {}).standard_error).all());
}

TEST(Jackknife, RoundedScoresHaveUnroundedErrors) {
  const auto groups = groups_of(5, 0, 45);
  TrainOptions rounded;
  rounded.decimals = 0;
  EXPECT_TRUE((train_jackknife(groups, rounded).standard_error ==
               train_jackknife(groups, {}).standard_error)
                  .all());
  EXPECT_EQ(train_jackknife(groups, {}).recipe.jackknife_groups, 5);
}

TEST(Jackknife, CanBeStopped) {
  const std::atomic<bool> stop{true};
  TrainOptions options;
  options.cancel = &stop;
  EXPECT_THROW(train_jackknife(groups_of(3, 0, 47), options), Cancelled);
}

TEST(Jackknife, OneGroupIsTooFew) {
  EXPECT_THROW(train_jackknife(groups_of(1, 0, 46), {}), UsageError);
  EXPECT_THROW(train_jackknife({}, {}), UsageError);
}

}  // namespace
}  // namespace potential
