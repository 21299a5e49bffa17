#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <potential/evaluation/residue_match.hpp>
#include <potential/evaluation/similarity.hpp>

namespace potential {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Ids = std::vector<ResidueId>;

TEST(MatchResidues, ByNumberInsertionCodeAndName) {
  const Ids native = {
      {"A", 1, ' ', "ALA"}, {"A", 1, 'A', "GLY"}, {"A", 2, ' ', "SER"}, {"A", 3, ' ', "LEU"}};
  const Ids model = {{"A", 3, ' ', "LEU"}, {"A", 2, ' ', "THR"}, {"A", 1, 'A', "GLY"}};
  const ResidueMatch match = match_residues(native, model);
  EXPECT_THAT(match.native, ElementsAre(1, 3));
  EXPECT_THAT(match.model, ElementsAre(2, 0));
  EXPECT_FALSE(match.chains_ignored);
}

TEST(MatchResidues, ByChainOnlyWhenBothNameChains) {
  const Ids native = {{"A", 1, ' ', "ALA"}, {"B", 1, ' ', "ALA"}};
  EXPECT_THAT(match_residues(native, {{"B", 1, ' ', "ALA"}}).native, ElementsAre(1));
  EXPECT_THAT(match_residues(native, {{"C", 1, ' ', "ALA"}}).native, IsEmpty());
  EXPECT_THAT(match_residues(native, {{" ", 1, ' ', "ALA"}}).native, ElementsAre(0));
  // A dimer whose chains are blank: each residue is taken once, in order.
  const ResidueMatch dimer = match_residues(native, {{"", 1, ' ', "ALA"}, {"", 1, ' ', "ALA"}});
  EXPECT_THAT(dimer.native, ElementsAre(0, 1));
  EXPECT_THAT(dimer.model, ElementsAre(0, 1));
}

TEST(MatchResidues, OfTwoSingleChainsWithOtherIdsPassesOverThem) {
  const ResidueMatch match = match_residues({{"B", 1, ' ', "ALA"}}, {{"A", 1, ' ', "ALA"}});
  EXPECT_THAT(match.native, ElementsAre(0));
  EXPECT_TRUE(match.chains_ignored);
}

/// A chain of a sequence in one-letter code of four amino acids.
Ids chain_of(const std::string& id, const std::string& letters, std::int32_t first) {
  const std::map<char, std::string> names = {{'A', "ALA"}, {'L', "LEU"}, {'K', "LYS"},
                                             {'D', "ASP"}, {'W', "TRP"}, {'G', "GLY"}};
  Ids ids;
  for (const char letter : letters) ids.push_back({id, first++, ' ', names.at(letter)});
  return ids;
}

Ids joined(Ids first, const Ids& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

TEST(MatchResidues, BySequenceWhenTheNumbersSayTooLittle) {
  const std::string sequence = "ALKDWAGGLKDDWALKWWGA";
  const Ids native = chain_of("A", sequence, 1);
  EXPECT_FALSE(match_residues(native, native).by_sequence);
  for (const std::int32_t shift : {-5, 1, 300}) {
    const ResidueMatch match = match_residues(native, chain_of("A", sequence, 1 + shift));
    EXPECT_TRUE(match.by_sequence);
    EXPECT_EQ(match.native, match.model);
    EXPECT_EQ(match.size(), sequence.size());
  }
  // A part of a protein with its own numbers is all of what it can be.
  const ResidueMatch part = match_residues(native, chain_of("A", sequence.substr(4, 12), 5));
  EXPECT_FALSE(part.by_sequence);
  EXPECT_TRUE(part.same_protein());
  // Another protein is not made alike by an alignment.
  EXPECT_FALSE(match_residues(native, chain_of("A", "GKGKGKGKGKGKGKGKGKGK", 1)).same_protein());
}

TEST(MatchResidues, OfChainsWithOtherIdsFindsThoseThatFit) {
  const std::string first = "ALKDWAGGLKDDWALK", second = "WWGAKKLDAGWDLAKG";
  const Ids native = joined(chain_of("A", first, 1), chain_of("B", second, 1));
  const Ids model = joined(chain_of("H", second, 101), chain_of("L", first, 201));
  const ResidueMatch match = match_residues(native, model);
  ASSERT_EQ(match.size(), 32u);
  EXPECT_TRUE(match.by_sequence);
  for (std::size_t k = 0; k < 32; ++k) EXPECT_EQ(match.model[k], (match.native[k] + 16) % 32);
  // Copies of one chain keep their ids where they can.
  const Ids dimer = joined(chain_of("A", first, 1), chain_of("B", first, 1));
  const Ids moved = joined(chain_of("B", first, 5), chain_of("A", first, 5));
  const ResidueMatch copies = match_residues(dimer, moved);
  ASSERT_EQ(copies.size(), 32u);
  EXPECT_EQ(copies.model.front(), 16u);
}

TEST(MatchResidues, NeverMatchesResiduesWithoutASite) {
  EXPECT_THAT(match_residues({{"A", 1, ' ', ""}}, {{"A", 1, ' ', ""}}).native, IsEmpty());
  EXPECT_THAT(match_residues({}, {}).native, IsEmpty());
}

class TwoChains : public ::testing::Test {
 protected:
  TwoChains() {
    model.id = "two";
    model.chains = {{"A", 2}, {"", 1}};
    model.residues = {{"MSE", 7, ' ', 0, 0}, {"ALA", 8, 'B', 0, 1}, {"HSD", -1, ' ', 1, 0}};
    for (int k = 0; k < 4; ++k) {
      model.x.push_back(1000 * k);
      model.y.push_back(k);
      model.z.push_back(-k);
    }
    model.residue = {0, 0, 2, 2};
    for (const char* type : {"MET:CA", "MET:SD", "HIS:N", "HIS:CA"})
      model.type.push_back(static_cast<std::uint16_t>(scheme.find(type)));
    model.sha256 = identity_of(model);
  }
  Scheme scheme = load_scheme("heavy-atom");
  Model model;
};

TEST_F(TwoChains, HaveTheNamesOfTheParents) {
  const Ids ids = residue_ids(model, scheme);
  ASSERT_EQ(ids.size(), 3u);
  EXPECT_EQ(ids[0].name, "MET");
  EXPECT_EQ(ids[0].chain, "A");
  EXPECT_EQ(ids[0].number, 7);
  EXPECT_EQ(ids[1].name, "");  // no site
  EXPECT_EQ(ids[2].name, "HIS");
  EXPECT_EQ(ids[2].number, -1);
}

TEST_F(TwoChains, KeepTheNameInTheFileWhereATypeHasSeveralResidues) {
  scheme = Scheme::parse("scheme s\nsites atom\nX MET,ALA CA\nY HIS N\n", "s");
  model.type = {0, 0, 1, 1};
  const Ids ids = residue_ids(model, scheme);
  EXPECT_EQ(ids[0].name, "MSE");
  EXPECT_EQ(ids[2].name, "HIS");
}

TEST_F(TwoChains, CanBeCutToSomeResidues) {
  const Model cut = keep_residues(model, {2});
  EXPECT_THAT(cut.x, ElementsAre(2000, 3000));
  EXPECT_THAT(cut.residue, ElementsAre(2, 2));
  EXPECT_EQ(cut.residues.size(), 3u);
  EXPECT_EQ(cut.type, std::vector<std::uint16_t>(model.type.begin() + 2, model.type.end()));
  EXPECT_NE(cut.sha256, model.sha256);
  EXPECT_EQ(keep_residues(model, {0, 1, 2}).sha256, model.sha256);
  EXPECT_EQ(keep_residues(model, {}).size(), 0u);
}

}  // namespace
}  // namespace potential
