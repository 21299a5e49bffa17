#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <potential/core/pair_pattern.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

TEST(FindPairs, ByNameInEitherOrderAndWithWildcards) {
  const Scheme scheme = load_scheme("heavy-atom");
  const TypePairs pairs(scheme);
  const int row = pairs.row(scheme.find("ALA:CB"), scheme.find("LEU:CB"));
  EXPECT_EQ(find_pairs(scheme, pairs, "ALA:CB-LEU:CB"), std::vector<int>{row});
  EXPECT_EQ(find_pairs(scheme, pairs, "LEU:CB-ALA:CB"), std::vector<int>{row});
  EXPECT_EQ(find_pairs(scheme, pairs, "*-*").size(), 14028U);
  EXPECT_EQ(find_pairs(scheme, pairs, "ALA:*-*").size(), 5 * 162U + 15U);
  EXPECT_EQ(find_pairs(scheme, pairs, "GLY:C?-GLY:N").size(), 1U);
  EXPECT_EQ(find_pairs(scheme, pairs, "*:SG-*:SG").size(), 1U);
}

TEST(FindPairs, ResiduesAlsoInTheFormOfAContactMap) {
  const Scheme scheme = load_scheme("residue-cb");
  const TypePairs pairs(scheme);
  EXPECT_EQ(find_pairs(scheme, pairs, "CYS:ALA"), find_pairs(scheme, pairs, "ALA-CYS"));
  const TypePairs both(scheme, {0, 4}, {4, 0}, {"ALA:CYS", "CYS:ALA"});
  EXPECT_EQ(find_pairs(scheme, both, "CYS:ALA"), std::vector<int>{1});
  EXPECT_EQ(find_pairs(scheme, both, "ALA-CYS"), (std::vector<int>{0, 1}));
  EXPECT_THROW(find_pairs(scheme, both, "GLY-GLY"), UsageError);
}

TEST(FindPairs, AWrongNameIsAnsweredWithNearOnes) {
  const Scheme scheme = load_scheme("heavy-atom");
  const TypePairs pairs(scheme);
  for (const char* pattern : {"ALA:CX-LEU:CB", "LEU:CB-ALA:CX"}) {
    try {
      find_pairs(scheme, pairs, pattern);
      FAIL();
    } catch (const UsageError& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr("ALA:CX"));
      EXPECT_THAT(error.what(), testing::HasSubstr("ALA:CA"));
    }
  }
  for (const char* pattern : {"", "ALA:CB", "A-B-C", "-", "ala:cb-leu:cb"})
    EXPECT_THROW(find_pairs(scheme, pairs, pattern), UsageError) << pattern;
}

}  // namespace
}  // namespace potential
