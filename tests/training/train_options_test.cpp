#include <gtest/gtest.h>

#include <potential/support/error.hpp>
#include <potential/training/train.hpp>

#include "synthetic.hpp"

namespace potential {
namespace {

ContactCounts some_counts() {
  synthetic::Random random(61);
  return synthetic::count(synthetic::structures(random, 3, 3), synthetic::axes(3, "rapdf", "1+"));
}

void expect_refused(const std::function<void(TrainOptions&)>& change) {
  TrainOptions options;
  change(options);
  EXPECT_THROW(train(some_counts(), options), UsageError);
}

TEST(TrainOptions, OutOfRangeOrForAnotherReferenceStateAreRefused) {
  expect_refused([](auto& o) { o.pseudocount = -1; });
  expect_refused([](auto& o) { o.pseudocount = std::nan(""); });
  expect_refused([](auto& o) { o.pseudocount = INFINITY; });
  expect_refused([](auto& o) { o.decimals = 16; });
  expect_refused([](auto& o) { o.decimals = -2; });
  expect_refused([](auto& o) { o.parameters["alpha"] = 1.57; });
  expect_refused([](auto& o) { o.parameters["kuhn-length"] = 20; });
  expect_refused([](auto& o) { o.cutoff = 20.5; });
  expect_refused([](auto& o) { o.cutoff = -1; });
  expect_refused([](auto& o) { o.reference = "dfire", o.parameters["alpha"] = std::nan(""); });
  expect_refused([](auto& o) { o.reference = "rw", o.parameters["kuhn-length"] = 0; });
  expect_refused([](auto& o) { o.smoothing = {Smoothing::Kind::shrink, -1}; });
}

TEST(TrainOptions, ACutoffBeforeTheFirstBinIsRefused) {
  ContactCounts counts(synthetic::axes(2, "4,5,6", "1+"));
  TrainOptions options;
  options.cutoff = 4;
  EXPECT_THROW(train(counts, options), UsageError);
}

std::string refusal_of(const ContactCounts& counts, const TrainOptions& options) {
  try {
    train(counts, options);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

TEST(TrainOptions, ATableOfZerosIsRefused) {
  for (const std::string& state : synthetic::all_states()) {
    TrainOptions options;
    options.reference = state;
    options.cutoff = 0.5;
    const bool compares_bins = state != "kbp" && state != "srs";
    EXPECT_EQ(
        refusal_of(some_counts(), options).find("every score would be 0") != std::string::npos,
        compares_bins)
        << state;
    options.cutoff = 3.5;  // in the second bin
    EXPECT_EQ(refusal_of(some_counts(), options), "") << state;
  }
}

TEST(TrainOptions, WhatMakesAScoreInfiniteIsNamed) {
  TrainOptions options;
  options.reference = "rw";
  options.parameters["kuhn-length"] = 0.1;  // no chain reaches the cut-off
  const std::string chain = refusal_of(some_counts(), options);
  EXPECT_NE(chain.find("give other parameters"), std::string::npos) << chain;
  EXPECT_EQ(chain.find("pseudocount"), std::string::npos) << chain;
  options = {};
  options.pseudocount = 0;
  ContactCounts counts = some_counts();
  counts.counts(0, 5) = 0;
  const std::string never = refusal_of(counts, options);
  EXPECT_NE(never.find("never seen"), std::string::npos) << never;
}

TEST(Train, CanBeStopped) {
  const std::atomic<bool> stop{true};
  for (const std::string& state : synthetic::all_states()) {
    TrainOptions options;
    options.reference = state;
    options.cancel = &stop;
    EXPECT_THROW(train(some_counts(), options), Cancelled) << state;
  }
}

TEST(TrainOptions, EachReferenceStateRecordsItsOwn) {
  TrainOptions options;
  const auto recipe = [&](const std::string& state) {
    options.reference = state;
    return *train(some_counts(), options).recipe.training;
  };
  EXPECT_EQ(recipe("dfire").cutoff, 14.5);
  EXPECT_EQ(recipe("dfire").parameters, (Parameters{{"alpha", 1.61}}));
  EXPECT_EQ(recipe("dope").cutoff, 15);
  EXPECT_EQ(recipe("rw").cutoff, 15.5);
  EXPECT_EQ(recipe("rw").parameters, (Parameters{{"kuhn-length", std::sqrt(460.0)}}));
  for (const char* state : {"rapdf", "kbp", "srs"}) {
    EXPECT_FALSE(recipe(state).cutoff) << state;
    EXPECT_TRUE(recipe(state).parameters.empty()) << state;
  }
}

TEST(Train, TheSameInputGivesTheSameBits) {
  for (const std::string& state : synthetic::all_states()) {
    TrainOptions options;
    options.reference = state;
    const PotentialTable a = train(some_counts(), options), b = train(some_counts(), options);
    EXPECT_TRUE((a.score == b.score).all());
    EXPECT_TRUE((a.standard_error == b.standard_error).all());
  }
}

TEST(Train, NoStructureAtAllGivesFiniteScores) {
  for (const char* state : {"rapdf", "dfire"}) {
    TrainOptions options;
    options.reference = state;
    const PotentialTable table = train(ContactCounts(synthetic::axes(2, "seed", "1+")), options);
    EXPECT_TRUE(table.score.isFinite().all());
    EXPECT_TRUE(table.standard_error.isFinite().all());
  }
}

/// A map that lists A:B and B:A, as some are.
ContactCounts imported_map() {
  const Scheme scheme = synthetic::scheme(2);
  ContactCounts counts(
      TableAxes(scheme, DistanceBins::parse("seed"), SeparationClasses::parse("1+"),
                TypePairs(scheme, {0, 0, 1, 1}, {0, 1, 0, 1}, {"A:A", "A:B", "B:A", "B:B"})));
  for (int row = 0; row < 4; ++row)
    for (int bin = 0; bin < 6; ++bin)
      counts.counts(row, bin) = std::uint64_t(row * row + 3 * bin + 1);
  return counts;
}

TEST(ImportedMap, IsTrainedRowByRow) {
  const ContactCounts map = imported_map();
  const PotentialTable table = train(map, {});
  EXPECT_EQ(table.axes.pairs.labels(), map.axes.pairs.labels());
  EXPECT_EQ(table.structures, 0u);
  const ScoreTable n = map.counts.cast<double>() + 1e-4;
  for (int row = 0; row < 4; ++row)
    for (int bin = 0; bin < 6; ++bin)
      EXPECT_NEAR(table.score(row, bin),
                  -std::log(n(row, bin) / n.row(row).sum() / (n.col(bin).sum() / n.sum())), 1e-12);
}

}  // namespace
}  // namespace potential
