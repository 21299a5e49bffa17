#include <gtest/gtest.h>

#include <potential/core/separation_classes.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

std::string pooled(const char* classes) {
  return SeparationClasses::parse(classes).pooled().to_string();
}

TEST(PooledClasses, AdjoiningOnesAreOneRange) {
  EXPECT_EQ(pooled("1,2,3-4,5-8,9-20,21+"), "1+");
  EXPECT_EQ(pooled("3-4,1,2"), "1-4");
  EXPECT_EQ(pooled("1+"), "1+");
}

TEST(PooledClasses, KeepGapsAndPairsOfChains) {
  EXPECT_EQ(pooled("1,2,5+,inter"), "1-2/5+/inter");
  EXPECT_EQ(pooled("inter"), "inter");
}

TEST(PooledClasses, HoldExactlyThePairsOfTheirParts) {
  const auto fine = SeparationClasses::parse("2,5-8,21+,inter");
  const auto one = fine.pooled();
  ASSERT_EQ(one.size(), 1);
  for (int separation = 0; separation < 40; ++separation)
    EXPECT_EQ(one.of_separation(separation) >= 0, fine.of_separation(separation) >= 0);
  EXPECT_EQ(one.of_different_chains(), 0);
  EXPECT_EQ(one.nesting(fine), (std::vector<int>{0, 0, 0, 0}));
  EXPECT_EQ(SeparationClasses::parse(one.to_string()), one);
}

TEST(PooledClasses, MalformedPartsAreRefused) {
  for (const char* text : {"1/", "/inter", "inter/inter", "1-3/2", "1+/inter,inter", "1/2+,2"})
    EXPECT_THROW(SeparationClasses::parse(text), UsageError) << text;
}

}  // namespace
}  // namespace potential
