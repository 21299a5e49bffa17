#include <cstdio>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <potential/structure/write_bfactors.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

using ::testing::ElementsAre;

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

constexpr const char* columns =
    "loop_\n_atom_site.label_atom_id\n_atom_site.Cartn_x\n_atom_site.Cartn_y\n"
    "_atom_site.Cartn_z\n_atom_site.auth_asym_id\n_atom_site.label_seq_id\n"
    "_atom_site.auth_seq_id\n_atom_site.auth_comp_id\n_atom_site.pdbx_PDB_ins_code\n"
    "_atom_site.B_iso_or_equiv\n";

TEST(WriteBfactors, SingleQuotedAndNullValuesInMmcif) {
  const std::string head = std::string("data_x\n") + columns;
  const std::string text = head + "CA 1 2 3 'A' 1 7 ALA ? 20.0\nCA 4 5 6 A 2 . \"GLY\" A ?\n";
  const ModelValues values{{"A", 7, ' ', "ALA", 1.5}, {"A", 2, 'A', "GLY", -2.25}};
  EXPECT_EQ(rewrite_bfactors(file_of("a.cif", text), {values}).bytes,
            head + "CA 1 2 3 'A' 1 7 ALA ? 1.50\nCA 4 5 6 A 2 . \"GLY\" A -2.25\n");
}

TEST(WriteBfactors, OnlyTheFirstBlockWithAtoms) {
  const std::string head = std::string("data_x\n") + columns, row = "CA 1 2 3 A 1 1 ALA ? ";
  const auto result = rewrite_bfactors(
      file_of("a.cif", "data_y\n_a.b 1\n" + head + row + "9.0\n" + head + row + "9.0\n"),
      {{{"A", 1, ' ', "ALA", 3}}});
  EXPECT_EQ(result.bytes, "data_y\n_a.b 1\n" + head + row + "3.00\n" + head + row + "9.0\n");
}

/// B-factors of the atoms, as numbers.
std::vector<double> b_factors(const std::string& text, const std::vector<ModelValues>& models) {
  std::vector<double> found;
  std::istringstream lines(rewrite_bfactors(file_of("a.pdb", text), models).bytes);
  for (std::string line; std::getline(lines, line);)
    if (line.size() >= 66 && line[0] != 'T') found.push_back(std::stod(line.substr(60, 6)));
  return found;
}

/// The CA of a residue; `label` is columns 18-27, `tail` what stands from 73 on.
std::string ca(const std::string& label, int x, const std::string& tail = "") {
  char line[100];
  std::snprintf(line, sizeof line, "ATOM      1  CA  %-10s   %8.3f%8.3f%8.3f  1.00 20.00      %s\n",
                label.c_str(), x * 3.8, 0., 0., tail.c_str());
  return line;
}

TEST(WriteBfactors, ChainsAreThoseOfTheReader) {
  const std::string gap = ca("ALA A   1 ", 0) + "TER\n" + ca("ALA A   2 ", 1);
  EXPECT_THAT(b_factors(gap, {{{"A", 1, ' ', "ALA", 1}, {"A", 2, ' ', "ALA", 2}}}),
              ElementsAre(1, 2));
  // Two chains of one name; what comes again is in the second.
  EXPECT_THAT(b_factors(gap + "TER\n" + ca("ALA A   1 ", 20) + "TER\n" + ca("ALA A   2 ", 21),
                        {{{"A", 1, ' ', "ALA", 1},
                          {"A", 2, ' ', "ALA", 2},
                          {"A", 1, ' ', "ALA", 3},
                          {"A", 2, ' ', "ALA", 4}}}),
              ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(b_factors(ca("ALA     1 ", 0, "PROA") + ca("ALA     1 ", 20, "PROB"),
                        {{{"PROA", 1, ' ', "ALA", 1}, {"PROB", 1, ' ', "ALA", 2}}}),
              ElementsAre(1, 2));
  EXPECT_THAT(b_factors(ca("LYSHA   1 ", 0) + ca("ALA A   2 ", 1),
                        {{{"A", 1, ' ', "LYSH", 1}, {"A", 2, ' ', "ALA", 2}}}),
              ElementsAre(1, 2));
}

TEST(WriteBfactors, ResiduesAreThoseOfTheReader) {
  EXPECT_THAT(
      b_factors(ca("ALA A     ", 0) + ca("ALA A     ", 1) + ca("GLY A     ", 2),
                {{{"A", 0, ' ', "ALA", 1}, {"A", 0, ' ', "ALA", 2}, {"A", 0, ' ', "GLY", 3}}}),
      ElementsAre(1, 2, 3));
  // Hydrogens are of their residue, water and nucleotides are residues too.
  std::string hydrogen = ca("ALA A   1 ", 0);
  hydrogen.replace(12, 4, " HA ");
  EXPECT_THAT(b_factors(hydrogen + ca("ALA A   1 ", 1) + ca("HOH A   2 ", 2) + ca("  A B   1 ", 3),
                        {{{"A", 1, ' ', "ALA", 1}, {"B", 1, ' ', "A", 2}}}),
              ElementsAre(1, 1, 0, 2));
}

TEST(WriteBfactors, BytesBeyondAscii) {
  const std::string odd = "REMARK \xe9\xff\n\xc3\xa9\xff\xfe\n";
  EXPECT_EQ(rewrite_bfactors(file_of("a.pdb", odd + atom), {}).bytes.substr(0, odd.size()), odd);
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
