#include <gtest/gtest.h>

#include <potential/core/combine.hpp>
#include <potential/support/error.hpp>
#include <potential/training/train.hpp>

#include "core/refinement.hpp"
#include "core/residue_shares.hpp"

#include "synthetic.hpp"

namespace potential {
namespace {

PotentialTable some_table(const std::string& bins, const std::string& classes,
                          const std::string& reference = "rapdf") {
  synthetic::Random random(51);
  TrainOptions options;
  options.reference = reference;
  return train(
      synthetic::count(synthetic::structures(random, 5, 3), synthetic::axes(3, bins, classes)),
      options);
}

struct Value {
  double score = 0, error = 0;
};

/// What a table says on a pair, 0 where it does not reach.
Value look_up(const PotentialTable& table, int separation, int row, double distance) {
  const auto& classes = table.axes.separations;
  const int k = separation < 0 ? classes.of_different_chains() : classes.of_separation(separation);
  const int bin = table.axes.bins.find(distance);
  if (k < 0 || bin < 0) return {};
  const Eigen::Index at = k * table.axes.rows() + row;
  return {table.score(at, bin), table.standard_error(at, bin)};
}

void expect_sum(const std::vector<PotentialTable>& parts, const std::vector<double>& weights) {
  const PotentialTable sum = combine(parts, std::vector<Weight>(weights.begin(), weights.end()));
  for (int separation = -1; separation < 30; ++separation)
    for (int row = 0; row < sum.axes.rows(); ++row)
      for (double distance = 0.25; distance < 22; distance += 0.5) {
        Value expected;
        for (std::size_t i = 0; i < parts.size(); ++i) {
          const Value part = look_up(parts[i], separation, row, distance);
          expected.score += weights[i] * part.score;
          expected.error = std::hypot(expected.error, weights[i] * part.error);
        }
        const Value value = look_up(sum, separation, row, distance);
        ASSERT_NEAR(value.score, expected.score, 1e-12) << separation << " " << distance;
        ASSERT_NEAR(value.error, expected.error, 1e-12) << separation << " " << distance;
      }
}

TEST(Combine, AddsPotentialsOfOneLayout) {
  expect_sum({some_table("0:15:1", "1+"), some_table("0:15:1", "1+", "srs")}, {2, 0.5});
}

TEST(Combine, RefinesNestedBinsAndClasses) {
  const auto pooled = some_table("0,2,4,8,20", "1+/inter", "dfire");
  const auto fine = some_table("0:10:1", "1,2,3-4,5-8,9+,inter");
  const auto near = some_table("0,4,8", "3-8", "srs");
  expect_sum({pooled, fine}, {1, 2});
  expect_sum({fine, pooled, near}, {1, 2, -1});
  const PotentialTable sum = combine({pooled, fine});
  EXPECT_EQ(sum.axes.bins.to_string(), "0,1,2,3,4,5,6,7,8,9,10,20");
  EXPECT_EQ(sum.axes.separations.to_string(), "1,2,3-4,5-8,9+,inter");
  EXPECT_FALSE(sum.counts.has_value());
  EXPECT_EQ(sum.structures, 5u);
}

TEST(Combine, KeepsApartWhatOnlyOnePartDivides) {
  const auto all = some_table("0:10:1", "1+");
  const auto middle = some_table("0:10:1", "3-4,inter");
  expect_sum({all, middle}, {1, 1});
  EXPECT_EQ(combine({all, middle}).axes.separations.to_string(), "1-2/5+,3-4,inter");
}

TEST(Combine, DividesBinsThatOverlap) {
  const auto a = some_table("0,3,5,9", "1+"), b = some_table("0,4,9.5", "1-4", "srs");
  EXPECT_EQ(combine({a, b}).axes.bins.to_string(), "0,3,4,5,9,9.5");
  expect_sum({a, b}, {2, -1});
  const auto fine = some_table("0:18:0.03", "1+"), other = some_table("0:17.5:0.035", "1+");
  EXPECT_THROW(combine({fine, other}), UsageError);
}

TEST(Combine, DividesClassesThatOverlap) {
  const auto a = some_table("0,3,5", "3-20"), b = some_table("0,3,5", "5+/inter", "srs");
  EXPECT_EQ(combine({a, b}).axes.separations.to_string(), "3-4,5-20,21+/inter");
  expect_sum({a, b}, {2, 3});
  EXPECT_EQ(combine({some_table("0,3", "1-4,5-6,7+"), some_table("0,3", "1-2,3-4,5+")})
                .axes.separations.to_string(),
            "1-2,3-4,5-6,7+");
}

TEST(Combine, RefusesOtherSchemesAndWeightsThatDoNotFit) {
  const auto a = some_table("0,3,5,9", "1+");
  const auto other_types = Scheme::parse("scheme other\nsites ca\nX TAA,TAD\nY TAB\n", "other");
  const PotentialTable other(TableAxes(other_types, a.axes.bins, a.axes.separations));
  EXPECT_THROW(combine({a, other}), UsageError);
  EXPECT_THROW(combine({a}, {1}, {other_types}), UsageError);
  EXPECT_THROW(combine({}), UsageError);
  EXPECT_THROW(combine({a, a}, {1}), UsageError);
  EXPECT_THROW(combine({a, a}, {1, std::nan("")}), UsageError);
  EXPECT_THROW(combine({a, a}, {1, INFINITY}), UsageError);
}

TEST(Combine, MatchesRowsByTheirTypes) {
  const auto a = some_table("0,3,5,9", "1+");
  const std::vector<std::uint16_t> first{2, 1, 0, 1, 0, 2}, second{2, 0, 0, 1, 2, 1};
  PotentialTable shuffled(
      TableAxes(a.axes.scheme, a.axes.bins, a.axes.separations,
                TypePairs(a.axes.scheme, first, second, {"a", "b", "c", "d", "e", "f"})));
  for (std::size_t row = 0; row < 6; ++row)
    shuffled.score.row(Eigen::Index(row)) = a.score.row(a.axes.pairs.row(first[row], second[row]));
  EXPECT_TRUE((combine({a, shuffled}).score == 2 * a.score).all());
  EXPECT_TRUE((combine({shuffled, a}).score == 2 * shuffled.score).all());
}

Scheme parse(const std::string& text) { return Scheme::parse(text, "test"); }

/// A table on CA, one on side chains and one on atoms add up row by row.
TEST(Combine, TakesNestedTypes) {
  const Scheme all = parse(
      "scheme all\nsites atom\nA:CA TAA CA\nB:CA TAB CA\nB:CB TAB CB\nA:SC TAA centroid\n"
      "B:SC TAB centroid\n");
  const Scheme schemes[] = {parse("scheme ca\nsites ca\nA TAA\nB TAB\n"),
                            parse("scheme sc\nsites centroid\nAB TAA,TAB\n"),
                            parse("scheme atoms\nsites atom\nB TAB CB,CA\n")};
  std::vector<PotentialTable> parts;
  for (const Scheme& scheme : schemes) {
    parts.emplace_back(
        TableAxes(scheme, DistanceBins::parse("0,3,5"), SeparationClasses::parse("1+")));
    for (int row = 0; row < parts.back().axes.rows(); ++row)
      parts.back().score.row(row) = 100 * double(parts.size()) + row;
  }
  const PotentialTable sum = combine(parts, {}, {all});
  EXPECT_EQ(sum.axes.scheme, all);
  const auto at = [&](const char* first, const char* second) {
    return sum.score(sum.axes.pairs.row(all.find(first), all.find(second)), 1);
  };
  EXPECT_EQ(at("A:CA", "A:CA"), 100);
  EXPECT_EQ(at("A:CA", "B:CA"), 101);
  EXPECT_EQ(at("B:CA", "B:CA"), 102 + 300);
  EXPECT_EQ(at("B:CA", "B:CB"), 300);
  EXPECT_EQ(at("A:SC", "B:SC"), 200);
  EXPECT_EQ(at("A:SC", "B:CA"), 0);
  EXPECT_THROW(combine(parts), UsageError);  // none of them holds the others
  EXPECT_EQ(combine({parts[0], sum}).axes.scheme, all);
}

TEST(Combine, Rounds) {
  CombineOptions options;
  options.binary_digits = 6;
  const auto part = some_table("0:10:1", "1+");
  const PotentialTable exact = combine({part}), sum = combine({part}, {}, options);
  EXPECT_GT((sum.score - exact.score).abs().maxCoeff(), 0);
  EXPECT_LE((sum.score - exact.score).abs().maxCoeff(), 0x1p-7);
  EXPECT_LE((sum.standard_error - exact.standard_error).abs().maxCoeff(), 0x1p-7);
  EXPECT_EQ(sum.recipe.binary_digits, 6);
}

TEST(Combine, SaysWhatWentIn) {
  auto a = some_table("0:10:1", "1+"), b = some_table("0:10:1", "1+", "srs");
  a.recipe.normalize = b.recipe.normalize = Normalization::residue;
  const Recipe recipe = combine({a, b}, {2, 1}).recipe;
  EXPECT_TRUE(recipe.is_sum());
  EXPECT_EQ(recipe.weights, (std::vector<Weight>{2, 1}));
  // a has counts and b the same ones: together as one of them.
  EXPECT_EQ(recipe.residue_shares, shares_of(residue_contacts(a)));
  const PotentialTable sum = combine({a, b});
  ASSERT_FALSE(sum.counts);
  double whole = 0;
  for (const auto& [residue, share] : residue_contacts(sum)) whole += share;
  EXPECT_NEAR(whole, 1, 1e-4);
  EXPECT_EQ(recipe.parts.at(0).training->reference, "rapdf");
  EXPECT_EQ(recipe.parts.at(1).training->reference, "srs");
  EXPECT_EQ(recipe.normalize, Normalization::residue);
  b.recipe.normalize = Normalization::total;
  EXPECT_EQ(combine({a, b}).recipe.normalize, Normalization::total);
}

}  // namespace
}  // namespace potential
