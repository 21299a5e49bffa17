#include <gtest/gtest.h>

#include <potential/support/error.hpp>
#include <potential/training/rapdf.hpp>
#include <potential/training/train.hpp>

#include "training/regroup.hpp"

#include "synthetic.hpp"

namespace potential {
namespace {

constexpr auto classes = "1,2,3-4,5+,inter";

std::vector<Model> some_structures() {
  synthetic::Random random(1);
  return synthetic::structures(random, 6, 4);
}

ContactCounts some_counts(const std::string& bins = "0:20:1",
                          const std::string& separations = classes) {
  return synthetic::count(some_structures(), synthetic::axes(4, bins, separations));
}

/// The formula of design, cell by cell, over one class.
double rapdf_by_hand(const ContactCounts& counts, int k, int row, int bin, double pseudocount) {
  const ScoreTable n = counts.table(k).cast<double>() + pseudocount;
  const double in_row = n(row, bin) / std::max(n.row(row).sum(), 1.0);
  return -std::log(in_row / (n.col(bin).sum() / n.sum()));
}

TEST(RapdfTraining, IsTheFormulaInEachClass) {
  const ContactCounts counts = some_counts();
  const PotentialTable table = train(counts, {});
  for (int k = 0; k < counts.axes.classes(); ++k)
    for (int row = 0; row < counts.axes.rows(); ++row)
      for (int bin = 0; bin < counts.axes.columns(); ++bin)
        ASSERT_NEAR(table.table(k)(row, bin), rapdf_by_hand(counts, k, row, bin, 1e-4), 1e-12);
  EXPECT_TRUE((*table.counts == counts.counts).all());
  EXPECT_EQ(table.structures, counts.structures.size());
}

TEST(RapdfTraining, ProportionalRowsScoreZero) {
  ContactCounts counts(synthetic::axes(2, "0:4:1", "1+"));
  for (int row = 0; row < 3; ++row)
    for (int bin = 0; bin < 4; ++bin)
      counts.counts(row, bin) = std::uint64_t(row + 1) * std::uint64_t(7 * bin + 1);
  TrainOptions options;
  options.pseudocount = 0;
  EXPECT_LT(train(counts, options).score.abs().maxCoeff(), 1e-15);
}

TEST(RapdfTraining, PoolingIsCountingWithOneClass) {
  TrainOptions pooled;
  pooled.pool = true;
  const PotentialTable table = train(some_counts(), pooled);
  const ContactCounts direct = some_counts("0:20:1", "1+/inter");
  EXPECT_EQ(table.axes.separations.to_string(), "1+/inter");
  EXPECT_TRUE((*table.counts == direct.counts).all());
  EXPECT_TRUE((table.score == train(direct, {}).score).all());
}

TEST(RapdfTraining, CoarserBinsAreCountingWithCoarserBins) {
  TrainOptions coarse;
  coarse.bins = DistanceBins::parse("2,3,5,8,14");
  const PotentialTable table = train(some_counts(), coarse);
  const ContactCounts direct = some_counts("2,3,5,8,14");
  EXPECT_TRUE((*table.counts == direct.counts).all());
  EXPECT_TRUE((table.score == train(direct, {}).score).all());
  EXPECT_TRUE((table.standard_error == train(direct, {}).standard_error).all());
}

TEST(RapdfTraining, RegroupedMarginsAreThoseOfADirectCount) {
  const auto bins = DistanceBins::parse("0,4,10,20");
  const auto separations = SeparationClasses::parse("1-2/5+,inter");
  const ContactCounts direct = some_counts("0,4,10,20", "1-2/5+,inter");
  const ContactCounts grouped = regroup(some_counts(), separations, bins);
  EXPECT_TRUE((grouped.counts == direct.counts).all());
  for (std::size_t s = 0; s < direct.structures.size(); ++s)
    EXPECT_EQ(grouped.structures[s].pair_histogram, direct.structures[s].pair_histogram);
}

TEST(RapdfTraining, BinsThatDoNotNestAreRefused) {
  TrainOptions options;
  options.bins = DistanceBins::parse("0,2.5,5");
  EXPECT_THROW(train(some_counts(), options), UsageError);
  options.bins = DistanceBins::parse("0,10,25");
  EXPECT_THROW(train(some_counts(), options), UsageError);
}

TEST(RapdfTraining, DecimalsRoundTheScoresAlone) {
  TrainOptions rounded;
  rounded.decimals = 2;
  const PotentialTable table = train(some_counts(), rounded), exact = train(some_counts(), {});
  EXPECT_LE((table.score - exact.score).abs().maxCoeff(), 0.005 + 1e-12);
  const ScoreTable hundreds = table.score * 100;
  EXPECT_LT((hundreds - hundreds.round()).abs().maxCoeff(), 1e-9);
  EXPECT_TRUE((table.standard_error == exact.standard_error).all());
}

TEST(RapdfTraining, BeyondTheCutoffScoresAreZeroAndCountsDoNotMatter) {
  TrainOptions options;
  options.cutoff = 9.5;  // in the bin 9-10
  const PotentialTable table = train(some_counts(), options);
  const PotentialTable near = train(some_counts("0:10:1"), {});
  EXPECT_TRUE((table.score.leftCols(10) == near.score).all());
  EXPECT_TRUE((table.score.rightCols(10) == 0).all());
  EXPECT_TRUE((table.standard_error.rightCols(10) == 0).all());
}

TEST(RapdfTraining, WithoutPseudocountAnUnseenCellIsAnErrorThatNamesIt) {
  ContactCounts counts(synthetic::axes(2, "0:3:1", "1+"));
  counts.counts << 1, 1, 1, 1, 0, 1, 1, 1, 1;
  TrainOptions options;
  options.pseudocount = 0;
  try {
    train(counts, options);
    FAIL() << "an infinite score passed";
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("TAA-TAB at 1-2A"), std::string::npos) << error.what();
  }
  options.smoothing = Smoothing::parse("sippl");
  EXPECT_TRUE(train(counts, options).score.isFinite().all());
}

TEST(RapdfTraining, TheRecipeHoldsWhatShapedTheNumbers) {
  TrainOptions options;
  options.pool = true;
  options.bins = DistanceBins::parse("0,10,20");
  options.decimals = 3;
  const Recipe recipe = train(some_counts(), options).recipe;
  EXPECT_EQ(recipe.counting, (Options{{"models", "first"}}));
  EXPECT_EQ(recipe.types, "synthetic");
  EXPECT_EQ(recipe.bins, options.bins);
  EXPECT_EQ(recipe.separations, SeparationClasses::parse("1+/inter"));
  EXPECT_EQ(recipe.normalize, Normalization::total);
  ASSERT_TRUE(recipe.training);
  EXPECT_EQ(recipe.training->reference, "rapdf");
  EXPECT_EQ(recipe.training->pseudocount, 1e-4);
  EXPECT_EQ(recipe.training->decimals, 3);
  EXPECT_TRUE(recipe.training->pool);
}

}  // namespace
}  // namespace potential
