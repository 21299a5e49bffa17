// mmCIF files as they come.
#include <random>

#include "fixtures.hpp"

namespace potential::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<Atom> two_residues() { return residue("ALA", 1, 0) + residue("SER", 2, 1); }

TEST(Mmcif, GivesTheSameModelAsPdbAndGz) {
  auto atoms = two_residues() + residue("MSE", 5, 3) + residue("GLY", 1, 40, "B");
  atoms[3].altloc = 'A';
  for (const char* scheme :
       {"heavy-atom", "heavy-atom-158", "residue-ca", "residue-cb", "residue-centroid"}) {
    const Digest pdb = read_pdb(pdb_text(atoms), scheme).sha256;
    EXPECT_EQ(read_cif(cif_text(atoms), scheme).sha256, pdb);
    EXPECT_EQ(read_all("x.pdb.gz", gzip(pdb_text(atoms)), scheme, {})[0].sha256, pdb);
    EXPECT_EQ(read_all("x.mmcif.gz", gzip(cif_text(atoms)), scheme, {})[0].sha256, pdb);
  }
}

TEST(Mmcif, OneAtomAsItems) {
  const std::string text =
      "data_x\n_cell.length_a 1\n_atom_site.label_atom_id CA\n_atom_site.label_comp_id 'ALA'\n"
      "_atom_site.label_asym_id A\n_atom_site.auth_seq_id 7\n_atom_site.Cartn_x 1\n"
      "_atom_site.Cartn_y 2.5\n_atom_site.Cartn_z -3.0004\n";
  const Model model = read_cif(text);
  EXPECT_THAT(types_of(model), ElementsAre("ALA:CA"));
  EXPECT_EQ(model.x[0], 1000);
  EXPECT_EQ(model.y[0], 2500);
  EXPECT_EQ(model.z[0], -3000);
  EXPECT_EQ(model.residues[0].number, 7);
  EXPECT_EQ(read_cif(text + "data_y\nloop_\n_a.b\n1\n").size(), 1U);
}

TEST(Mmcif, QuotesCommentsAndTextFields) {
  const std::string text =
      "# comment\ndata_x\nloop_\n_ATOM_site.auth_atom_id\n_atom_site.Auth_Comp_Id\n"
      "_atom_site.auth_asym_id\n_atom_site.auth_seq_id _atom_site.cartn_X\n_atom_site.cartn_y "
      "_atom_site.cartn_z\n"
      "\"CA\" 'ALA' A 1 1 2 3 # comment\n"
      "CB\r\n;ALA\r\n;\r\n'A'\n1\n\n4 5 6\n#\n"
      "\"O5'\" DA A 2 1 2 3\n";
  const Model model = read_cif(text);
  EXPECT_THAT(types_of(model), ElementsAre("ALA:CA", "ALA:CB"));
  EXPECT_THAT(chain_lengths(model), ElementsAre(1));
}

TEST(Mmcif, AuthorNamesBeforeLabels) {
  std::string text = "data_x\nloop_\n";
  for (const char* column :
       {"label_atom_id", "auth_atom_id", "label_comp_id", "auth_comp_id", "label_asym_id",
        "auth_asym_id", "label_seq_id", "auth_seq_id", "Cartn_x", "Cartn_y", "Cartn_z"})
    text += std::string("_atom_site.") + column + "\n";
  const Model model = read_cif(text + "CX CA XXX ALA Q B 1 17 1 2 3\n");
  EXPECT_THAT(types_of(model), ElementsAre("ALA:CA"));
  EXPECT_EQ(model.chains[0].name, "B");
  EXPECT_EQ(model.residues[0].number, 17);
}

TEST(Mmcif, TheFirstBlockWithAtomsIsTaken) {
  const std::string atoms = cif_text(two_residues());
  const std::string other = cif_text(residue("GLY", 1, 0));
  const Digest sha256 = read_cif(atoms).sha256;
  EXPECT_EQ(read_cif("data_first\n_a.b c\n" + atoms + other).sha256, sha256);
  EXPECT_EQ(read_all("x.cif", atoms + other).size(), 1U);
  EXPECT_EQ(read_cif("data_first\nsave_frame\n_a.b c\nloop_\n_d.e\n1 2\nsave_\n" + atoms).sha256,
            sha256);
}

TEST(Mmcif, DefectsElsewhereDoNotMatter) {
  const std::string atoms = cif_text(two_residues());
  const Digest sha256 = read_cif(atoms).sha256;
  EXPECT_EQ(read_cif(atoms + "loop_\n_struct_ref_seq.align_id\n_struct_ref_seq.pdbx_strand_id\n"
                             "1\n_entity.id 1\n")
                .sha256,
            sha256);
  EXPECT_EQ(read_cif(atoms + "_a.b\n_c.d 1\nloop_\n_e.f\n_g.h 1\n_g.h 2\n").sha256, sha256);
}

TEST(Mmcif, SeveralModels) {
  auto atoms = two_residues();
  auto second = residue("GLY", 1, 0);
  for (Atom& atom : second) atom.model = 20;
  const auto models = read_all("x.cif", cif_text(atoms + second));
  ASSERT_EQ(models.size(), 2U);
  EXPECT_EQ(models[0].id, "x.cif#1");
  EXPECT_EQ(models[1].id, "x.cif#2");
  EXPECT_EQ(models[0].sha256, read_cif(cif_text(atoms)).sha256);
  EXPECT_EQ(models[1].size(), 4U);
  const auto first = read_all("x.cif", cif_text(atoms + second), "heavy-atom", {});
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].id, "x.cif#1");
  // Models whose rows are mixed.
  EXPECT_EQ(
      read_all("x.cif", cif_text(residue("ALA", 1, 0) + second + residue("SER", 2, 1)))[0].sha256,
      models[0].sha256);
}

TEST(Mmcif, LongAndExactDecimals) {
  const std::string head =
      "data_x\nloop_\n_atom_site.label_atom_id\n_atom_site.label_comp_id\n_atom_site.label_asym_"
      "id\n"
      "_atom_site.auth_seq_id\n_atom_site.Cartn_x\n_atom_site.Cartn_y\n_atom_site.Cartn_z\n";
  const Model model = read_cif(head + "CA ALA A 1 1.2345 -1.2345 12.34567890123456789\n");
  EXPECT_EQ(model.x[0], 1235);
  EXPECT_EQ(model.y[0], -1235);
  EXPECT_EQ(model.z[0], 12346);
  EXPECT_EQ(read_cif(head + "CA ALA A 1 1.5e1 -1E-1 +2\n").x[0], 15000);
}

TEST(Mmcif, Errors) {
  const std::string text = cif_text(two_residues());
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = text;
    return error_of("x.cif", changed.replace(changed.find(from), from.size(), to));
  };
  EXPECT_THAT(
      with("0.000 0.000 0.000", "? 0 0"),
      HasSubstr(
          "x.cif: line 21: no readable coordinates for atom N of ALA 1 in _atom_site.Cartn_"));
  EXPECT_THAT(with("0.000 0.000 0.000", "nan 0 0"), HasSubstr("no readable coordinates"));
  EXPECT_THAT(with("_atom_site.Cartn_y\n", "_atom_site.y\n"), HasSubstr("no column Cartn_y"));
  EXPECT_THAT(with("1.00 0.00 1 A", "1.00 0.00 1x A"), HasSubstr("'1x' is not a residue number"));
  EXPECT_THAT(with("ATOM", "'ATOM"), HasSubstr("not mmCIF"));
  EXPECT_THAT(with("data_test", "<html>"), HasSubstr("x.cif: line 1: not mmCIF"));
  EXPECT_THAT(error_of("x.cif", "<!DOCTYPE html>\n<html>\n"), HasSubstr("not mmCIF"));
  EXPECT_THAT(error_of("x.cif", "data_x\n"), HasSubstr("holds no atoms"));
  EXPECT_THAT(error_of("x.cif", " \n"), HasSubstr("x.cif"));
  EXPECT_THAT(error_of("x.cif", "data_x\nloop_\n_atom_site.id\n1 2\n"), HasSubstr("has no column"));
}

TEST(Mmcif, ATruncatedRowIsNotCounted) {
  const std::string text = cif_text(two_residues());
  // The last value is a model number of one digit and its line end.
  for (std::size_t size = text.rfind("ATOM") + 1; size < text.size() - 2; ++size)
    EXPECT_THAT(error_of("x.cif", text.substr(0, size)), HasSubstr("Wrong number of values"))
        << size;
}

TEST(Mmcif, AnyChangedByteIsReadOrRefused) {
  std::mt19937 random(4);
  const std::string text =
      "data_a\n_b.c 'd e'\n_f.g\n;text\n;\n" + cif_text(two_residues()) + "#\n";
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string changed = text;
    for (int k = 0; k < 1 + i % 4; ++k)
      changed[random() % changed.size()] = static_cast<char>(random());
    if (i % 3 == 0) changed.resize(random() % changed.size() + 1);
    if (!error_of("x.cif", changed).empty()) ++refused;
  }
  EXPECT_GT(refused, 100);
}

TEST(Mmcif, HugeTokensAndManyColumns) {
  const std::string text = cif_text(two_residues());
  EXPECT_EQ(error_of("x.cif",
                     "data_x\n_a.b\n;" + std::string(5'000'000, 'x') + "\n;\n" + text.substr(10)),
            "");
  EXPECT_EQ(
      error_of("x.cif", "data_x\n_a.b " + std::string(5'000'000, 'x') + "\n" + text.substr(10)),
      "");
  std::string wide = "data_x\nloop_\n";
  for (int i = 0; i < 20000; ++i) wide += "_w.c" + std::to_string(i) + "\n";
  for (int i = 0; i < 20000; ++i) wide += "1 ";
  EXPECT_EQ(error_of("x.cif", wide + "\n" + text.substr(10)), "");
}

}  // namespace
}  // namespace potential::test
