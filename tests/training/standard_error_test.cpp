// Standard errors and smoothing: the formulas, and how far scores really
// scatter when each count is drawn anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <potential/support/error.hpp>
#include <potential/training/train.hpp>

#include "reference_of.hpp"
#include "synthetic.hpp"

namespace potential {
namespace {

constexpr int types = 10, pairs = types * (types + 1) / 2, bins = 6;

/// Counts with rows and columns of unlike sums, 60 to 2500 a cell, over fixed
/// structures.
ContactCounts some_counts() {
  synthetic::Random random(31);
  ContactCounts counts = synthetic::count(synthetic::structures(random, 10, types),
                                          synthetic::axes(types, "3:15:2", "1+"));
  for (int row = 0; row < pairs; ++row)
    for (int bin = 0; bin < bins; ++bin)
      counts.counts(row, bin) =
          std::uint64_t((100 + 20 * bin * bin) * synthetic::uniform(random, 0.6, 3));
  return counts;
}

TrainOptions of(const std::string& reference, const std::string& smoothing = "none") {
  TrainOptions options;
  options.reference = reference;
  options.smoothing = Smoothing::parse(smoothing);
  options.cutoff = 15;  // all bins, whatever the default
  return options;
}

double variance_by_hand(const ContactCounts& counts, Reference::Level level, int row, int bin) {
  const ScoreTable all = counts.counts.cast<double>() + 1e-4;
  const double n = all(row, bin), R = all.row(row).sum(), C = all.col(bin).sum(), T = all.sum();
  switch (level) {
    case Reference::Level::margins:
      return 1 / n - 1 / R - 1 / C + (2 * n * T / (R * C) - 1) / T;
    case Reference::Level::row:
      return 1 / n - 1 / R;
    case Reference::Level::cutoff:
      return bin == bins - 1 ? 0 : 1 / n + 1 / all(row, bins - 1);
    case Reference::Level::free:
      break;
  }
  return 1 / n;
}

Reference::Level level_of(const std::string& reference) {
  return reference_of(reference, {some_counts(), 0, bins}).level;
}

TEST(Level, IsWhatEachReferenceStateTakesFromTheCounts) {
  using Level = Reference::Level;
  EXPECT_EQ(level_of("rapdf"), Level::margins);
  EXPECT_EQ(level_of("dope"), Level::row);
  for (const char* reference : {"dfire", "rw"}) EXPECT_EQ(level_of(reference), Level::cutoff);
  for (const char* reference : {"kbp", "srs"}) EXPECT_EQ(level_of(reference), Level::free);
}

class EachReference : public testing::TestWithParam<std::string> {};

TEST_P(EachReference, HasTheStandardErrorOfItsFormula) {
  const ContactCounts counts = some_counts();
  const PotentialTable table = train(counts, of(GetParam()));
  for (int row = 0; row < pairs; ++row)
    for (int bin = 0; bin < bins; ++bin)
      ASSERT_NEAR(table.standard_error(row, bin),
                  std::sqrt(variance_by_hand(counts, level_of(GetParam()), row, bin)), 1e-12);
}

/// Standard deviation of each score when each count is Poisson-distributed.
ScoreTable scatter(const ContactCounts& mean, const TrainOptions& options, int draws) {
  std::mt19937_64 random(32);
  ContactCounts drawn = mean;
  const ScoreTable centre = train(mean, options).score;
  ScoreTable sum = ScoreTable::Zero(pairs, bins), squares = sum;
  for (int draw = 0; draw < draws; ++draw) {
    for (int row = 0; row < pairs; ++row)
      for (int bin = 0; bin < bins; ++bin)
        drawn.counts(row, bin) = static_cast<std::uint64_t>(
            std::poisson_distribution<std::int64_t>(double(mean.counts(row, bin)))(random));
    const ScoreTable shift = train(drawn, options).score - centre;
    sum += shift;
    squares += shift.square();
  }
  return ((squares - sum.square() / draws) / (draws - 1)).sqrt();
}

TEST_P(EachReference, ScattersByItsStandardErrorWhateverTheSmoothing) {
  const ContactCounts counts = some_counts();
  for (const char* smoothing : {"none", "sippl:0.001", "shrink:500"}) {
    const TrainOptions options = of(GetParam(), smoothing);
    const ScoreTable measured = scatter(counts, options, 1500);
    const ScoreTable ratio = measured / (train(counts, options).standard_error + 1e-12);
    const bool cut = level_of(GetParam()) == Reference::Level::cutoff;
    const Eigen::Index columns = cut && options.smoothing.kind != Smoothing::Kind::shrink
                                     ? bins - 1  // 0 in the bin of the cut-off
                                     : bins;
    const auto inside = ratio.leftCols(columns);
    // A single standard deviation from 1500 draws is known to 2 %.
    EXPECT_NEAR(inside.mean(), 1, 0.03) << smoothing;
    EXPECT_GT(inside.minCoeff(), 0.85) << smoothing;
    EXPECT_LT(inside.maxCoeff(), 1.15) << smoothing;
    EXPECT_TRUE((measured.rightCols(bins - columns) < 1e-12).all()) << smoothing;
  }
}

INSTANTIATE_TEST_SUITE_P(StandardError, EachReference, testing::ValuesIn(synthetic::all_states()),
                         [](const auto& info) {
                           std::string name = info.param;  // of letters, digits and _
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

/// n/E of every cell, from the scores without smoothing.
ScoreTable ratios(const ContactCounts& counts, const std::string& reference) {
  return (-train(counts, of(reference)).score).exp();
}

TEST(Smoothing, SipplIsTheFormulaOfThePaper) {
  const ContactCounts counts = some_counts();
  for (const char* reference : {"rapdf", "srs", "dfire"}) {
    const ScoreTable ratio = ratios(counts, reference);
    const PotentialTable table = train(counts, of(reference, "sippl"));
    for (int row = 0; row < pairs; ++row) {
      const double m = 0.02 * double(counts.counts.row(row).sum());
      for (int bin = 0; bin < bins; ++bin)
        ASSERT_NEAR(table.score(row, bin), -std::log(1 / (1 + m) + m / (1 + m) * ratio(row, bin)),
                    1e-10);
    }
  }
}

TEST(Smoothing, ShrinkDrawsEachCellToTheLevelOfItsRow) {
  const ContactCounts counts = some_counts();
  const ScoreTable ratio = ratios(counts, "srs");
  const PotentialTable table = train(counts, of("srs", "shrink:50"));
  for (int row = 0; row < pairs; ++row) {
    const double observed = double(counts.counts.row(row).sum());
    const double expected = ((counts.counts.row(row).cast<double>() + 1e-4) / ratio.row(row)).sum();
    const double share = 50 / (50 + expected), level = (observed + 1) / (expected + 1);
    for (int bin = 0; bin < bins; ++bin)
      ASSERT_NEAR(table.score(row, bin), -std::log((1 - share) * ratio(row, bin) + share * level),
                  1e-10);
  }
}

TEST(Smoothing, StrongShrinkageLeavesARowItsLevelAlone) {
  const ContactCounts counts = some_counts();
  const ScoreTable flat = train(counts, of("srs", "shrink:1e9")).score;
  EXPECT_LT((flat.colwise() - flat.col(0)).abs().maxCoeff(), 1e-4);
  EXPECT_GT((flat.col(0) - flat(0, 0)).abs().maxCoeff(), 0.1);
  const ScoreTable none = train(counts, of("rapdf", "shrink:1e9")).score;
  EXPECT_LT(none.abs().maxCoeff(), 1e-4);  // no level of its own
  const ScoreTable weak = train(counts, of("rapdf", "shrink:1e-6")).score;
  EXPECT_LT((weak - train(counts, {}).score).abs().maxCoeff(), 1e-6);
}

TEST(Smoothing, TextRoundTripsAndNonsenseIsRefused) {
  for (const char* text : {"none", "sippl:0.02", "shrink:10", "shrink:2.5"})
    EXPECT_EQ(Smoothing::parse(text).to_string(), text);
  EXPECT_EQ(Smoothing::parse("sippl").to_string(), "sippl:0.02");
  EXPECT_EQ(Smoothing::parse("shrink").to_string(), "shrink:10");
  for (const char* text : {"", "Sippl", "sippl:", "sippl:0", "shrink:-1", "shrink:nan",
                           "shrink:inf", "shrink:1x", "none:1", "shrink:1e10"})
    EXPECT_THROW(Smoothing::parse(text), UsageError) << text;
}

TEST(UnseenCells, HaveABoundOfThreeCounts) {
  ContactCounts counts = some_counts();
  counts.counts(7, 2) = 0;
  const double bound = std::log((3 + 1e-4) / 1e-4);
  for (const std::string& reference : synthetic::all_states()) {
    const PotentialTable table = train(counts, of(reference));
    EXPECT_NEAR(table.standard_error(7, 2), bound, 1e-9) << reference;
    counts.counts(7, 2) = 3;
    if (reference == "srs" || reference == "dfire") {
      EXPECT_NEAR(table.score(7, 2) - train(counts, of(reference)).score(7, 2), bound, 1e-9);
    }
    counts.counts(7, 2) = 0;
    const double smoothed = train(counts, of(reference, "shrink:50")).standard_error(7, 2);
    EXPECT_GT(smoothed, 0.01);
    EXPECT_LT(smoothed, 1);
  }
}

TEST(UnseenCells, ScoreAsTheReferenceAsksOrZero) {
  ContactCounts counts = some_counts();
  counts.counts.row(4).setZero();      // a pair that was never seen
  counts.counts.col(0).setZero();      // a distance that was never seen
  counts.counts.col(bins - 1)(9) = 0;  // none at the cut-off
  for (auto& structure : counts.structures) structure.pair_histogram[0] = 0;
  for (const std::string& reference : synthetic::all_states())
    for (const char* smoothing : {"none", "sippl", "shrink"}) {
      const PotentialTable table = train(counts, of(reference, smoothing));
      EXPECT_TRUE(table.score.isFinite().all()) << reference << smoothing;
      EXPECT_TRUE((table.standard_error.isFinite() && table.standard_error >= 0).all());
      // Nothing that was never seen looks attractive.
      if (level_of(reference) != Reference::Level::margins && std::string(smoothing) == "none") {
        EXPECT_GE((counts.counts == 0).select(table.score, 0.0).minCoeff(), 0.0) << reference;
      }
    }
  EXPECT_TRUE((train(counts, of("kbp")).score.col(0) == 0).all());
  EXPECT_TRUE((train(counts, of("srs")).score.col(0) == 0).all());
  EXPECT_TRUE((train(counts, of("dfire")).score.row(9) == 0).all());
  EXPECT_TRUE((train(counts, of("dope")).score.row(4) == 0).all());
  EXPECT_GT(train(counts, of("srs")).score(4, 3), 9);
}

}  // namespace
}  // namespace potential
