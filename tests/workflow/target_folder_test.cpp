#include "workflow/target_folder.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <potential/support/error.hpp>

#include "common/test_files.hpp"

namespace potential {
namespace {
using test::Folder;
using ::testing::HasSubstr;

std::string partners(const std::string& text) {
  const Folder folder;
  folder.write("partners.txt", text);
  return partners_in(folder.path()).value().to_string();
}

TEST(TargetFolder, PartnersAreTwoGroupsOfChains) {
  EXPECT_EQ(partners("receptor A,B\nligand C\n"), "A,B:C");
  EXPECT_EQ(partners("ligand C\nreceptor AB"), "A,B:C");
  EXPECT_EQ(partners("receptor _\nligand AA,B\n"), "_:AA,B");
  const Folder folder;
  EXPECT_FALSE(partners_in(folder.path()));
  folder.write("partners.txt", "receptor A\nligand _\n");
  EXPECT_EQ(partners_in(folder.path())->second, std::vector<std::string>{""});
}

TEST(TargetFolder, RefusesPartnersThatAreNotTwo) {
  const std::pair<const char*, const char*> wrong[] = {
      {"receptor A\nligand A\n", "the chain A is in both groups of 'A:A'"},
      {"receptor AA\nligand B\n", "the chain A is named twice"},
      {"receptor A\nligand B\nreceptor C\n", "says 'receptor' twice"},
      {"receptor A\nligand B\nligand B\n", "says 'ligand' twice"},
      {"receptor A\n", "does not name two partners"},
      {"receptor A\nligand B\nthird C\n", "does not name two partners"},
      {"receptor A\nligand B\nC", "does not name two partners"},
      {"receptor A\nligand", "is not a list of chains"}};
  for (const auto& [text, said] : wrong) {
    try {
      partners(text);
      ADD_FAILURE() << text;
    } catch (const FormatError& error) {
      EXPECT_THAT(error.what(), HasSubstr("partners.txt: "));
      EXPECT_THAT(error.what(), HasSubstr(said));
    }
  }
}

}  // namespace
}  // namespace potential
