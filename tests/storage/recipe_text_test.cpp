#include <gtest/gtest.h>

#include <potential/storage/files.hpp>
#include <potential/storage/recipe_text.hpp>
#include <potential/storage/table_file.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

const Options trained = {
    {"alpha", "1.57"},         {"bins", "0,4,8,14"},     {"cutoff", "13.5"},
    {"decimals", "2"},         {"exclude", "ab12"},      {"min-plddt", "70"},
    {"models", "all"},         {"normalize", "residue"}, {"pool", "yes"},
    {"pseudocount", "0.5"},    {"reference", "dfire"},   {"separations", "1+/inter"},
    {"smoothing", "shrink:7"}, {"types", "residue-cb"}};

Options with_prefix(const std::string& prefix, const Options& options, Options all = {}) {
  for (const auto& [name, value] : options) all[prefix + name] = value;
  return all;
}

Options sum_of(const Options& first, const Options& second) {
  return with_prefix("2.", second,
                     with_prefix("1.", first,
                                 {{"weights", "0.1,-2"},
                                  {"binary-digits", "6"},
                                  {"types", "residue-cb"},
                                  {"bins", "0,4,8,14"},
                                  {"separations", "1,2+,inter"},
                                  {"normalize", "total"},
                                  {"residue-shares", "ALA 0.250000,LEU 0.750000"}}));
}

TEST(RecipeText, OfATrainedPotentialIsRead) {
  const Recipe recipe = parse_recipe(trained);
  ASSERT_TRUE(recipe.training) << recipe.problem;
  EXPECT_FALSE(recipe.is_sum());
  EXPECT_EQ(recipe.types, "residue-cb");
  EXPECT_EQ(recipe.bins, DistanceBins::parse("0,4,8,14"));
  EXPECT_EQ(recipe.separations, SeparationClasses::parse("1+/inter"));
  EXPECT_EQ(recipe.normalize, Normalization::residue);
  EXPECT_EQ(recipe.training->reference, "dfire");
  EXPECT_EQ(recipe.training->parameters.at("alpha"), 1.57);
  EXPECT_EQ(recipe.training->pseudocount, 0.5);
  EXPECT_EQ(recipe.training->smoothing.to_string(), "shrink:7");
  EXPECT_TRUE(recipe.training->pool);
  EXPECT_EQ(recipe.training->cutoff, 13.5);
  EXPECT_EQ(recipe.training->decimals, 2);
  EXPECT_EQ(recipe.counting, (Options{{"exclude", "ab12"}, {"models", "all"}}));
}

TEST(RecipeText, OfASumIsATree) {
  const Options inner = sum_of(
      trained,
      {{"reference", "new"}, {"smoothing", "none"}, {"pseudocount", "0"}, {"beta", "1e-12"}});
  const Recipe recipe = parse_recipe(sum_of(inner, trained));
  ASSERT_EQ(recipe.parts.size(), 2u) << recipe.problem;
  EXPECT_EQ(recipe.weights, (std::vector<Weight>{0.1, -2}));
  EXPECT_EQ(recipe.binary_digits, 6);
  EXPECT_EQ(recipe.residue_shares, (ResidueShares{{"ALA", 0.25}, {"LEU", 0.75}}));
  EXPECT_FALSE(recipe.training);
  EXPECT_EQ(recipe.parts[1].training->reference, "dfire");
  ASSERT_EQ(recipe.parts[0].parts.size(), 2u);
  EXPECT_EQ(recipe.parts[0].parts[1].training->parameters, (Parameters{{"beta", 1e-12}}));
}

TEST(RecipeText, ComesBackToTheLetter) {
  Options jackknifed = trained;
  jackknifed["standard-error"] = "jackknife";
  jackknifed["groups"] = "25";
  const Options lacking = {{"models", "first"}, {"reference", "rapdf"}};
  Options of_tomorrow = trained;
  of_tomorrow["smoothing"] = "spline:3";
  Options merged = trained;
  merged["min-plddt"] = "70; none";
  for (const Options& options :
       {trained, jackknifed, lacking, of_tomorrow, merged, Options(), sum_of(trained, jackknifed),
        sum_of(sum_of(trained, lacking), merged)})
    EXPECT_EQ(to_options(parse_recipe(options)), options);
}

TEST(RecipeText, OfShippedPotentialsComesBackToTheLetter) {
  for (const char* name :
       {"default", "default-1", "rapdf", "rapdf-ca", "rapdf-cb", "rapdf-centroid"}) {
    const std::string path = std::string(POTENTIAL_SOURCE_DIR "/data/potentials/") + name + ".h5";
    const Recipe recipe = read_potential(path).recipe;
    EXPECT_EQ(recipe.problem, "");
    EXPECT_EQ(to_options(recipe), TableFile(path).options()) << name;
  }
}

TEST(RecipeText, ThatCannotBeFollowedSaysWhy) {
  const std::vector<std::pair<const char*, const char*>> faults = {
      {"reference", nullptr}, {"pseudocount", nullptr}, {"smoothing", nullptr},
      {"pseudocount", "1x"},  {"cutoff", "far"},        {"decimals", "2.5"},
      {"smoothing", "best"},  {"bins", "3,2"},          {"separations", "2-1"}};
  for (const auto& [name, value] : faults) {
    Options options = trained;
    options.erase(name);
    if (value != nullptr) options[name] = value;
    const Recipe recipe = parse_recipe(options);
    EXPECT_FALSE(recipe.training) << name;
    EXPECT_NE(recipe.problem.find(value != nullptr ? value : name), std::string::npos)
        << recipe.problem;
    EXPECT_EQ(recipe.normalize, Normalization::residue);  // known all the same
  }
  for (const char* weights : {"1,", "", "1,x", "0.1,-2,3"}) {
    Options options = sum_of(trained, trained);
    options["weights"] = weights;
    EXPECT_FALSE(parse_recipe(options).is_sum()) << weights;
    EXPECT_NE(parse_recipe(options).problem, "") << weights;
  }
  EXPECT_THROW(parse_recipe({{"normalize", "by"}}), Error);
}

TEST(RecipeText, OfSumsWithinSumsWithoutEndIsNotFollowed) {
  Options options = trained;
  for (int depth = 0; depth < 60; ++depth) options = with_prefix("1.", options, {{"weights", "1"}});
  EXPECT_EQ(to_options(parse_recipe(options)), options);
}

}  // namespace
}  // namespace potential
