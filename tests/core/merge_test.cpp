#include <gtest/gtest.h>

#include <potential/core/merge.hpp>
#include <potential/support/error.hpp>
#include <random>

#include "training/synthetic.hpp"

namespace potential {
namespace {

std::vector<Model> some_structures(std::uint64_t seed = 1, int number = 6) {
  synthetic::Random random(seed);
  return synthetic::structures(random, number, 3);
}

ContactCounts count(const std::vector<Model>& models, const std::string& bins = "0:16:2") {
  return synthetic::count(models, synthetic::axes(3, bins, "1,2+,inter"));
}

bool same(const ContactCounts& a, const ContactCounts& b) {
  const auto same_record = [](const StructureRecord& x, const StructureRecord& y) {
    return x.id == y.id && x.sha256 == y.sha256 && x.sites == y.sites && x.residues == y.residues &&
           x.radius_of_gyration == y.radius_of_gyration && x.chain_lengths == y.chain_lengths &&
           x.composition == y.composition && x.pair_histogram == y.pair_histogram;
  };
  return a.axes == b.axes && (a.counts == b.counts).all() && a.skipped == b.skipped &&
         a.options == b.options &&
         std::equal(a.structures.begin(), a.structures.end(), b.structures.begin(),
                    b.structures.end(), same_record);
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Merge, AnySplitInAnyOrderIsTheSingleRun) {
  const auto models = some_structures();
  ContactCounts single = count(models);
  for (const char* id : {"bad1", "bad2", "bad3"}) single.skipped.push_back({id, "unreadable"});
  std::mt19937_64 random(2);
  for (int trial = 0; trial < 20; ++trial) {
    const std::size_t number = 1 + random() % 4;
    std::vector<std::vector<Model>> split(number);
    for (const Model& model : models) split[random() % number].push_back(model);
    std::vector<ContactCounts> parts;
    for (const auto& part : split) parts.push_back(count(part));
    for (std::size_t i = 0; i < number && number > 1; ++i)
      parts[i].options["shard"] = std::to_string(i + 1) + "/" + std::to_string(number);
    for (const SkippedInput& skipped : single.skipped) {
      auto& list = parts[random() % number].skipped;
      list.push_back(skipped);
    }
    EXPECT_TRUE(same(merge_counts(parts), single)) << "trial " << trial;
  }
}

TEST(Merge, OptionsThatDifferBecomeASetWhateverTheGrouping) {
  const auto models = some_structures(3, 3);
  ContactCounts a = count({models[0]}), b = count({models[1]}), c = count({models[2]});
  b.options["models"] = "all";
  c.options["min-plddt"] = "70";
  const ContactCounts left = merge_counts({merge_counts({a, b}), c});
  const ContactCounts right = merge_counts({c, merge_counts({b, a})});
  const Options expected{{"models", "all; first"}, {"min-plddt", "70; none"}};
  EXPECT_EQ(left.options, expected);
  EXPECT_TRUE(same(left, right));
}

TEST(Merge, TheSameStructureTwiceIsRefusedByBothNames) {
  auto models = some_structures(4, 2);
  ContactCounts a = count({models[0], models[1]});
  models[1].id = "copy";
  const ContactCounts b = count({models[1]});
  const std::string message = message_of([&] { merge_counts({a, b}); });
  EXPECT_NE(message.find("s1 and copy"), std::string::npos) << message;
  EXPECT_TRUE(same(a, count(some_structures(4, 2))));

  const ContactCounts twice = merge_counts({a, b}, true);
  EXPECT_TRUE((twice.counts == a.counts + b.counts).all());
  EXPECT_EQ(twice.structures.size(), 3u);
}

TEST(Merge, OtherLayoutsAndImportedMapsAreRefused) {
  const auto models = some_structures(5, 2);
  const ContactCounts a = count({models[0]});
  EXPECT_NE(message_of([&] {
              merge_counts({a, count({models[1]}, "0:16:4")});
            }).find("bins"),
            std::string::npos);
  ContactCounts imported = count({models[1]});
  imported.structures.clear();
  EXPECT_NE(message_of([&] { merge_counts({a, imported}); }).find("imported"), std::string::npos);
  EXPECT_NE(message_of([] { merge_counts({}); }), "no error");

  const ContactCounts empty_shard = count({});
  EXPECT_TRUE(same(merge_counts({a, empty_shard}), a));
  EXPECT_TRUE((merge_counts({imported, imported}).counts == 2 * imported.counts).all());
}

TEST(Merge, ACountThatOverflowsIsAnError) {
  const auto models = some_structures(6, 2);
  ContactCounts a = count({models[0]}), b = count({models[1]});
  a.counts(0, 0) = UINT64_MAX;
  b.counts(0, 0) = 1;
  EXPECT_THROW(merge_counts({a, b}), Error);
}

TEST(Subtract, LeavesTheCountsOfTheOthers) {
  const auto models = some_structures(7, 5);
  const ContactCounts all = count(models);
  EXPECT_TRUE(same(subtract_counts(all, count({models[1], models[3]})),
                   count({models[0], models[2], models[4]})));
  EXPECT_TRUE(same(subtract_counts(all, all), count({})));
  Model renamed = models[2];
  renamed.id = "elsewhere/s2.cif";
  EXPECT_EQ(subtract_counts(all, count({renamed})).structures.size(), 4u);
}

TEST(Subtract, RefusesWhatIsNotInIt) {
  const auto models = some_structures(8, 4);
  const ContactCounts some = count({models[0], models[1]});
  EXPECT_NE(message_of([&] { subtract_counts(some, count({models[2]})); }).find("s2 is not among"),
            std::string::npos);
  const ContactCounts one = count({models[0]});
  const ContactCounts same_twice = merge_counts({one, one}, true);
  EXPECT_NE(message_of([&] { subtract_counts(some, same_twice); }), "no error");
  EXPECT_TRUE(same(subtract_counts(same_twice, one), one));

  ContactCounts more = count({models[0]});
  more.counts(0, 3) += 1000000;
  EXPECT_NE(message_of([&] { subtract_counts(some, more); }).find("TAA-TAA at 6-8A"),
            std::string::npos);

  more = count({models[0]});
  more.counts(0, 3) = some.counts(0, 3) + 1;  // one more than there is
  EXPECT_NE(message_of([&] { subtract_counts(some, more); }).find("TAA-TAA at 6-8A"),
            std::string::npos);
  more.counts(0, 3) = some.counts(0, 3);
  EXPECT_EQ(subtract_counts(some, more).counts(0, 3), 0u);
}

}  // namespace
}  // namespace potential
