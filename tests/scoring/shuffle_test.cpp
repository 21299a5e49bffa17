#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "scoring/pair_tally.hpp"
#include "scoring/shuffle.hpp"

namespace potential {
namespace {

PotentialTable random_table(const char* separations, const char* bins) {
  PotentialTable table(TableAxes(load_scheme("residue-ca"), DistanceBins::parse(bins),
                                 SeparationClasses::parse(separations)));
  std::mt19937 engine(3);
  for (Eigen::Index i = 0; i < table.score.size(); ++i)
    table.score.data()[i] = static_cast<double>(engine()) / 4294967296.0 + 0.2;
  return table;
}

/// One site a residue, at random in a cube, two chains.
Model random_model(const std::vector<std::uint16_t>& types, unsigned seed, double width) {
  std::mt19937 engine(seed);
  Model model;
  model.chains = {{"A", 0}, {"B", 0}};
  for (std::uint32_t i = 0; i < types.size(); ++i) {
    for (auto* axis : {&model.x, &model.y, &model.z})
      axis->push_back(static_cast<std::int32_t>(width * 1000 * (engine() / 4294967296.0)));
    model.type.push_back(types[i]);
    model.residue.push_back(i);
    const std::uint32_t chain = i < types.size() / 2 ? 0 : 1;
    model.residues.push_back(
        {"ALA", static_cast<std::int32_t>(i), ' ', chain, static_cast<std::int32_t>(i)});
    ++model.chains[chain].residues;
  }
  return model;
}

using Table = std::shared_ptr<const ScoringTable>;

ShuffledScore shuffled(const Table& table, const Model& model) {
  PairTally tally(table);
  tally.search(model, {false, false, true});
  return TypeShuffler(table).moments(model, tally.site_contacts());
}

struct Moments {
  double mean = 0, variance = 0;
};

Moments moments_of(const std::vector<double>& scores) {
  Moments result;
  for (const double score : scores) result.mean += score / static_cast<double>(scores.size());
  for (const double score : scores)
    result.variance += std::pow(score - result.mean, 2) / static_cast<double>(scores.size());
  return result;
}

TEST(TypeShuffler, AgreesWithAllPermutations) {
  const std::vector<std::vector<std::uint16_t>> compositions = {
      {0, 0, 1, 1, 1, 4, 7}, {0, 1, 2, 3, 4, 5, 6}, {3, 3, 3, 3, 5, 5}, {2, 9}, {2, 9, 9}};
  for (const char* separations : {"1+", "1,2-3,4+,inter"})
    for (auto types : compositions) {
      const auto table = make_scoring_table(random_table(separations, "4:12:2"));
      SiteScorer scorer(table);
      std::sort(types.begin(), types.end());
      const ShuffledScore found = shuffled(table, random_model(types, 1, 9));
      std::vector<double> scores;
      do {
        scores.push_back(
            scorer.score(random_model(types, 1, 9), Normalization::total, false).score);
      } while (std::next_permutation(types.begin(), types.end()));
      const Moments expected = moments_of(scores);
      EXPECT_NEAR(found.mean, expected.mean, 1e-10);
      EXPECT_NEAR(found.variance, expected.variance, 1e-10);
    }
}

TEST(TypeShuffler, AgreesWithManyShufflesOfALargerModel) {
  const auto table = make_scoring_table(random_table("1-4,5+", "4:12:2"));
  SiteScorer scorer(table);
  std::mt19937 engine(11);
  std::vector<std::uint16_t> types;
  for (int i = 0; i < 60; ++i) types.push_back(static_cast<std::uint16_t>(engine() % 20));
  Model model = random_model(types, 5, 22);
  const ShuffledScore found = shuffled(table, model);
  std::vector<double> scores;
  for (int k = 0; k < 20000; ++k) {
    std::shuffle(model.type.begin(), model.type.end(), engine);
    scores.push_back(scorer.score(model, Normalization::total, false).score);
  }
  const Moments expected = moments_of(scores);
  EXPECT_NEAR(found.mean, expected.mean, 5 * std::sqrt(expected.variance / 20000));
  EXPECT_NEAR(found.variance, expected.variance, 0.06 * expected.variance);
  const auto z = z_score(scores[0], found);
  ASSERT_TRUE(z.has_value());
  EXPECT_NEAR(*z, (scores[0] - found.mean) / std::sqrt(found.variance), 1e-12);
}

TEST(TypeShuffler, OneTypeAloneHasNoZ) {
  const auto table = make_scoring_table(random_table("1+", "4:12:2"));
  const Model model = random_model(std::vector<std::uint16_t>(20, 6), 5, 12);
  const double score = SiteScorer(table).score(model, Normalization::total, false).score;
  const ShuffledScore found = shuffled(table, model);
  EXPECT_NEAR(found.mean, score, 1e-9);
  EXPECT_FALSE(z_score(score, found).has_value());
}

}  // namespace
}  // namespace potential
