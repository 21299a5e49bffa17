#include <gtest/gtest.h>

#include <cmath>
#include <potential/core/distance_bins.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

TEST(DistanceBins, NamedSets) {
  const auto rapdf = DistanceBins::parse("rapdf");
  EXPECT_EQ(rapdf.size(), 18);
  EXPECT_EQ(rapdf.label(0), "0-3A");
  EXPECT_EQ(rapdf.label(17), "19-20A");
  EXPECT_EQ(DistanceBins::parse("seed").to_string(), "0,3,4,5,6,7,8");
  const auto half = DistanceBins::parse("half");
  EXPECT_EQ(half.size(), 36);
  EXPECT_EQ(half.label(1), "2.5-3A");
  EXPECT_EQ(half.cutoff(), 20000);
}

TEST(DistanceBins, RangesHoldTheirStop) {
  EXPECT_EQ(DistanceBins::parse("2:8:1.5").to_string(), "2,3.5,5,6.5,8");
  EXPECT_EQ(DistanceBins::parse("0:0.003:0.001").to_string(), "0,0.001,0.002,0.003");
}

TEST(DistanceBins, EverySquaredDistanceByDefinition) {
  const auto bins = DistanceBins::parse("0.5,1.25,3,3.001,7");
  for (std::int64_t milli = 0; milli < 7100; ++milli)
    for (const std::int64_t squared : {milli * milli, milli * milli + milli}) {
      int expected = -1;
      for (int k = 0; k < bins.size(); ++k) {
        const std::int64_t low = bins.edges()[static_cast<std::size_t>(k)];
        const std::int64_t high = bins.edges()[static_cast<std::size_t>(k) + 1];
        if (low * low <= squared && squared < high * high) expected = k;
      }
      ASSERT_EQ(bins.find_squared(squared), expected) << squared;
    }
  EXPECT_EQ(bins.find(3.0), 2);
  EXPECT_EQ(bins.find(2.9999), 2);  // the nearest mÅ is 3.000
  EXPECT_EQ(bins.find(7.0), -1);
  EXPECT_EQ(bins.find(std::nan("")), -1);
  EXPECT_EQ(bins.find(-1), -1);
}

TEST(DistanceBins, LabelsReadBack) {
  for (const char* text : {"rapdf", "seed", "half", "0.125,2,9.5"}) {
    const auto bins = DistanceBins::parse(text);
    EXPECT_EQ(DistanceBins::from_labels(bins.labels()), bins);
    EXPECT_EQ(DistanceBins::parse(bins.to_string()), bins);
  }
}

TEST(DistanceBins, NestingMapsEachFineBinToTheCoarseOneAroundIt) {
  const auto fine = DistanceBins::parse("half");
  const auto coarse = DistanceBins::parse("0,3,5,20");
  const auto map = coarse.nesting(fine);
  ASSERT_EQ(map.size(), 36U);
  for (int k = 0; k < fine.size(); ++k) {
    const int outer = map[static_cast<std::size_t>(k)];
    EXPECT_LE(coarse.lower(outer), fine.lower(k));
    EXPECT_GE(coarse.upper(outer), fine.upper(k));
  }
  EXPECT_EQ(DistanceBins::parse("3,5").nesting(fine)[0], -1);
  EXPECT_THROW(DistanceBins::parse("0,2.7,20").nesting(fine), UsageError);
  EXPECT_THROW(DistanceBins::parse("0,30").nesting(fine), UsageError);
}

TEST(DistanceBins, WhatIsNotAListOfEdgesIsRefusedByName) {
  for (const char* text : {"",        "3",
                           "3,2",     "3,3",
                           "1,2,",    ",1",
                           "0:10",    "0:10:0",
                           "0:10:3",  "10:0:1",
                           "a,b",     "nan,1",
                           "inf,1",   "-1,2",
                           "0,1e3",   "0,1.0005",
                           "0,1001",  "0:1000:0.1",
                           "0,,1",    "0 1",
                           "1.2.3,5", "99999999999999999999,1"}) {
    try {
      DistanceBins::parse(text);
      FAIL() << text;
    } catch (const UsageError& error) {
      EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << error.what();
    }
  }
  EXPECT_THROW(DistanceBins::from_labels({"0-3A", "4-5A"}), UsageError);
  EXPECT_THROW(DistanceBins::from_labels({"0-3"}), UsageError);
}

}  // namespace
}  // namespace potential
