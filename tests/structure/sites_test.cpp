// Where sites stand.
#include <cmath>

#include "fixtures.hpp"

namespace potential::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Sites, ComeByChainResidueAndType) {
  auto atoms = residue("SER", 2, 1, "B") + residue("ALA", 1, 0, "A");
  std::swap(atoms[0], atoms[4]);
  const Model model = read_pdb(pdb_text(atoms));
  EXPECT_THAT(types_of(model), ElementsAre("SER:N", "SER:CA", "SER:C", "SER:O", "SER:CB", "ALA:N",
                                           "ALA:CA", "ALA:C", "ALA:O", "ALA:CB"));
  EXPECT_THAT(model.residue, ElementsAre(0, 0, 0, 0, 0, 1, 1, 1, 1, 1));
}

TEST(Sites, MergedTypesKeepBothAtoms) {
  std::vector<Atom> atoms = {{"OD2", "ASP", "A", 1, 2}, {"OD1", "ASP", "A", 1, 1}};
  const Model model = read_pdb(pdb_text(atoms), "heavy-atom-158");
  EXPECT_THAT(types_of(model, "heavy-atom-158"), ElementsAre("ASP:OD", "ASP:OD"));
  EXPECT_THAT(model.x, ElementsAre(1000, 2000));
}

TEST(Sites, CaScheme) {
  const Model model = read_pdb(pdb_text(residue("ALA", 1, 0) + residue("GLY", 2, 1)), "residue-ca");
  EXPECT_THAT(model.x, ElementsAre(1200, 5000));
  EXPECT_THAT(types_of(model, "residue-ca"), ElementsAre("ALA", "GLY"));
}

TEST(Sites, CbScheme) {
  auto atoms = residue("ALA", 1, 0) + residue("GLY", 2, 1);
  const Model model = read_pdb(pdb_text(atoms), "residue-cb");
  EXPECT_THAT(model.y, ElementsAre(2300, 800));
}

TEST(Sites, CentroidsStandBesideAtoms) {
  const auto atoms = residue("ALA", 1, 0) + residue("GLY", 2, 1);
  const Model model = read_pdb(pdb_text(atoms), "heavy-atom-centroid");
  EXPECT_THAT(types_of(model, "heavy-atom-centroid"),
              ElementsAre("ALA:N", "ALA:CA", "ALA:C", "ALA:O", "ALA:CB", "ALA:SC", "GLY:N",
                          "GLY:CA", "GLY:C", "GLY:O", "GLY:SC"));
  EXPECT_EQ(model.x[5], model.x[4]);   // the side chain of ALA is its CB
  EXPECT_EQ(model.x[10], model.x[7]);  // GLY: CA
  EXPECT_EQ(read_pdb(pdb_text(atoms), "residue-centroid").y[0], model.y[5]);
}

TEST(Sites, AMissingCbTakesItsIdealPosition) {
  auto atoms = residue("ALA", 1, 0);
  atoms.pop_back();
  const Model model = read_pdb(pdb_text(atoms), "residue-cb");
  ASSERT_EQ(model.size(), 1U);
  // 1.53 Å from CA, at tetrahedral angles to N and C, for L-amino acids on the
  // side where N, C and CB turn clockwise seen from H to CA.
  const Atom &n = atoms[0], &ca = atoms[1], &c = atoms[2];
  const double b[3] = {model.x[0] / 1000.0 - ca.x, model.y[0] / 1000.0 - ca.y,
                       model.z[0] / 1000.0 - ca.z};
  const double to_n[3] = {n.x - ca.x, n.y - ca.y, n.z - ca.z};
  const double to_c[3] = {c.x - ca.x, c.y - ca.y, c.z - ca.z};
  const auto dot = [](const double* u, const double* v) {
    return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
  };
  EXPECT_NEAR(std::sqrt(dot(b, b)), 1.53, 0.08);
  EXPECT_LT(dot(b, to_n), 0);
  EXPECT_LT(dot(b, to_c), 0);
  const double triple = b[0] * (to_n[1] * to_c[2] - to_n[2] * to_c[1]) +
                        b[1] * (to_n[2] * to_c[0] - to_n[0] * to_c[2]) +
                        b[2] * (to_n[0] * to_c[1] - to_n[1] * to_c[0]);
  EXPECT_GT(triple, 0);
}

TEST(Sites, TheIdealCbHasThePublishedCoefficients) {
  // CB = CA + 0.56802827 b - 0.54067466 c - 0.58273431 b x c, b = CA - N, c = C - CA
  // (trRosetta; Yang et al., PNAS 117, 1496, 2020). b, c and b x c along the axes.
  const std::vector<Atom> atoms = {{"N", "ALA", "A", 1, -2, 0, 0},
                                   {"CA", "ALA", "A", 1, 0, 0, 0},
                                   {"C", "ALA", "A", 1, 0, 2, 0}};
  const Model model = read_pdb(pdb_text(atoms), "residue-cb");
  EXPECT_THAT(model.x, ElementsAre(1136));
  EXPECT_THAT(model.y, ElementsAre(-1081));
  EXPECT_THAT(model.z, ElementsAre(-2331));
}

TEST(Sites, WithoutBackboneThereIsNoIdealCb) {
  auto atoms = residue("ALA", 1, 0);
  const auto whole = residue("ALA", 2, 1);
  EXPECT_EQ(read_pdb(pdb_text(std::vector<Atom>{atoms[0], atoms[1]} + whole), "residue-cb").size(),
            1U);
}

TEST(Sites, CentroidIsTheMeanOfTheSideChain) {
  const std::vector<Atom> atoms = {{"CA", "LEU", "A", 1, 100},   {"CB", "LEU", "A", 1, 0.001},
                                   {"CG", "LEU", "A", 1, 0.001}, {"CD1", "LEU", "A", 1, 0.003},
                                   {"HB1", "LEU", "A", 1, 50},   {"OXT", "LEU", "A", 1, 70}};
  EXPECT_THAT(read_pdb(pdb_text(atoms), "residue-centroid").x, ElementsAre(2));  // 5/3
}

TEST(Sites, CentroidOfOtherNames) {
  const std::vector<Atom> mse = {
      {"CA", "MSE", "A", 1, 100}, {"CB", "MSE", "A", 1, 1}, {"SE", "MSE", "A", 1, 3}};
  EXPECT_THAT(read_pdb(pdb_text(mse), "residue-centroid").x, ElementsAre(2000));
  const std::vector<Atom> sep = {
      {"CB", "SEP", "A", 1, 1}, {"OG", "SEP", "A", 1, 3}, {"P", "SEP", "A", 1, 100}};
  EXPECT_THAT(read_pdb(pdb_text(sep), "residue-centroid").x, ElementsAre(2000));
  const std::vector<Atom> gly = {{"CA", "GLY", "A", 1, 7}, {"N", "ALA", "A", 2, 9}};
  EXPECT_THAT(read_pdb(pdb_text(gly), "residue-centroid").x, ElementsAre(7000));
}

TEST(Sites, CentroidOfAResidueThatOnlyTheSchemeKnows) {
  TempFolder folder;
  const std::string scheme = folder.write("c.scheme", "scheme c\nsites centroid\nSEP SEP\n");
  const std::vector<Atom> sep = {{"CA", "SEP", "A", 1, 50}, {"CB", "SEP", "A", 1, 1},
                                 {"OG", "SEP", "A", 1, 3},  {"P", "SEP", "A", 1, 8},
                                 {"CB", "SEP", "A", 1, 90}, {"HB2", "SEP", "A", 1, 70}};
  EXPECT_THAT(read_pdb(pdb_text(sep), scheme).x, ElementsAre(4000));
}

/// Three residues, the second one with lower B-factors.
std::vector<Atom> with_a_low_residue() {
  auto atoms = residue("ALA", 1, 0) + residue("SER", 2, 1) + residue("GLY", 3, 2);
  for (std::size_t i = 0; i < atoms.size(); ++i) atoms[i].b = i < 5 ? 90 : i < 10 ? 69.9 : 70;
  return atoms;
}

TEST(Sites, LowConfidenceIsPassedOver) {
  const auto atoms = with_a_low_residue();
  const ReadOptions options{ModelChoice::first, 70, true};
  for (const auto& [name, text] :
       {std::pair{"x.pdb", pdb_text(atoms)}, {"x.cif", cif_text(atoms)}}) {
    const Model model = read_all(name, text, "residue-ca", options)[0];
    EXPECT_THAT(types_of(model, "residue-ca"), ElementsAre("ALA", "GLY"));
    EXPECT_THAT(positions_of(model), ElementsAre(0, 1, 2));
    EXPECT_THAT(model.notes, ElementsAre("1 residue below pLDDT 70 skipped: SER 2 (chain A)"));
  }
  EXPECT_THAT(read_pdb(pdb_text(atoms)).notes, IsEmpty());
}

/// True when the file is taken for a prediction, whose residue of low B-factors goes.
bool is_prediction(const std::string& name, const std::string& text) {
  const Model model = read_all(name, text, "residue-ca", {ModelChoice::first, 70})[0];
  const bool whole = model.size() == 3;
  EXPECT_THAT(model.notes, ElementsAre(HasSubstr(whole ? "does not say that it is a prediction"
                                                       : "below pLDDT 70")));
  EXPECT_THAT(read_all(name, text, "residue-ca", {})[0].notes, IsEmpty());
  return !whole;
}

TEST(Sites, BFactorsArePlddtOnlyInPredictions) {
  const auto pdb = [](const std::string& head) {
    return is_prediction("x.pdb", head + pdb_text(with_a_low_residue()));
  };
  EXPECT_FALSE(pdb(""));
  EXPECT_TRUE(
      pdb("HEADER                                            01-JUN-22\n"
          "TITLE     ALPHAFOLD MONOMER V2.0 PREDICTION FOR PROTEIN KINASE DOMAIN-\n"));
  EXPECT_TRUE(pdb("TITLE     ESMFOLD V1 PREDICTION FOR INPUT\r\n"));
  EXPECT_TRUE(pdb("REMARK   1 PREDICTED BY COLABFOLD\nMODEL     1\n"));
  EXPECT_TRUE(pdb("remark   1  titl   structure prediction with AlphaFold\n"));
  EXPECT_TRUE(pdb("EXPDTA    THEORETICAL MODEL\nTITLE     ALPHAFOLD2\n"));
  EXPECT_FALSE(pdb("EXPDTA    THEORETICAL MODEL\n"));
  EXPECT_FALSE(pdb("TITLE     X SOLVED WITH ALPHAFOLD\nEXPDTA    X-RAY DIFFRACTION\n"));
  EXPECT_FALSE(pdb("REMARK   3  STARTING MODEL: ALPHAFOLD PREDICTION\n"));
  EXPECT_FALSE(pdb("REMARK STARTING MODEL: ALPHAFOLD\n"));
  EXPECT_TRUE(is_prediction("no-extension", "TITLE     ESMFOLD V1 PREDICTION FOR INPUT\n" +
                                                pdb_text(with_a_low_residue())));
}

TEST(Sites, MmcifIsAPredictionByItsMetric) {
  const auto cif = [](const std::string& behind) {
    return is_prediction("x.cif", cif_text(with_a_low_residue()) + behind);
  };
  EXPECT_FALSE(cif(""));
  EXPECT_FALSE(cif("_struct.title 'a crystal after an AlphaFold prediction'\n"));
  EXPECT_FALSE(cif("_ma_qa_metric.id 1\n_ma_qa_metric.name QMEANDisCo\n"));
  EXPECT_TRUE(cif("_ma_qa_metric.id 1\n_ma_qa_metric.name pLDDT\n"));
  EXPECT_TRUE(
      cif("loop_\n_ma_qa_metric.id\n_ma_qa_metric.name\n_ma_qa_metric.type\n"
          "1 QMEANDisCo zscore\n2 confidence pLDDT\n"));
}

/// Residues 1 to 3, all with a B-factor of 50, and what the file says of them.
std::string with_quality(const std::string& before, const std::string& behind) {
  auto atoms = residue("ALA", 1, 0) + residue("SER", 2, 1) + residue("GLY", 3, 2);
  for (Atom& atom : atoms) atom.b = 50;
  const std::string text = cif_text(atoms), head = "data_test\n";
  return head + before + text.substr(head.size()) + behind;
}

constexpr const char* local_columns =
    "loop_\n_ma_qa_metric_local.label_asym_id\n_ma_qa_metric_local.label_comp_id\n"
    "_ma_qa_metric_local.label_seq_id\n_ma_qa_metric_local.metric_id\n"
    "_ma_qa_metric_local.metric_value\n_ma_qa_metric_local.model_id\n"
    "_ma_qa_metric_local.ordinal_id\n";

TEST(Sites, LocalQualityOutweighsBFactors) {
  const std::string metrics =
      "loop_\n_ma_qa_metric.id\n_ma_qa_metric.mode\n_ma_qa_metric.name\n_ma_qa_metric.type\n"
      "1 global pLDDT pLDDT\n2 local pLDDT pLDDT\n3 local 'other one' distance\n";
  const std::string item = "_ma_qa_metric.id 2\n_ma_qa_metric.name pLDDT\n";
  const std::string values =
      std::string(local_columns) + "X ALA 1 2 90.5 1 1\nX SER 2 2 30 1 2\nX GLY 3 2 70.00 1 3\n";
  const std::string other = "X ALA 1 3 1 1 4\nX SER 2 3 99 1 5\nX GLY 3 3 1 1 6\n";
  const ReadOptions options{ModelChoice::first, 70};
  const std::pair<std::string, std::string> files[] = {{metrics + values, ""},
                                                       {metrics + values + other, ""},
                                                       {values + other + metrics, ""},
                                                       {values, ""},
                                                       {item + values + other, ""},
                                                       {"", metrics + values + other},
                                                       {values + other, metrics},
                                                       {metrics, values},
                                                       {values, item}};
  for (const auto& [before, behind] : files) {
    const auto text = with_quality(before, behind);
    const Model model = read_all("x.cif", text, "residue-ca", options)[0];
    EXPECT_THAT(types_of(model, "residue-ca"), ElementsAre("ALA", "GLY")) << text;
    EXPECT_THAT(read_all("x.cif", text, "residue-ca", {})[0].type, ::testing::SizeIs(3));
  }
}

TEST(Sites, BFactorsServeResiduesOfWhichNothingIsSaid) {
  const ReadOptions low{ModelChoice::first, 45}, high{ModelChoice::first, 55};
  const std::string some =
      std::string(local_columns) + "X ALA 1 2 10 1 1\nX SER 2 2 ? 1 2\nY GLY 3 2 10 1 3\n";
  const std::string others =
      std::string(local_columns) + "X ALA 1 3 10 1 1\nX SER 2 4 10 1 2\nX GLY 3 4 10 2 3\n";
  const std::string named = "_ma_qa_metric.id 2\n_ma_qa_metric.name pLDDT\n";
  const auto types = [](const std::string& text, const ReadOptions& options) {
    return types_of(read_all("x.cif", text, "residue-ca", options)[0], "residue-ca");
  };
  EXPECT_THAT(types(with_quality(some, ""), low), ElementsAre("SER", "GLY"));
  EXPECT_THAT(types(with_quality(named + others, ""), low), ElementsAre("ALA", "SER", "GLY"));
  EXPECT_THROW(types(with_quality(named + others, ""), high), FormatError);
  EXPECT_THAT(types(with_quality(others, ""), high), ElementsAre("ALA", "SER", "GLY"));
}

}  // namespace
}  // namespace potential::test
