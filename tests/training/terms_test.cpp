#include <gtest/gtest.h>

#include <cmath>
#include <potential/core/combine.hpp>
#include <potential/support/error.hpp>
#include <potential/training/train.hpp>

#include "synthetic.hpp"

namespace potential {
namespace {

PotentialTable some_table(const std::string& bins, const std::string& classes,
                          const std::string& reference, unsigned seed = 51) {
  synthetic::Random random(seed);
  TrainOptions options;
  options.reference = reference;
  return train(
      synthetic::count(synthetic::structures(random, 5, 3), synthetic::axes(3, bins, classes)),
      options);
}

CombineOptions with_names(std::vector<std::string> names) {
  CombineOptions options;
  options.names = std::move(names);
  return options;
}

TEST(Weight, IsANumberOrDependsOnTheSize) {
  EXPECT_EQ(Weight::parse("-0.25").to_string(), "-0.25");
  EXPECT_FALSE(Weight::parse("3").depends_on_size());
  for (const char* text : {"72-355/sqrt(N+16)", "-1.5+2/sqrt(N+0)", "0+1/sqrt(N+0.5)"}) {
    EXPECT_EQ(Weight::parse(text).to_string(), text);
    EXPECT_TRUE(Weight::parse(text).depends_on_size());
  }
  EXPECT_EQ(Weight::parse("1+2/sqrt(N)").to_string(), "1+2/sqrt(N+0)");
  EXPECT_DOUBLE_EQ(Weight::parse("72-355/sqrt(N+16)").at(84), 72 - 35.5);
  EXPECT_EQ(Weight::parse("72-355/sqrt(N+16)").at(HUGE_VAL), 72);
  for (const char* text : {"", "x", "1,2", "nan", "inf", "2e6", "1 ", " 1", "1+", "1-2", "1*N",
                           "1-2/sqrt(N+16", "1-2/sqrt(N-3)", "1-2/sqrt(N+16) ", "1--2/sqrt(N)",
                           "1-2/sqrt(N+)", "1-2/sqrt(N+-4)", "12/sqrt(N)"})
    EXPECT_THROW(Weight::parse(text), UsageError) << text;
}

TEST(Terms, AreKeptBesideTheirSum) {
  const auto a = some_table("0,2,4,8,20", "1+/inter", "dfire");
  const auto b = some_table("0:10:1", "1,2+,inter", "srs");
  const PotentialTable flat = combine({a, b}, {2, -0.5});
  const PotentialTable sum = combine({a, b}, {2, -0.5}, with_names({"far", "near"}));
  EXPECT_TRUE(flat.terms.empty());
  EXPECT_TRUE((sum.score == flat.score).all());
  EXPECT_TRUE((sum.standard_error == flat.standard_error).all());
  ASSERT_EQ(sum.terms.size(), 2U);
  EXPECT_EQ(find_term(sum, "near").weight, Weight(-0.5));
  EXPECT_TRUE((find_term(sum, "far").table.score == a.score).all());
  EXPECT_TRUE((*find_term(sum, "near").table.counts == *b.counts).all());
  EXPECT_THROW(find_term(sum, "else"), UsageError);
  EXPECT_THROW(find_term(flat, "far"), UsageError);
  EXPECT_TRUE(combine({a}, {3}, with_names({"alone"})).terms.empty());
}

TEST(Terms, HaveNamesOfTheirOwn) {
  const auto a = some_table("0:10:1", "1+", "rapdf");
  for (const auto& names : std::vector<std::vector<std::string>>{
           {"a"}, {"a", "b", "c"}, {"a", "a"}, {"", "b"}, {"a/b", "c"}, {"a,b", "c"}, {".", "c"}})
    EXPECT_THROW(combine({a, a}, {}, with_names(names)), UsageError);
}

TEST(Terms, OfASumAreAddedForTheSizeOfAModel) {
  const auto a = some_table("0:10:1", "1+", "rapdf");
  const auto b = some_table("0:10:1", "3+", "srs");
  const Weight sized = Weight::parse("2-6/sqrt(N+4)");
  const PotentialTable sum = combine({a, b}, {0.5, sized}, with_names({"a", "b"}));
  EXPECT_TRUE(depends_on_size(sum));
  EXPECT_TRUE((sum.score == combine({a, b}, {0.5, 2}).score).all());
  for (const double residues : {5, 21, 140}) {
    const PotentialTable own = at_size(sum, residues);
    const PotentialTable expected = combine({a, b}, {0.5, 2 - 6 / std::sqrt(residues + 4)});
    EXPECT_TRUE((own.score == expected.score).all());
    EXPECT_TRUE((own.standard_error == expected.standard_error).all());
    EXPECT_FALSE(depends_on_size(own));
  }
  EXPECT_THROW(combine({a, b}, {0.5, sized}), UsageError);
  EXPECT_THROW(combine({a}, {sized}, with_names({"a"})), UsageError);
}

TEST(Training, IsListedOnceForStructuresOfSeveralSchemes) {
  const auto list = [](const std::string& types, std::vector<std::pair<std::string, int>> rows) {
    std::vector<TrainingStructure> all;
    for (const auto& [id, digest] : rows) {
      all.push_back({id, {}, types});
      all.back().sha256[0] = static_cast<std::uint8_t>(digest);
    }
    return all;
  };
  const auto atoms = list("atoms", {{"a", 1}, {"b", 2}});
  const auto residues = list("residues", {{"a", 3}, {"b", 4}});
  const auto more = list("residues", {{"a", 3}, {"b", 4}, {"c", 5}});
  EXPECT_EQ(union_of_training({&atoms, &residues, &atoms}).size(), 2U);
  EXPECT_EQ(union_of_training({&residues, &atoms}).front().types, "residues");
  EXPECT_EQ(union_of_training({&atoms, &more}).size(), 5U);
  EXPECT_EQ(union_of_training({&residues, &more}).size(), 3U);
}

TEST(Training, IsListedByWhatWasCounted) {
  synthetic::Random random(4);
  const ContactCounts counts =
      synthetic::count(synthetic::structures(random, 6, 3), synthetic::axes(3, "0:10:1", "1+"));
  const PotentialTable table = train(counts, {});
  ASSERT_EQ(table.training.size(), table.structures);
  for (const TrainingStructure& one : table.training) EXPECT_EQ(one.types, "synthetic");
}

}  // namespace
}  // namespace potential
