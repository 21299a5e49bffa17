#include <gtest/gtest.h>

#include <potential/core/chain_groups.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

using Names = std::vector<std::string>;

TEST(ChainGroups, AreTwoListsOfChains) {
  const ChainGroups groups = ChainGroups::parse("H,L:A");
  EXPECT_EQ(groups.first, (Names{"H", "L"}));
  EXPECT_EQ(groups.second, (Names{"A"}));
  EXPECT_EQ(groups.to_string(), "H,L:A");
}

TEST(ChainGroups, CallTheBlankChainByAnUnderscore) {
  const ChainGroups groups = ChainGroups::parse("_:AA");
  EXPECT_EQ(groups.first, (Names{""}));
  EXPECT_EQ(groups.second, (Names{"AA"}));
  EXPECT_EQ(groups.to_string(), "_:AA");
}

TEST(ChainGroups, RefuseWhatIsNotTwoGroups) {
  for (const char* text : {"", "A", "A:", ":A", "A,:B", "A:B:C", "A:A", "A,A:B", "A:B,A"})
    EXPECT_THROW(ChainGroups::parse(text), UsageError) << text;
}

TEST(ParseChains, RefusesEmptyAndRepeatedNames) {
  EXPECT_EQ(parse_chains("A,_,b"), (Names{"A", "_", "b"}));
  for (const char* text : {"", ",", "A,", "A,B,A"}) EXPECT_THROW(parse_chains(text), UsageError);
}

}  // namespace
}  // namespace potential
