#include <gtest/gtest.h>

#include <potential/structure/write_bfactors.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

InputFile file_of(const std::string& name, const std::string& text) {
  return {name, "", std::make_shared<const std::string>(text), {}, ""};
}

const std::string atom =
    "ATOM      1  CA  ALA A   1       1.000   2.000   3.000  1.00 20.00           C\n";

std::string column(double value) {
  const auto result = rewrite_bfactors(file_of("a.pdb", atom), {{{"A", 1, ' ', "ALA", value}}});
  EXPECT_EQ(result.bytes.size(), atom.size());
  EXPECT_EQ(result.bytes.substr(0, 60), atom.substr(0, 60));
  EXPECT_EQ(result.bytes.substr(66), atom.substr(66));
  return result.bytes.substr(60, 6);
}

TEST(WriteBfactors, SixColumnsWithAsManyDecimalsAsFit) {
  EXPECT_EQ(column(1.234), "  1.23");
  EXPECT_EQ(column(-99.99), "-99.99");
  EXPECT_EQ(column(-99.996), "-100.0");
  EXPECT_EQ(column(-123.46), "-123.5");
  EXPECT_EQ(column(-1234.6), " -1235");
  EXPECT_EQ(column(12345.67), " 12346");
}

TEST(WriteBfactors, ClipsWhatDoesNotFitAndSaysSo) {
  for (const auto& [value, text] : {std::pair{1e9, "999999"}, std::pair{-1e9, "-99999"}}) {
    const auto result = rewrite_bfactors(file_of("a.pdb", atom), {{{"A", 1, ' ', "ALA", value}}});
    EXPECT_EQ(result.bytes.substr(60, 6), text);
    ASSERT_EQ(result.notes.size(), 1U);
    EXPECT_NE(result.notes[0].find("clipped"), std::string::npos);
  }
}

TEST(WriteBfactors, OnlyTheResidueThatIsMeant) {
  EXPECT_EQ(column(0), "  0.00");
  for (const ResidueValue& other :
       {ResidueValue{"B", 1, ' ', "ALA", 5}, ResidueValue{"A", 2, ' ', "ALA", 5},
        ResidueValue{"A", 1, 'A', "ALA", 5}, ResidueValue{"A", 1, ' ', "GLY", 5}})
    EXPECT_EQ(rewrite_bfactors(file_of("a.pdb", atom), {{other}}).bytes.substr(60, 6), "  0.00");
}

TEST(WriteBfactors, SingleQuotedAndNullValuesInMmcif) {
  const std::string text =
      "data_x\nloop_\n_atom_site.auth_asym_id\n_atom_site.label_seq_id\n_atom_site.auth_seq_id\n"
      "_atom_site.auth_comp_id\n_atom_site.pdbx_PDB_ins_code\n_atom_site.B_iso_or_equiv\n"
      "'A' 1 7 ALA ? 20.0\nA 2 . \"GLY\" A ?\n";
  const ModelValues values{{"A", 7, ' ', "ALA", 1.5}, {"A", 2, 'A', "GLY", -2.25}};
  const std::string expected =
      text.substr(0, text.find("'A'")) + "'A' 1 7 ALA ? 1.50\nA 2 . \"GLY\" A -2.25\n";
  EXPECT_EQ(rewrite_bfactors(file_of("a.cif", text), {values}).bytes, expected);
}

TEST(WriteBfactors, OnlyTheFirstBlockWithAtoms) {
  const std::string block =
      "data_x\nloop_\n_atom_site.auth_asym_id\n_atom_site.auth_seq_id\n_atom_site.auth_comp_id\n"
      "_atom_site.B_iso_or_equiv\nA 1 ALA 9.0\n";
  const auto result = rewrite_bfactors(file_of("a.cif", "data_y\n_a.b 1\n" + block + block),
                                       {{{"A", 1, ' ', "ALA", 3}}});
  EXPECT_EQ(result.bytes,
            "data_y\n_a.b 1\n" + block.substr(0, block.size() - 4) + "3.00\n" + block);
}

TEST(WriteBfactors, DamagedFilesAreErrors) {
  for (const char* text :
       {"data_x\nloop_\n_atom_site.id\n'1", "data_x\n_a.b 1\n", "", "\x1f\x8b\x08"})
    EXPECT_THROW(rewrite_bfactors(file_of("a.cif", text), {}), FormatError) << text;
}

TEST(RelativeName, NeverLeadsOutOfTheFolder) {
  EXPECT_EQ(relative_name("models/a.pdb", "models"), "a.pdb");
  EXPECT_EQ(relative_name("models/x/a.pdb", "models"), "x/a.pdb");
  EXPECT_EQ(relative_name("models2/a.pdb", "models"), "models2/a.pdb");
  EXPECT_EQ(relative_name("/tmp/a.pdb", "/"), "tmp/a.pdb");
  EXPECT_EQ(relative_name("x.tar:m/a.pdb", "x.tar:"), "m/a.pdb");
  EXPECT_EQ(relative_name("d/x.tar:m/a.pdb", "d"), "x.tar/m/a.pdb");
  EXPECT_EQ(relative_name("../../a.pdb", ""), "_up/_up/a.pdb");
  EXPECT_EQ(relative_name("x.tar:../../../etc/a.pdb", "x.tar:"), "_up/_up/_up/etc/a.pdb");
  EXPECT_EQ(relative_name("./a//b/../c.pdb", ""), "a/c.pdb");
}

}  // namespace
}  // namespace potential
