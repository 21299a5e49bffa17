// Which residues and atoms count, and under which name.
#include "fixtures.hpp"

namespace potential::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> types_under(const std::string& residue_name,
                                     const std::vector<std::string>& atoms) {
  std::vector<Atom> rows;
  for (const std::string& atom : atoms)
    rows.push_back({atom, residue_name, "A", 1, static_cast<double>(rows.size())});
  const auto types = types_of(read_pdb(pdb_text(rows)));
  EXPECT_EQ(types, types_of(read_cif(cif_text(rows))));
  return types;
}

TEST(Names, ProtonationStatesAreTheirResidue) {
  const std::vector<std::pair<std::string, std::string>> names = {
      {"HSD", "HIS"}, {"HSE", "HIS"}, {"HSP", "HIS"}, {"HID", "HIS"},
      {"HIE", "HIS"}, {"HIP", "HIS"}, {"CYX", "CYS"}, {"CYM", "CYS"},
      {"ASH", "ASP"}, {"GLH", "GLU"}, {"LYN", "LYS"}};
  for (const auto& [other, standard] : names)
    EXPECT_THAT(types_under(other, {"CA", "CB"}), ElementsAre(standard + ":CA", standard + ":CB"));
}

TEST(Names, SelenomethionineIsMethionine) {
  EXPECT_THAT(types_under("MSE", {"CA", "SE", "CE"}), ElementsAre("MET:CA", "MET:SD", "MET:CE"));
  EXPECT_THAT(types_under("MET", {"CA", "SE"}), ElementsAre("MET:CA"));
}

TEST(Names, OtherProgramsAtoms) {
  EXPECT_THAT(types_under("ILE", {"CA", "CD"}), ElementsAre("ILE:CA", "ILE:CD1"));
  EXPECT_THAT(types_under("ILE", {"CD", "CD1"}), ElementsAre("ILE:CD1"));
  EXPECT_THAT(types_under("ALA", {"C", "OT1", "OT2"}), ElementsAre("ALA:C", "ALA:O"));
  EXPECT_THAT(types_under("ALA", {"C", "OC1", "OC2"}), ElementsAre("ALA:C", "ALA:O"));
  EXPECT_THAT(types_under("ALA", {"C", "O", "OXT"}), ElementsAre("ALA:C", "ALA:O"));
}

TEST(Names, ModifiedResiduesAreTheirParent) {
  EXPECT_THAT(types_under("SEP", {"CA", "OG", "P"}), ElementsAre("SER:CA", "SER:OG"));
  EXPECT_THAT(types_under("TPO", {"CA", "OG1"}), ElementsAre("THR:CA", "THR:OG1"));
  EXPECT_THAT(types_under("TRY", {"CA"}), ElementsAre("TRP:CA"));
}

TEST(Names, HydrogensAreNeverSites) {
  EXPECT_THAT(types_under("ALA", {"N", "H", "CA", "HA", "1HB", "HB1", "D", "DA"}),
              ElementsAre("ALA:N", "ALA:CA"));
  TempFolder folder;
  const std::string scheme =
      folder.write("h.scheme", "scheme h\nsites atom\nALA:H ALA H\nALA:CA ALA CA\n");
  EXPECT_THAT(types_of(read_pdb(pdb_text({{"CA"}, {"H"}}), scheme), scheme), ElementsAre("ALA:CA"));
}

TEST(Names, DAminoAcidsAreNotTheirTwin) {
  const auto atoms = residue("ALA", 1, 0) + residue("DAL", 2, 1) + residue("ALA", 3, 2);
  for (const Model& model : {read_pdb(pdb_text(atoms)), read_cif(cif_text(atoms))}) {
    EXPECT_EQ(model.size(), 10U);
    EXPECT_THAT(positions_of(model), ElementsAre(0, 1, 2));
    EXPECT_THAT(model.notes, ElementsAre("1 residue of D-amino acids skipped: DAL 2 (chain A)"));
  }
}

TEST(Names, ASchemeMayNameAnyResidue) {
  TempFolder folder;
  const std::string scheme = folder.write(
      "own.scheme",
      "scheme own\nsites atom\nDAL:CA DAL CA\nMSE:SE MSE SE\nZN ZN ZN\nHIS:CA HIS CA\n");
  const std::vector<Atom> atoms = {{"CA", "DAL", "A", 1, 1}, {"SE", "MSE", "A", 2, 2},
                                   {"ZN", "ZN", "A", 3, 3},  {"CA", "HSD", "A", 4, 4},
                                   {"CA", "MET", "A", 5, 5}, {"SD", "MET", "A", 5, 6}};
  const Model model = read_pdb(pdb_text(atoms), scheme);
  EXPECT_THAT(types_of(model, scheme), ElementsAre("DAL:CA", "MSE:SE", "ZN", "HIS:CA"));
  EXPECT_THAT(model.notes, IsEmpty());
}

TEST(Names, UnknownResiduesOfAChainAreNotedAndKeepTheirPlace) {
  auto atoms = residue("ALA", 1, 0);
  for (int i = 2; i <= 8; ++i) atoms = atoms + residue("XYZ", i, i - 1);
  atoms = atoms + residue("ALA", 20, 8);
  for (const Model& model : {read_pdb(pdb_text(atoms)), read_cif(cif_text(atoms))}) {
    EXPECT_EQ(model.size(), 10U);
    EXPECT_THAT(chain_lengths(model), ElementsAre(9));
    EXPECT_EQ(model.residues.back().position, 8);
    EXPECT_THAT(model.notes,
                ElementsAre("7 residues of unknown type skipped: XYZ 2 (chain A), XYZ 3 "
                            "(chain A), XYZ 4 (chain A), XYZ 5 (chain A), XYZ 6 (chain A), ..."));
  }
}

TEST(Names, LigandsAndWaterAreSilent) {
  auto atoms = residue("ALA", 1, 0);
  atoms = atoms + residue("MTX", 90, 50);  // N, CA and C, but bonded to nothing
  atoms.push_back({"O", "HOH", "A", 91});
  atoms.push_back({"P", "DA", "A", 92});
  atoms.push_back({"C1", "GOL", "A", 93});
  atoms.push_back({"CA", "CA", "A", 94});
  const Model model = read_pdb(pdb_text(atoms));
  EXPECT_EQ(model.size(), 5U);
  EXPECT_THAT(chain_lengths(model), ElementsAre(1));
  EXPECT_THAT(model.notes, IsEmpty());
}

TEST(Names, AFreeAminoAcidIsAResidue) {
  auto free = residue("GLU", 300, 20);
  for (Atom& atom : free) atom.record = "HETATM";
  const std::string text = pdb_text(residue("ALA", 1, 0)) + "TER\n" + pdb_text(free);
  EXPECT_THAT(chain_lengths(read_pdb(text)), ElementsAre(1, 1));
}

TEST(Names, AminoAcidsOutsideTheSchemeAreSilent) {
  TempFolder folder;
  const std::string scheme = folder.write("few.scheme", "scheme few\nsites ca\nALA ALA\n");
  const Model model = read_pdb(
      pdb_text(residue("ALA", 1, 0) + residue("SER", 2, 1) + residue("SEP", 3, 2)), scheme);
  EXPECT_EQ(model.size(), 1U);
  EXPECT_THAT(chain_lengths(model), ElementsAre(3));
  EXPECT_THAT(model.notes, IsEmpty());
}

TEST(Names, NothingOfTheSchemeIsAnError) {
  EXPECT_THAT(error_of("x.pdb", pdb_text({{"O", "HOH"}})), HasSubstr("x.pdb: holds no site"));
  EXPECT_THAT(error_of("x.pdb", "REMARK nothing\nEND\n"), HasSubstr("x.pdb: holds no atoms"));
  EXPECT_THAT(error_of("x.cif", cif_text({{"CB", "ALA"}}), "residue-ca"),
              HasSubstr("x.cif: holds no site"));
}

}  // namespace
}  // namespace potential::test
