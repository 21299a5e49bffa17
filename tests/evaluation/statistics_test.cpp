#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <potential/evaluation/statistics.hpp>
#include <random>

namespace potential {
namespace {

using Models = std::vector<RankedModel>;

Models random_models(std::size_t n, int levels, std::mt19937_64& generator) {
  std::uniform_int_distribution<int> level(0, levels - 1);
  Models models;
  for (std::size_t i = 0; i < n; ++i)
    models.push_back({"m" + std::to_string(i), 1.0 * level(generator), 0.1 * level(generator)});
  std::shuffle(models.begin(), models.end(), generator);
  return models;
}

/// Scores in perfect agreement with a label that is better when higher.
Models perfect(std::size_t n) {
  Models models;
  for (std::size_t i = 0; i < n; ++i)
    models.push_back({"m" + std::to_string(i), -1.0 * static_cast<double>(i), 0.01 * i});
  return models;
}

TEST(RocAuc, AgreesWithCountingAllPairs) {
  std::mt19937_64 generator(1);
  for (int levels : {2, 5, 1000}) {
    for (bool lower_is_better : {false, true}) {
      const Models models = random_models(60, levels, generator);
      const double good =
          0.1 * ((levels - 1) / 2 + (lower_is_better ? 0 : 1));  // a label that occurs
      double right = 0, pairs = 0;
      for (const RankedModel& a : models) {
        for (const RankedModel& b : models) {
          const bool a_good = lower_is_better ? a.label <= good : a.label >= good;
          const bool b_good = lower_is_better ? b.label <= good : b.label >= good;
          if (!a_good || b_good) continue;
          ++pairs;
          right += a.score < b.score ? 1 : a.score == b.score ? 0.5 : 0;
        }
      }
      EXPECT_NEAR(roc_auc(models, lower_is_better, good).value(), right / pairs, 1e-12);
    }
  }
}

TEST(RocAuc, IsOneZeroOrNotDefined) {
  Models models = perfect(20);
  EXPECT_DOUBLE_EQ(roc_auc(models, false, 0.1).value(), 1);
  EXPECT_DOUBLE_EQ(roc_auc(models, true, 0.1).value(), 0);
  EXPECT_FALSE(roc_auc(models, false, 5));   // none is good
  EXPECT_FALSE(roc_auc(models, false, -5));  // all are
  EXPECT_FALSE(roc_auc({}, false, 0));
  for (RankedModel& model : models) model.score = 7;
  EXPECT_DOUBLE_EQ(roc_auc(models, false, 0.1).value(), 0.5);
}

TEST(Enrichment, TakesTheBestFifteenPercent) {
  EXPECT_FALSE(enrichment({}, false));
  EXPECT_FALSE(enrichment(perfect(1), false));  // not the 44 that 1/(0.15² N) would give
  EXPECT_FALSE(enrichment(perfect(6), false));
  // k = round(0.15 N), halves up: all k agree when the ranking is perfect.
  const std::vector<std::pair<std::size_t, double>> expected = {{7, 1},  {9, 1},  {10, 2},  {30, 5},
                                                                {36, 5}, {37, 6}, {100, 15}};
  for (const auto& [n, k] : expected)
    EXPECT_NEAR(enrichment(perfect(n), false).value(), k / (0.0225 * static_cast<double>(n)), 1e-9)
        << n;
  EXPECT_DOUBLE_EQ(enrichment(perfect(100), true).value(), 0);  // the best are thought the worst
}

TEST(Enrichment, SettlesTiesByName) {
  // k = 2 of 10: by score a and b (all tie), by label j and a.
  Models models;
  for (char name = 'j'; name >= 'a'; --name) models.push_back({std::string(1, name), 0, 0.5});
  models[0].label = 1;
  EXPECT_NEAR(enrichment(models, false).value(), 1 / 0.225, 1e-12);
  std::mt19937_64 generator(2);
  for (int trial = 0; trial < 10; ++trial) {
    std::shuffle(models.begin(), models.end(), generator);
    EXPECT_NEAR(enrichment(models, false).value(), 1 / 0.225, 1e-12);
  }
}

TEST(LogPb, IsTheLogOfTheLabelRankOfTheBestScored) {
  Models models = perfect(50);
  EXPECT_NEAR(log_pb(models, false, 1).value(), std::log10(1.0 / 50), 1e-12);
  EXPECT_NEAR(log_pb(models, true, 1).value(), 0, 1e-12);  // the worst label of all
  EXPECT_NEAR(log_pb(models, true, 10).value(), std::log10(41.0 / 50), 1e-12);
  EXPECT_NEAR(log_pb(models, true, 1000).value(), std::log10(1.0 / 50), 1e-12);
  EXPECT_FALSE(log_pb({}, false, 1));
  EXPECT_FALSE(log_pb(perfect(1), false, 1));
  EXPECT_FALSE(top1_loss(perfect(1), false));
  for (RankedModel& model : models) model.label = 3;  // equal labels share the first rank
  EXPECT_NEAR(log_pb(models, false, 1).value(), std::log10(1.0 / 50), 1e-12);
}

TEST(Success, IsAGoodModelAmongTheBestScored) {
  // By score m9, m8, … m0; by label, good from 0.05 on, m5 to m9; turned round, m0 to m5.
  const Models models = perfect(10);
  EXPECT_EQ(success(models, false, 0.05, 1), 1);
  EXPECT_EQ(success(models, true, 0.05, 1), 0);
  EXPECT_EQ(success(models, true, 0.05, 4), 0);
  EXPECT_EQ(success(models, true, 0.05, 5), 1);  // exactly good
  EXPECT_EQ(success(models, true, 0.05, 100), 1);
  EXPECT_EQ(success(models, false, 5, 100), 0);
  EXPECT_FALSE(success({}, false, 0.05, 1));
}

TEST(Top1Loss, IsTheLabelLostByTrustingTheScore) {
  const Models models = {{"a", -2, 0.5}, {"b", -1, 0.8}, {"c", -2, 0.1}};
  EXPECT_NEAR(top1_loss(models, false).value(), 0.3, 1e-12);  // a before c by name
  EXPECT_NEAR(top1_loss(models, true).value(), 0.4, 1e-12);
  EXPECT_DOUBLE_EQ(top1_loss(perfect(9), false).value(), 0);
  EXPECT_FALSE(top1_loss({}, false));
}

TEST(RankingFigures, AreTheSameForLabelsTurnedUpsideDown) {
  std::mt19937_64 generator(3);
  for (int trial = 0; trial < 10; ++trial) {
    const Models higher = random_models(40, 15, generator);
    Models lower = higher;
    for (RankedModel& model : lower) model.label = -model.label;
    EXPECT_EQ(enrichment(higher, false), enrichment(lower, true));
    EXPECT_EQ(log_pb(higher, false, 1), log_pb(lower, true, 1));
    EXPECT_EQ(log_pb(higher, false, 10), log_pb(lower, true, 10));
    EXPECT_EQ(top1_loss(higher, false), top1_loss(lower, true));
    EXPECT_EQ(roc_auc(higher, false, 0.7), roc_auc(lower, true, -0.7));
  }
}

}  // namespace
}  // namespace potential
