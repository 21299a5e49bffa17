// PDB files as they come: old, broken, hostile.
#include <random>

#include "fixtures.hpp"

namespace potential::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string two_residues() { return pdb_text(residue("ALA", 1, 0) + residue("SER", 2, 1)); }

std::string replace(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

/// Puts something into each line, from a column (counted from 1) on.
std::string with_columns(const std::string& text, std::size_t column, const std::string& field) {
  std::string changed, line;
  std::istringstream lines(text);
  while (std::getline(lines, line)) {
    line.resize(std::max<std::size_t>(line.size(), column - 1 + field.size()), ' ');
    changed += line.replace(column - 1, field.size(), field) + "\n";
  }
  return changed;
}

TEST(Pdb, IdentifierInColumns73To80) {
  const Digest plain = read_pdb(two_residues()).sha256;
  for (const char* field : {"1CTF  77", "1ABC 123", "      01", "ABCD1+1-"})
    EXPECT_EQ(read_pdb(with_columns(two_residues(), 73, field)).sha256, plain) << field;
}

TEST(Pdb, LineEndsOfEverySystem) {
  const Digest plain = read_pdb(two_residues()).sha256;
  EXPECT_EQ(read_pdb(replace(two_residues(), "\n", "\r\n")).sha256, plain);
  std::string cut = two_residues();
  cut.pop_back();
  EXPECT_EQ(read_pdb(cut).sha256, plain);
  EXPECT_EQ(read_pdb("\xef\xbb\xbf" + two_residues()).sha256, plain);
  EXPECT_EQ(read_pdb("\n\n" + replace(two_residues(), "\n", "\n\n")).sha256, plain);
}

TEST(Pdb, OtherRecordsDoNotMatter) {
  const std::string lines[] = {"HEADER    X\n",
                               "REMARK 350   BIOMT1   1  1.0\n",
                               "SEQRES   1 A  2  ALA SER\n",
                               "SSBOND\n",
                               "LINK\n",
                               "ANISOU\n",
                               "SIGATM\n",
                               "CONECT 1\n",
                               "HELIX\n",
                               "SHEET\n",
                               "MTRIX1\n",
                               "DBREF2\n",
                               "data_\n",
                               "ENDTARGET\n",
                               "TERMINUS\n",
                               std::string(100000, 'x') + "\n",
                               "\xff\xfe\n",
                               "A\n"};
  std::string text;
  for (const std::string& line : lines) text += line;
  EXPECT_EQ(
      read_pdb(text + pdb_text(residue("ALA", 1, 0)) + text + pdb_text(residue("SER", 2, 1)) + text)
          .sha256,
      read_pdb(two_residues()).sha256);
}

TEST(Pdb, LowerCaseRecordsAndHetatm) {
  const Digest plain = read_pdb(two_residues()).sha256;
  EXPECT_EQ(read_pdb(replace(two_residues(), "ATOM  ", "atom  ")).sha256, plain);
  EXPECT_EQ(read_pdb(replace(two_residues(), "ATOM  ", "HETATM")).sha256, plain);
}

TEST(Pdb, AtomNamesOutOfLine) {
  const Digest plain = read_pdb(two_residues()).sha256;
  EXPECT_EQ(read_pdb(replace(two_residues(), " CA ", "CA  ")).sha256, plain);
  EXPECT_EQ(read_pdb(replace(two_residues(), " CA ", "  CA")).sha256, plain);
}

TEST(Pdb, WithoutOccupancy) {
  std::string text, line;
  std::istringstream lines(two_residues());
  while (std::getline(lines, line)) text += line.substr(0, 54) + "\n";
  EXPECT_EQ(read_pdb(text).sha256, read_pdb(two_residues()).sha256);
}

TEST(Pdb, AnUnreadableCoordinateNamesItsLine) {
  for (const char* field :
       {"   X.XXX", "********", "        ", "     nan", "     inf", "1.2.3   ", "000 12.3"})
    for (const std::size_t column : {31U, 39U, 47U}) {
      const std::string bad = with_columns(pdb_text({{"CB", "ALA", "A", 9}}), column, field);
      EXPECT_EQ(error_of("x.pdb", "REMARK\n" + two_residues() + bad),
                "x.pdb: line 12: no readable coordinates for atom CB of ALA 9 in columns 31-54");
    }
}

TEST(Pdb, AnUnreadableCoordinateElsewhereDoesNotMatter) {
  const std::string stars = "********";
  EXPECT_EQ(error_of("x.pdb", two_residues() +
                                  with_columns(pdb_text({{"O", "HOH"}, {"C1", "LIG"}}), 31, stars)),
            "");
  EXPECT_EQ(
      error_of("x.pdb",
               two_residues() + with_columns(pdb_text({{"HB", "ALA"}, {"OXT", "ALA"}}), 31, stars)),
      "");
  EXPECT_EQ(error_of("x.pdb", two_residues() + with_columns(pdb_text({{"CB", "ALA"}}), 31, stars),
                     "residue-ca"),
            "");
}

TEST(Pdb, LinesCutShort) {
  const std::string text = two_residues();
  const std::size_t last = text.rfind("ATOM");
  for (std::size_t size = 4; size < 66; ++size) {
    const std::string error = error_of("x.pdb", text.substr(0, last + size));
    EXPECT_EQ(error.find("x.pdb: line 10: ") == 0, size < 54) << size << error;
    EXPECT_EQ(error.empty(), size >= 54) << size << error;
  }
}

TEST(Pdb, FarAway) {
  const std::string atom = pdb_text({{"CA", "ALA"}});
  EXPECT_THAT(read_pdb(with_columns(atom, 31, " 1000000")).x.at(0), 1'000'000'000);
  EXPECT_THAT(error_of("x.pdb", with_columns(atom, 31, "99999999")),
              HasSubstr("of ALA 1 lies beyond 2,000,000"));
}

TEST(Pdb, Hybrid36AndOddNumbers) {
  auto text = pdb_text(residue("ALA", 1, 0));
  text = with_columns(text, 23, "A000 ");
  text = with_columns(text, 7, "A0000");
  EXPECT_EQ(read_pdb(text).residues.at(0).number, 10000);
  EXPECT_EQ(read_pdb(with_columns(text, 23, " -12B")).residues.at(0).number, -12);
  EXPECT_EQ(read_pdb(with_columns(text, 23, " -12B")).residues.at(0).insertion_code, 'B');
  EXPECT_EQ(read_pdb(with_columns(text, 7, "*****")).size(), 5U);
  EXPECT_EQ(read_pdb(with_columns(text, 23, "     ")).size(), 5U);
}

TEST(Pdb, NulBytesAreDamage) {
  std::string text = two_residues();
  text[300] = '\0';
  EXPECT_EQ(error_of("x.pdb", text), "x.pdb: line 5: a NUL byte: the file is damaged or no text");
}

TEST(Pdb, SeveralModels) {
  const std::string one = two_residues(), two = pdb_text(residue("ALA", 1, 0));
  const std::string text =
      "MODEL        1\n" + one + "ENDMDL\nMODEL        2\n" + two + "ENDMDL\nEND\n";
  const auto models = read_all("x.pdb", text);
  ASSERT_EQ(models.size(), 2U);
  EXPECT_EQ(models[0].id, "x.pdb#1");
  EXPECT_EQ(models[1].id, "x.pdb#2");
  EXPECT_EQ(models[0].sha256, read_pdb(one).sha256);
  EXPECT_EQ(models[1].sha256, read_pdb(two).sha256);
  const auto first = read_all("x.pdb", text, "heavy-atom", {ModelChoice::first, 0});
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].id, "x.pdb#1");
  EXPECT_EQ(first[0].sha256, models[0].sha256);
}

TEST(Pdb, OneModelHasNoNumber) {
  for (const std::string& text :
       {"MODEL        1\n" + two_residues() + "ENDMDL\nEND\n", two_residues() + "TER\nEND\nEND\n",
        "END\n" + two_residues(), "MODEL 1\nENDMDL\nMODEL 2\n" + two_residues() + "ENDMDL\n"})
    for (const ModelChoice choice : {ModelChoice::first, ModelChoice::all}) {
      const auto models = read_all("x.pdb", text, "heavy-atom", {choice, 0});
      ASSERT_EQ(models.size(), 1U) << text;
      EXPECT_EQ(models[0].id, "x.pdb");
    }
}

TEST(Pdb, ModelsWithoutTheirEnds) {
  const std::string r = two_residues();
  for (const std::string& text :
       {"MODEL 1\n" + r + "MODEL 2\n" + r, r + "ENDMDL\n" + r + "ENDMDL\n",
        r + "END\n" + r + "END\n", "MODEL 1\n" + r + "ENDMDL\nMODEL 1\n" + r + "ENDMDL\n"}) {
    const auto models = read_all("x.pdb", text);
    ASSERT_EQ(models.size(), 2U) << text;
    EXPECT_EQ(models[0].sha256, models[1].sha256);
  }
}

TEST(Pdb, AModelWithoutSitesKeepsItsNumber) {
  const std::string text = "MODEL 1\n" + two_residues() + "ENDMDL\nMODEL 2\n" +
                           pdb_text({{"O", "HOH"}}) + "ENDMDL\nMODEL 3\n" + two_residues();
  const auto models = read_all("x.pdb", text);
  ASSERT_EQ(models.size(), 2U);
  EXPECT_EQ(models[1].id, "x.pdb#3");
}

TEST(Pdb, EmptyAndForeignFiles) {
  EXPECT_EQ(error_of("x.pdb", ""), "x.pdb: the file is empty");
  EXPECT_THAT(error_of("x.pdb", "<!DOCTYPE html>\n<html></html>\n"), HasSubstr("holds no atoms"));
  EXPECT_THAT(error_of("x.pdb", cif_text(residue("ALA", 1, 0))), Not(IsEmpty()));
  EXPECT_THAT(error_of("model", "nothing of use\n"), HasSubstr("neither PDB nor mmCIF"));
}

TEST(Pdb, TheFormatComesFromTheContentWhenTheNameIsSilent) {
  EXPECT_EQ(error_of("model", two_residues()), "");
  EXPECT_EQ(error_of("model", "REMARK x\n" + two_residues()), "");
  EXPECT_EQ(error_of("model", cif_text(residue("ALA", 1, 0))), "");
  EXPECT_EQ(error_of("model.gz", gzip(two_residues())), "");
  EXPECT_EQ(error_of("MODEL.ENT.GZ", gzip(two_residues())), "");
}

TEST(Pdb, MoreThan100000Atoms) {
  std::string text;
  for (int i = 0; i < 21000; ++i) {
    const std::string chain(1, static_cast<char>('A' + i / 10000));
    auto atoms = residue("ALA", i % 10000, i % 2000, chain);
    for (Atom& atom : atoms) atom.y += 5 * (i / 2000);
    text += pdb_text(atoms);
  }
  const Model model = read_pdb(text);
  EXPECT_EQ(model.size(), 105000U);
  EXPECT_EQ(model.chains.size(), 3U);
}

TEST(Pdb, AnyChangedByteIsReadOrRefused) {
  std::mt19937 random(3);
  const std::string text =
      "MODEL 1\n" + two_residues() + "TER\nENDMDL\nMODEL 2\n" + two_residues() + "END\n";
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string changed = text;
    for (int k = 0; k < 1 + i % 4; ++k)
      changed[random() % changed.size()] = static_cast<char>(random());
    if (i % 3 == 0) changed.resize(random() % changed.size() + 1);
    if (!error_of("x.pdb", changed).empty()) ++refused;
  }
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace potential::test
