#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <potential/core/scheme.hpp>
#include <potential/core/type_pairs.hpp>
#include <potential/support/error.hpp>
#include <set>

namespace potential {
namespace {

TEST(Scheme, ShippedSchemesHaveThePublishedSizes) {
  EXPECT_EQ(load_scheme("heavy-atom").size(), 167);
  EXPECT_EQ(load_scheme("heavy-atom-158").size(), 158);
  EXPECT_EQ(load_scheme("heavy-atom-centroid").size(), 187);
  for (const char* name : {"residue-ca", "residue-cb", "residue-centroid"})
    EXPECT_EQ(load_scheme(name).size(), 20) << name;
  EXPECT_THAT(shipped_scheme_names(), testing::IsSupersetOf<std::string>(
                                          {"heavy-atom", "heavy-atom-158", "heavy-atom-centroid",
                                           "residue-ca", "residue-cb", "residue-centroid"}));
}

TEST(Scheme, ShippedSchemesAreCalledAsTheirFiles) {
  for (const std::string& name : shipped_scheme_names()) EXPECT_EQ(load_scheme(name).name(), name);
}

TEST(Scheme, The158TypesAreThe167WithNinePairsMerged) {
  const Scheme all = load_scheme("heavy-atom"), merged = load_scheme("heavy-atom-158");
  std::set<std::string> double_types;
  for (int type = 0; type < all.size(); ++type) {
    const auto& entries = merged.sites_of(all.residues(type));
    const auto same = std::count_if(entries.begin(), entries.end(), [&](const auto& entry) {
      return entry.atom == all.atoms(type);
    });
    EXPECT_EQ(same, 1) << all.type_name(type);
  }
  for (int type = 0; type < merged.size(); ++type)
    if (merged.atoms(type).find(',') != std::string::npos)
      double_types.insert(merged.residues(type) + " " + merged.atoms(type));
  EXPECT_EQ(double_types, (std::set<std::string>{"PHE CD1,CD2", "PHE CE1,CE2", "TYR CD1,CD2",
                                                 "TYR CE1,CE2", "ARG NH1,NH2", "ASP OD1,OD2",
                                                 "GLU OE1,OE2", "LEU CD1,CD2", "VAL CG1,CG2"}));
}

TEST(Scheme, NucleotidesHaveTheirSizes) {
  EXPECT_EQ(load_scheme("rna-heavy-atom").size(), 85);
  EXPECT_EQ(load_scheme("dna-heavy-atom").size(), 82);
  EXPECT_EQ(load_scheme("nucleic-heavy-atom").size(), 85 + 82);
  EXPECT_EQ(load_scheme("protein-rna").size(), 167 + 85);
  EXPECT_EQ(load_scheme("rna-2").size(), 8);
  EXPECT_EQ(load_scheme("rna-3").size(), 12);
  EXPECT_EQ(load_scheme("rna-4").size(), 16);
  EXPECT_EQ(load_scheme("dna-3").size(), 12);
}

TEST(Scheme, AStarStandsForResidueOrAtom) {
  const Scheme scheme =
      Scheme::parse("scheme a\n*:* A,G N9,C8\nX:* C N1\n*:base U N1\n* A P\nall A,G C4'\n", "test");
  EXPECT_EQ(scheme, Scheme::parse("scheme a\nA:N9 A N9\nA:C8 A C8\nG:N9 G N9\nG:C8 G C8\n"
                                  "X:N1 C N1\nU:base U N1\nA A P\nall A,G C4'\n",
                                  "test"));
  EXPECT_EQ(Scheme::parse("scheme b\nsites ca\n* ALA,GLY\n", "test").type_names(),
            (std::vector<std::string>{"ALA", "GLY"}));
  EXPECT_EQ(Scheme::parse(scheme.definition(), "stored"), scheme);
}

TEST(Scheme, AFileOfOnesOwn) {
  const Scheme scheme = Scheme::parse(
      "# comment\r\nscheme mine\nsites atom\n\nacid ASP,GLU OD1,OD2  # both\nacid GLU OE1,OE2\n"
      "CA   ALA CA\n",
      "mine.scheme");
  EXPECT_EQ(scheme.name(), "mine");
  EXPECT_EQ(scheme.size(), 2);
  EXPECT_EQ(scheme.find("acid"), 0);
  EXPECT_EQ(scheme.sites_of("GLU").size(), 4U);
  EXPECT_TRUE(scheme.knows_residue("ALA"));
  EXPECT_FALSE(scheme.knows_residue("TRP"));
  EXPECT_EQ(Scheme::parse(scheme.definition(), "stored"), scheme);
}

TEST(Scheme, ErrorsNameTheLine) {
  const std::vector<std::pair<const char*, const char*>> bad = {
      {"", "scheme NAME"},
      {"scheme a\n", "no types"},
      {"scheme a b\nx ALA CA\n", "line 1"},
      {"scheme a\nsites middle\n", "line 2"},
      {"scheme a\nx ALA CA\nx ALA CA\n", "line 3"},
      {"scheme a\nx-y ALA CA\n", "line 2"},
      {"scheme a\n*:*:*? ALA CA\n", "line 2"},
      {"scheme a\n*:* ALA *\n", "line 2"},
      {"scheme a\nx ALA\n", "line 2"},
      {"scheme a\nsites ca\nx ALA CA\n", "line 3"},
      {"scheme a\nx ALA CA,\n", "line 2"},
      {"scheme a\nx ALA TOOLONG\n", "line 2"},
      {"scheme a\nx ALA CA\nsites ca\n", "line 3"},
      {"scheme a\nscheme b\n", "line 2"},
      {"scheme a\n\x01 ALA CA\n", "line 2"},
  };
  for (const auto& [text, expected] : bad) {
    try {
      Scheme::parse(text, "bad.scheme");
      ADD_FAILURE() << text;
    } catch (const FormatError& error) {
      EXPECT_THAT(error.what(), testing::StartsWith("bad.scheme: line "));
      EXPECT_THAT(error.what(), testing::HasSubstr(expected));
    }
  }
  EXPECT_THROW(load_scheme("no-such-scheme"), UsageError);
}

TEST(Scheme, MoreThan2000TypesAreRefused) {
  std::string text = "scheme big\nsites atom\n";
  for (int i = 0; i < 2001; ++i)
    text += "t" + std::to_string(i) + " R" + std::to_string(i) + " CA\n";
  EXPECT_THROW(Scheme::parse(text, "big"), FormatError);
}

TEST(TypePairs, EveryUnorderedPairOnce) {
  const Scheme scheme = load_scheme("heavy-atom");
  const TypePairs pairs(scheme);
  EXPECT_EQ(pairs.size(), 14028);
  EXPECT_TRUE(pairs.complete());
  EXPECT_TRUE(pairs.canonical());
  std::set<int> rows;
  for (int i = 0; i < scheme.size(); ++i)
    for (int j = 0; j < scheme.size(); ++j) {
      const int row = pairs.row(i, j);
      ASSERT_GE(row, 0);
      EXPECT_EQ(row, pairs.row(j, i));
      EXPECT_EQ(pairs.first()[static_cast<std::size_t>(row)], std::min(i, j));
      rows.insert(row);
    }
  EXPECT_EQ(rows.size(), 14028U);
}

TEST(TypePairs, AnImportedMapMayListBothOrders) {
  const Scheme scheme = load_scheme("residue-ca");
  const TypePairs pairs(scheme, {0, 1}, {1, 0}, {"A:B", "B:A"});
  EXPECT_FALSE(pairs.complete());
  EXPECT_EQ(pairs.row(0, 1), 0);
  EXPECT_EQ(pairs.row(1, 0), 1);
  EXPECT_EQ(pairs.row(2, 2), -1);
  EXPECT_THROW(TypePairs(scheme, {20}, {0}, {"x"}), UsageError);
  EXPECT_THROW(TypePairs(scheme, {0}, {0, 1}, {"x"}), UsageError);
}

}  // namespace
}  // namespace potential
