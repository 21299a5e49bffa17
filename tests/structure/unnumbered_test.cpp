// Residue numbers that are equal or blank.
#include "fixtures.hpp"

namespace potential::test {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Atom> chain(const std::vector<std::string>& names, bool numbered) {
  std::vector<Atom> atoms;
  int number = 0;
  for (const std::string& name : names) {
    atoms = atoms + residue(name, numbered ? number : 0, number);
    ++number;
  }
  return atoms;
}

const std::vector<std::string> names = {"ALA", "ALA", "SER", "GLY", "GLY", "ALA", "SER", "ALA"};

std::string blank_numbers(const std::string& text) {
  std::string out, line;
  std::istringstream lines(text);
  while (std::getline(lines, line)) out += line.replace(22, 4, "    ") + "\n";
  return out;
}

TEST(Unnumbered, ResiduesAreToldApartByTheirAtoms) {
  const Model numbered = read_pdb(pdb_text(chain(names, true)));
  EXPECT_THAT(numbered.notes, IsEmpty());
  const std::string equal = pdb_text(chain(names, false));
  for (const std::string& text : {equal, blank_numbers(equal)}) {
    const Model model = read_pdb(text);
    EXPECT_EQ(model.sha256, numbered.sha256);
    EXPECT_THAT(positions_of(model), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
    EXPECT_THAT(model.notes, ElementsAre("7 residues have the number of the one before them; told "
                                         "apart by their atoms"));
  }
}

TEST(Unnumbered, AlsoWithCaAlone) {
  std::vector<Atom> atoms;
  for (const Atom& atom : chain(names, false))
    if (atom.name == "CA") atoms.push_back(atom);
  EXPECT_EQ(read_pdb(pdb_text(atoms), "residue-ca").size(), 8U);
  EXPECT_THAT(positions_of(read_pdb(pdb_text(atoms), "residue-ca")),
              ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
}

TEST(Unnumbered, AlsoWhereTheFirstAtomIsMissing) {
  auto atoms = chain(names, false);
  atoms.erase(atoms.begin() + 5);  // N of the second residue
  const Model model = read_pdb(pdb_text(atoms));
  EXPECT_EQ(model.residues.size(), 8U);
}

TEST(Unnumbered, InMmcifByTheSequence) {
  auto atoms = chain(names, false);
  for (std::size_t i = 0, k = 0; i < atoms.size(); ++i) {
    if (atoms[i].name == "N") ++k;
    atoms[i].label_seq = std::to_string(k);
  }
  const Digest numbered = read_pdb(pdb_text(chain(names, true))).sha256;
  EXPECT_EQ(read_cif(cif_text(atoms)).sha256, numbered);
  // Superimposed, so that places do not tell; and the sequence is no separation.
  auto folded = residue("ALA", 3, 0) + residue("ALA", 3, 0.3) + residue("ALA", 3, 40);
  for (std::size_t i = 0; i < folded.size(); ++i)
    folded[i].label_seq = i < 5 ? "1" : i < 10 ? "2" : "9";
  const Model model = read_cif(cif_text(folded));
  EXPECT_THAT(positions_of(model), ElementsAre(0, 1, 2));
  for (Atom& atom : atoms) atom.label_seq = ".";
  EXPECT_EQ(read_cif(cif_text(atoms)).sha256, numbered);
}

TEST(Unnumbered, AlternativesAreNotTornApart) {
  // Two conformations of a side chain of which only the second is marked, and
  // two of a whole residue that nothing marks.
  auto marked = residue("SER", 1, 0);
  Atom other = marked[4];
  other.altloc = 'B', other.x += 3;
  const Model model = read_pdb(pdb_text(marked + std::vector<Atom>{other}));
  EXPECT_EQ(model.residues.size(), 1U);
  auto twice = residue("SER", 1, 0) + residue("SER", 1, 0.2);
  EXPECT_EQ(read_pdb(pdb_text(twice)).sha256, read_pdb(pdb_text(residue("SER", 1, 0))).sha256);
  EXPECT_THAT(read_pdb(pdb_text(twice)).notes,
              ElementsAre("1 residue holds its atoms twice; the first are taken"));
}

}  // namespace
}  // namespace potential::test
