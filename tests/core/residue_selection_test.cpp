#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <potential/core/residue_selection.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

using testing::ElementsAre;

Model residues() {
  Model model;
  model.chains = {{"A", 4}, {"", 2}};
  model.residues = {{"ALA", -3, ' ', 0, 0}, {"ALA", 52, ' ', 0, 1}, {"ALA", 52, 'A', 0, 2},
                    {"ALA", 53, ' ', 0, 3}, {"ALA", -1, ' ', 1, 0}, {"ALA", 53, ' ', 1, 1}};
  return model;
}

std::vector<bool> of(const char* text) { return ResidueSelection::parse(text).of(residues()); }

TEST(ResidueSelection, TakesNumbersCodesAndChains) {
  EXPECT_THAT(of("A:52"), ElementsAre(false, true, true, false, false, false));
  EXPECT_THAT(of("A:52A"), ElementsAre(false, false, true, false, false, false));
  EXPECT_THAT(of("A:52-53"), ElementsAre(false, true, true, true, false, false));
  EXPECT_THAT(of("A:-3-10,_"), ElementsAre(true, false, false, false, true, true));
  EXPECT_THAT(of("_:-5--1"), ElementsAre(false, false, false, false, true, false));
}

TEST(ResidueSelection, RefusesWhatIsMalformedOrNotThere) {
  for (const char* text : {"", ":1", "A:", "A:1-", "A:5-4", "A:1AB", "A:x", "A,", "A:99999999999"})
    EXPECT_THROW(ResidueSelection::parse(text), UsageError) << text;
  for (const char* text : {"B", "A:54", "A:53B", "A:52,A:60-70"})
    EXPECT_THROW(of(text), UsageError) << text;
}

}  // namespace
}  // namespace potential
