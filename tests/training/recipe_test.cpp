#include <gtest/gtest.h>

#include <potential/support/error.hpp>
#include <potential/training/combine.hpp>
#include <potential/training/recipe.hpp>

#include "synthetic.hpp"

namespace potential {
namespace {

ContactCounts some_counts(unsigned seed) {
  synthetic::Random random(seed);
  auto counts = synthetic::count(synthetic::structures(random, 6, 3),
                                 synthetic::axes(3, "0:16:1", "1,2-4,5+,inter"));
  counts.options = {{"bins", counts.axes.bins.to_string()},
                    {"separations", counts.axes.separations.to_string()}};
  return counts;
}

std::vector<TrainOptions> all_kinds() {
  std::vector<TrainOptions> all;
  for (const auto reference : {ReferenceState::rapdf, ReferenceState::kbp, ReferenceState::dfire,
                               ReferenceState::dope, ReferenceState::srs, ReferenceState::rw})
    for (const char* smoothing : {"none", "sippl:0.05", "shrink:7"}) {
      TrainOptions options;
      options.reference = reference;
      options.smoothing = Smoothing::parse(smoothing);
      options.pseudocount = 0.1;
      if (all.size() % 2 == 1) options.pool = true;
      if (all.size() % 3 == 1) options.bins = DistanceBins::parse("0,4,8,12,16");
      if (all.size() % 4 == 1) options.decimals = 2;
      if (all.size() % 5 == 1) options.cutoff = 11.5;
      if (reference == ReferenceState::dfire) options.alpha = 1.57;
      if (reference == ReferenceState::rw) options.kuhn_length = 19.25;
      options.normalize = all.size() % 2 == 0 ? Normalization::residue : Normalization::contact;
      all.push_back(options);
    }
  return all;
}

TEST(Retrain, gives_the_same_table_for_every_recipe) {
  const ContactCounts counts = some_counts(3), others = some_counts(4);
  for (const TrainOptions& options : all_kinds()) {
    const PotentialTable table = train(counts, options);
    const PotentialTable again = retrain(counts, table.options);
    EXPECT_TRUE(again.axes == table.axes);
    EXPECT_TRUE((again.score == table.score).all()) << to_string(options.reference);
    EXPECT_TRUE((again.standard_error == table.standard_error).all());
    EXPECT_EQ(again.options, table.options);
    EXPECT_TRUE((retrain(others, table.options).score == train(others, options).score).all());
  }
}

TEST(Retrain, gives_sums_and_sums_of_sums) {
  const ContactCounts counts = some_counts(3);
  const auto kinds = all_kinds();
  const PotentialTable sum =
      combine({train(counts, kinds[0]), train(counts, kinds[7])}, {0.1, -1.0 / 3});
  const PotentialTable sum_of_sums = combine({sum, train(counts, kinds[12])}, {2, 1e-3});
  CombineOptions rounded;
  rounded.binary_digits = 5;
  const PotentialTable coarse = combine({sum, train(counts, kinds[3])}, {1, 2}, rounded);
  for (const PotentialTable& table : {sum, sum_of_sums, coarse})
    EXPECT_TRUE((retrain(counts, table.options).score == table.score).all());
}

TEST(Retrain, refuses_parts_of_other_types) {
  const ContactCounts counts = some_counts(3);
  Options recipe = train(counts, {}).options;
  recipe["types"] = counts.axes.scheme.name();
  EXPECT_NO_THROW(retrain(counts, recipe));
  recipe["types"] = "residue-ca";
  EXPECT_THROW(retrain(counts, recipe), UsageError);
}

TEST(Retrain, refuses_a_recipe_that_is_not_whole) {
  const ContactCounts counts = some_counts(3);
  const Options whole = train(counts, {}).options;
  for (const char* name : {"reference", "pseudocount", "smoothing", "bins"}) {
    Options recipe = whole;
    recipe.erase(name);
    EXPECT_THROW(retrain(counts, recipe), UsageError) << name;
    recipe[name] = "1x";
    EXPECT_THROW(retrain(counts, recipe), UsageError) << name;
  }
  EXPECT_THROW(retrain(counts, {{"weights", "1,"}}), UsageError);
}

}  // namespace
}  // namespace potential
