#include <gtest/gtest.h>

#include <potential/core/combine.hpp>
#include <potential/support/error.hpp>
#include <potential/training/recipe.hpp>

#include "synthetic.hpp"

namespace potential {
namespace {

ContactCounts some_counts(unsigned seed, const std::string& separations = "1,2-4,5+,inter") {
  synthetic::Random random(seed);
  auto counts = synthetic::count(synthetic::structures(random, 6, 3),
                                 synthetic::axes(3, "0:16:1", separations));
  counts.options = {{"bins", counts.axes.bins.to_string()},
                    {"separations", counts.axes.separations.to_string()}};
  return counts;
}

std::vector<TrainOptions> all_kinds() {
  std::vector<TrainOptions> all;
  for (const std::string& reference : synthetic::all_states())
    for (const char* smoothing : {"none", "sippl:0.05", "shrink:7"}) {
      TrainOptions options;
      options.reference = reference;
      options.smoothing = Smoothing::parse(smoothing);
      options.pseudocount = 0.1;
      if (all.size() % 2 == 1) options.pool = true;
      if (all.size() % 3 == 1) options.bins = DistanceBins::parse("0,4,8,12,16");
      if (all.size() % 4 == 1) options.decimals = 2;
      if (all.size() % 5 == 1) options.cutoff = 11.5;
      if (reference == "dfire") options.parameters["alpha"] = 1.57;
      if (reference == "rw") options.parameters["kuhn-length"] = 19.25;
      options.normalize = all.size() % 2 == 0 ? Normalization::residue : Normalization::contact;
      all.push_back(options);
    }
  return all;
}

TEST(Retrain, GivesTheSameTableForEveryRecipe) {
  const ContactCounts counts = some_counts(3), others = some_counts(4);
  for (const TrainOptions& options : all_kinds()) {
    const PotentialTable table = train(counts, options);
    const PotentialTable again = retrain(counts, table.recipe);
    EXPECT_TRUE(again.axes == table.axes);
    EXPECT_TRUE((again.score == table.score).all()) << options.reference;
    EXPECT_TRUE((again.standard_error == table.standard_error).all());
    EXPECT_EQ(again.recipe.training->parameters, table.recipe.training->parameters);
    EXPECT_EQ(again.recipe.training->cutoff, table.recipe.training->cutoff);
    EXPECT_TRUE((retrain(others, table.recipe).score == train(others, options).score).all());
  }
}

TEST(Retrain, GivesSumsAndSumsOfSums) {
  const ContactCounts counts = some_counts(3);
  const auto kinds = all_kinds();
  const PotentialTable sum =
      combine({train(counts, kinds[0]), train(counts, kinds[7])}, {0.1, -1.0 / 3});
  const PotentialTable sum_of_sums = combine({sum, train(counts, kinds[12])}, {2, 1e-3});
  CombineOptions rounded;
  rounded.binary_digits = 5;
  const PotentialTable coarse = combine({sum, train(counts, kinds[3])}, {1, 2}, rounded);
  for (const PotentialTable& table : {sum, sum_of_sums, coarse})
    EXPECT_TRUE((retrain(counts, table.recipe).score == table.score).all());
}

TEST(Retrain, GivesTheClassThatJudgesPairsBetweenChains) {
  const ContactCounts counts = some_counts(3, "1,2-4,5+");
  TrainOptions options;
  options.inter_as = "5+";
  const PotentialTable table = train(counts, options);
  CombineOptions between;
  between.separations = SeparationClasses::parse("inter");
  const PotentialTable sum = combine({table, table}, {1, 2}, between);
  CombineOptions later;
  later.inter_as = "2-4";
  const PotentialTable other = combine({train(counts, {})}, {1}, later);
  for (const PotentialTable& one : {table, sum, other}) {
    const PotentialTable again = retrain(counts, one.recipe);
    EXPECT_EQ(again.axes.separations, one.axes.separations);
    EXPECT_TRUE((again.score == one.score).all());
  }
  EXPECT_EQ(table.axes.separations.to_string(), "1,2-4,5+/inter");
  EXPECT_EQ(sum.axes.separations.to_string(), "inter");
  EXPECT_TRUE((sum.table(0) == 3 * table.table(2)).all());
  EXPECT_EQ(other.axes.separations.to_string(), "1,2-4/inter,5+");
  options.inter_as = "3+";
  EXPECT_THROW(train(counts, options), UsageError) << "no such class";
  options.inter_as = "5+";
  EXPECT_THROW(train(some_counts(3), options), UsageError) << "there is one already";
}

TEST(Retrain, RefusesPartsOfOtherTypes) {
  const ContactCounts counts = some_counts(3);
  Recipe recipe = train(counts, {}).recipe;
  EXPECT_NO_THROW(retrain(counts, recipe));
  recipe.types = "residue-ca";
  EXPECT_THROW(retrain(counts, recipe), UsageError);
}

TEST(Retrain, TakesOfTheNumbersInAFileThoseOfTheReferenceState) {
  const ContactCounts counts = some_counts(3);
  TrainOptions options;
  options.reference = "dfire";
  options.parameters["alpha"] = 1.57;
  const PotentialTable table = train(counts, options);
  Recipe recipe = table.recipe;
  recipe.training->parameters["min-plddt"] = 70;
  EXPECT_TRUE((retrain(counts, recipe).score == table.score).all());
}

TEST(Retrain, SaysWhyARecipeCannotBeFollowed) {
  const ContactCounts counts = some_counts(3);
  Recipe recipe = train(counts, {}).recipe;
  recipe.training->reference = "best";
  EXPECT_THROW(retrain(counts, recipe), UsageError);
  recipe.training.reset();
  recipe.problem = "no 'smoothing' in it";
  try {
    retrain(counts, recipe);
    ADD_FAILURE();
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("(no 'smoothing' in it)"), std::string::npos);
  }
}

}  // namespace
}  // namespace potential
