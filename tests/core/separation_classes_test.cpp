#include <gtest/gtest.h>

#include <potential/core/separation_classes.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

TEST(SeparationClasses, EachPairIsInTheClassThatNamesIt) {
  const auto classes = SeparationClasses::parse("21+,1,3-4,inter,2");
  EXPECT_EQ(classes.labels(), (std::vector<std::string>{"21+", "1", "3-4", "inter", "2"}));
  EXPECT_EQ(classes.of_separation(0), -1);
  EXPECT_EQ(classes.of_separation(1), 1);
  EXPECT_EQ(classes.of_separation(2), 4);
  EXPECT_EQ(classes.of_separation(4), 2);
  EXPECT_EQ(classes.of_separation(5), -1);
  EXPECT_EQ(classes.of_separation(21), 0);
  EXPECT_EQ(classes.of_separation(1 << 30), 0);
  EXPECT_EQ(classes.of_different_chains(), 3);
  EXPECT_EQ(SeparationClasses::parse("1+").of_different_chains(), -1);
  EXPECT_EQ(SeparationClasses::parse(classes.to_string()), classes);
}

TEST(SeparationClasses, OverlapsAndNonsenseAreRefused) {
  for (const char* text : {"", "1+,5", "1-3,3", "inter,inter", "3-1", "-1", "a", "1,", "1-", "+",
                           "1+,2+", "10000", "1.5", "nan", "0+,0"})
    EXPECT_THROW(SeparationClasses::parse(text), UsageError) << text;
}

TEST(SeparationClasses, Nesting) {
  const auto fine = SeparationClasses::parse("1,2,3-4,5+,inter");
  EXPECT_EQ(SeparationClasses::parse("1+").nesting(fine), (std::vector<int>{0, 0, 0, 0, -1}));
  EXPECT_EQ(SeparationClasses::parse("inter,1-4").nesting(fine),
            (std::vector<int>{1, 1, 1, -1, 0}));
  EXPECT_THROW(SeparationClasses::parse("4+").nesting(fine), UsageError);
}

}  // namespace
}  // namespace potential
