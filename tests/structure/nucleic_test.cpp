// Nucleotides: names, sugars, bonds, and what the other kind of polymer is.
#include "fixtures.hpp"

namespace potential::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The backbone and the first atoms of a base; O3' of `place` k and P of k + 1 are 1.5 Å
/// apart.
std::vector<Atom> nucleotide(const std::string& name, int number, double place,
                             const std::string& chain = "A") {
  std::vector<Atom> atoms;
  const auto add = [&](const char* atom, double dx, double y) {
    atoms.push_back({atom, name, chain, number, 6 * place + dx, y});
    atoms.back().label_seq = std::to_string(number);
  };
  add("P", 0, 0);
  add("C4'", 2.5, 0.5);
  add("C3'", 3.5, 0);
  add("O3'", 4.5, 0);
  add("C2'", 3.5, 1.5);
  add("O2'", 4.5, 2.2);
  add("C1'", 2.5, 2.2);
  add("N1", 2.5, 5);
  add("N9", 2.5, 3.6);
  return atoms;
}

std::vector<Atom> without(std::vector<Atom> atoms, const std::string& name) {
  atoms.erase(std::remove_if(atoms.begin(), atoms.end(),
                             [&](const Atom& atom) { return atom.name == name; }),
              atoms.end());
  return atoms;
}

/// Types by both formats.
std::vector<std::string> types_under(const std::vector<Atom>& atoms, const std::string& scheme) {
  const auto types = types_of(read_pdb(pdb_text(atoms), scheme), scheme);
  EXPECT_EQ(types, types_of(read_cif(cif_text(atoms), scheme), scheme)) << scheme;
  return types;
}

std::vector<std::string> types_under(const std::string& name, const std::string& scheme) {
  return types_under(nucleotide(name, 1, 0), scheme);
}

TEST(Nucleic, BeadsOfPurinesAndPyrimidines) {
  EXPECT_THAT(types_under("A", "rna-3"), ElementsAre("A:P", "A:C4'", "A:N"));
  const Model purine = read_pdb(pdb_text(nucleotide("G", 1, 0)), "rna-3");
  const Model pyrimidine = read_pdb(pdb_text(nucleotide("U", 1, 0)), "rna-3");
  EXPECT_EQ(purine.y.back(), 3600);
  EXPECT_EQ(pyrimidine.y.back(), 5000);
}

TEST(Nucleic, NamesOfProgramsAndOlderFormats) {
  for (const char* name : {"ADE", "RA", "RA5", "RA3", "RAN", "A5", "A3", "AN", "Ar", "+A", "1MA"})
    EXPECT_THAT(types_under(name, "rna-3"), ElementsAre("A:P", "A:C4'", "A:N")) << name;
  for (const char* name : {"URA", "U5", "H2U", "5MU", "OMU"})
    EXPECT_THAT(types_under(name, "rna-3"), ElementsAre("U:P", "U:C4'", "U:N")) << name;
  std::vector<Atom> old = nucleotide("CYT", 1, 0);
  for (Atom& atom : old) std::replace(atom.name.begin(), atom.name.end(), '\'', '*');
  old.push_back({"O1P", "CYT", "A", 1, 0, 1});
  EXPECT_THAT(
      types_under(old, "rna-heavy-atom"),
      ElementsAre("C:P", "C:OP1", "C:C4'", "C:C3'", "C:O3'", "C:C2'", "C:O2'", "C:C1'", "C:N1"));
}

TEST(Nucleic, TheSugarTellsDnaFromRna) {
  const auto old_dna = without(nucleotide("A", 1, 0), "O2'");
  EXPECT_THAT(types_under(old_dna, "dna-3"), ElementsAre("DA:P", "DA:C4'", "DA:N"));
  EXPECT_THAT(error_of("x.pdb", pdb_text(old_dna), "rna-3"), HasSubstr("no site"));
  EXPECT_THAT(error_of("x.pdb", pdb_text(nucleotide("A", 1, 0)), "dna-3"), HasSubstr("no site"));
  EXPECT_THAT(types_under(without(nucleotide("T", 1, 0), "O2'"), "dna-3"),
              ElementsAre("DT:P", "DT:C4'", "DT:N"));
  EXPECT_THAT(types_under("T", "rna-3"), ElementsAre("U:P", "U:C4'", "U:N"));
  // Beads alone say nothing of the sugar: the name holds.
  const std::vector<Atom> beads = {{"P", "A"}, {"C4'", "A"}, {"N9", "A"}};
  EXPECT_THAT(types_under(beads, "rna-3"), ElementsAre("A:P", "A:C4'", "A:N"));
}

TEST(Nucleic, PseudouridineCountsByPlace) {
  auto atoms = nucleotide("PSU", 1, 0);
  atoms.push_back({"C5", "PSU", "A", 1, 2.5, 3.7});
  const Model beads = read_pdb(pdb_text(atoms), "rna-3");
  EXPECT_EQ(beads.y.back(), 3700);
  const Model model = read_pdb(pdb_text(atoms), "rna-heavy-atom");
  const auto types = types_of(model, "rna-heavy-atom");
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i] == "U:N1") {
      EXPECT_EQ(model.y[i], 3700);
    }
    if (types[i] == "U:C5") {
      EXPECT_EQ(model.y[i], 5000);
    }
  }
  EXPECT_THAT(types, ::testing::IsSupersetOf({"U:N1", "U:C5"}));
}

TEST(Nucleic, StepsFollowTheBonds) {
  const auto atoms = nucleotide("A", 1, 0) + nucleotide("C", 7, 1) + nucleotide("G", 9, 3);
  for (const Model& model :
       {read_pdb(pdb_text(atoms), "rna-3"), read_cif(cif_text(atoms), "rna-3")})
    EXPECT_THAT(positions_of(model), ElementsAre(0, 1, 3));
}

TEST(Nucleic, UnknownOnesInTheChainAreSkippedWithANote) {
  const auto atoms = nucleotide("A", 1, 0) + nucleotide("XYZ", 2, 1) + nucleotide("I", 3, 2) +
                     nucleotide("G", 4, 3) + nucleotide("GTP", 90, 30);
  for (const Model& model :
       {read_pdb(pdb_text(atoms), "rna-3"), read_cif(cif_text(atoms), "rna-3")}) {
    EXPECT_THAT(types_of(model, "rna-3"),
                ElementsAre("A:P", "A:C4'", "A:N", "G:P", "G:C4'", "G:N"));
    EXPECT_THAT(positions_of(model), ElementsAre(0, 1, 2, 3));
    EXPECT_THAT(model.notes,
                ElementsAre("2 residues of unknown type skipped: XYZ 2 (chain A), I 3 (chain A)"));
  }
  const auto hybrid = nucleotide("A", 1, 0) + nucleotide("DG", 2, 1);
  EXPECT_THAT(read_pdb(pdb_text(hybrid), "rna-3").notes, ElementsAre(HasSubstr("DG 2")));
}

TEST(Nucleic, ABaseAloneIsALigand) {
  std::vector<Atom> base = {{"N9", "ADE", "A", 90, 50}, {"N1", "ADE", "A", 90, 52}};
  const Model model = read_pdb(pdb_text(nucleotide("A", 1, 0) + base), "rna-3");
  EXPECT_EQ(model.size(), 3u);
  EXPECT_EQ(model.residues.size(), 1u);
}

TEST(Nucleic, TheOtherKindOfPolymerIsLeftOutWithANote) {
  const auto atoms = residue("ALA", 1, 0, "A") + residue("GLY", 2, 1, "A") +
                     nucleotide("A", 1, 20, "B") + nucleotide("PSU", 2, 21, "B");
  const Model protein = read_pdb(pdb_text(atoms));
  EXPECT_THAT(chain_lengths(protein), ElementsAre(2));
  EXPECT_THAT(protein.notes, ElementsAre("2 nucleotides skipped: the scheme has none"));
  EXPECT_EQ(protein.sha256, read_pdb(pdb_text(residue("ALA", 1, 0) + residue("GLY", 2, 1))).sha256);
  const Model rna = read_cif(cif_text(atoms), "rna-3");
  EXPECT_THAT(chain_lengths(rna), ElementsAre(2));
  EXPECT_THAT(rna.notes, ElementsAre("2 amino acids skipped: the scheme has none"));
  const Model both = read_pdb(pdb_text(atoms), "protein-rna");
  EXPECT_THAT(chain_lengths(both), ElementsAre(2, 2));
  EXPECT_THAT(positions_of(both), ElementsAre(0, 1, 0, 1));
  EXPECT_THAT(both.notes, IsEmpty());
}

TEST(Nucleic, AMoleculeOfTheOtherKindSaysWhatToTake) {
  EXPECT_THAT(error_of("x.pdb", pdb_text(nucleotide("A", 1, 0))), HasSubstr("'rna'"));
  EXPECT_THAT(error_of("x.pdb", pdb_text(residue("ALA", 1, 0)), "rna-3"), HasSubstr("'default'"));
  EXPECT_EQ(error_of("x.pdb", pdb_text({{"O", "HOH"}})), "x.pdb: holds no site of the scheme");
}

TEST(Nucleic, ATerInsideAChainDoesNotEndIt) {
  const std::string text =
      pdb_text(nucleotide("A", 1, 0)) + "TER\n" + pdb_text(nucleotide("C", 2, 1));
  EXPECT_THAT(chain_lengths(read_pdb(text, "rna-3")), ElementsAre(2));
  const std::string twice =
      pdb_text(nucleotide("A", 1, 0)) + "TER\n" + pdb_text(nucleotide("C", 1, 9));
  EXPECT_THAT(chain_lengths(read_pdb(twice, "rna-3")), ElementsAre(1, 1));
}

}  // namespace
}  // namespace potential::test
