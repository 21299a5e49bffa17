// Alternative conformations, duplicates, numbers that come again.
#include "fixtures.hpp"

namespace potential::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Atom with(std::string name, char altloc, double occupancy, double x, std::string residue = "SER") {
  Atom atom{std::move(name), std::move(residue)};
  atom.altloc = altloc;
  atom.occupancy = occupancy;
  atom.x = x;
  return atom;
}

std::vector<std::int32_t> xs_of(const std::vector<Atom>& atoms) {
  const Model pdb = read_pdb(pdb_text(atoms)), cif = read_cif(cif_text(atoms));
  EXPECT_EQ(pdb.sha256, cif.sha256);
  return pdb.x;
}

TEST(Alternatives, TheHighestSummedOccupancyIsTaken) {
  EXPECT_THAT(xs_of({with("N", ' ', 1, 1), with("CA", 'A', .4, 2), with("CA", 'B', .6, 3),
                     with("CB", 'A', .4, 4), with("CB", 'B', .6, 5)}),
              ElementsAre(1000, 3000, 5000));
  // One residue, one conformation: B leads in the sum, not in each atom.
  EXPECT_THAT(xs_of({with("CA", 'A', .55, 2), with("CA", 'B', .45, 3), with("CB", 'A', .1, 4),
                     with("CB", 'B', .9, 5)}),
              ElementsAre(3000, 5000));
}

TEST(Alternatives, ThenTheFirst) {
  EXPECT_THAT(xs_of({with("CA", 'B', .5, 2), with("CA", 'A', .5, 3)}), ElementsAre(2000));
  EXPECT_THAT(xs_of({with("CA", 'A', 0, 2), with("CA", 'B', 0, 3)}), ElementsAre(2000));
}

TEST(Alternatives, SumsAreExact) {
  // In floats 0.1 + 0.2 is more than 0.3.
  EXPECT_THAT(xs_of({with("N", 'A', .3, 1), with("N", 'B', .1, 2), with("CA", 'A', 0, 3),
                     with("CA", 'B', .2, 4)}),
              ElementsAre(1000, 3000));
}

TEST(Alternatives, EachResidueChoosesForItself) {
  std::vector<Atom> atoms = {with("CA", 'A', .7, 1), with("CA", 'B', .3, 2)};
  std::vector<Atom> second = {with("CA", 'A', .2, 3), with("CA", 'B', .8, 4)};
  for (Atom& atom : second) atom.number = 2;
  EXPECT_THAT(xs_of(atoms + second), ElementsAre(1000, 4000));
}

TEST(Alternatives, OccupancyZeroCounts) {
  EXPECT_THAT(xs_of({with("CA", ' ', 0, 1)}), ElementsAre(1000));
}

TEST(Alternatives, ConformersMayFollowEachOther) {
  EXPECT_THAT(xs_of({with("CA", 'A', .3, 1), with("CB", 'A', .3, 2), with("CA", 'B', .7, 3),
                     with("CB", 'B', .7, 4)}),
              ElementsAre(3000, 4000));
}

TEST(Alternatives, TwoResiduesAtOnePlace) {
  const std::vector<Atom> atoms = {with("CA", 'A', .4, 1, "SER"), with("CA", 'B', .6, 2, "THR"),
                                   with("CB", 'A', .4, 3, "SER"), with("CB", 'B', .6, 4, "THR")};
  const Model model = read_pdb(pdb_text(atoms));
  EXPECT_THAT(types_of(model), ElementsAre("THR:CA", "THR:CB"));
  EXPECT_THAT(chain_lengths(model), ElementsAre(1));
  EXPECT_EQ(model.sha256, read_cif(cif_text(atoms)).sha256);
  EXPECT_THAT(
      types_of(read_pdb(pdb_text({with("CA", ' ', 1, 1, "SER"), with("CA", ' ', 1, 2, "THR")}))),
      ElementsAre("SER:CA"));
}

TEST(Alternatives, TheOrderOfAtomsDoesNotMatter) {
  auto atoms = residue("ALA", 1, 0) + residue("SER", 2, 1);
  const Model forward = read_pdb(pdb_text(atoms));
  std::swap(atoms[0], atoms[4]);
  std::swap(atoms[6], atoms[8]);
  const Model swapped = read_pdb(pdb_text(atoms));
  EXPECT_EQ(forward.sha256, swapped.sha256);
  EXPECT_EQ(forward.x, swapped.x);
}

TEST(Alternatives, RecordsOfAResidueMayBeSpread) {
  const auto one = residue("ALA", 1, 0), two = residue("SER", 2, 1);
  const std::vector<Atom> spread = {one[0], two[0], two[1], one[1], one[2],
                                    two[2], one[3], one[4], two[3], two[4]};
  EXPECT_EQ(read_pdb(pdb_text(spread)).sha256, read_pdb(pdb_text(one + two)).sha256);
  EXPECT_EQ(read_cif(cif_text(spread)).sha256, read_pdb(pdb_text(one + two)).sha256);
}

TEST(Alternatives, OfDuplicatesTheFirstIsTaken) {
  EXPECT_THAT(xs_of({with("CA", ' ', 1, 1), with("CA", ' ', 1, 2)}), ElementsAre(1000));
  auto atoms = residue("SER", 1, 0) + residue("SER", 2, 1);
  const Model once = read_pdb(pdb_text(atoms));
  atoms.push_back(atoms[1]);
  const Model twice = read_pdb(pdb_text(atoms));
  EXPECT_EQ(once.sha256, twice.sha256);
  EXPECT_EQ(once.residues.size(), twice.residues.size());
  EXPECT_THAT(twice.notes, ElementsAre("1 residue that repeats earlier atoms skipped"));
}

TEST(Alternatives, AtomsThatCouldNotBePlacedAreAbsent) {
  auto atoms = residue("SER", 1, 0);
  const Model placed = read_pdb(pdb_text(atoms));
  for (const double mark : {9999.0, 9999.999}) {
    const Model model =
        read_pdb(pdb_text(atoms + std::vector<Atom>{{"OG", "SER", "A", 1, mark, mark, mark}}));
    EXPECT_EQ(model.sha256, placed.sha256);
    EXPECT_THAT(model.notes, ElementsAre("1 atom with 9999 for coordinates skipped"));
  }
  EXPECT_EQ(
      read_pdb(pdb_text(atoms + std::vector<Atom>{{"OG", "SER", "A", 1, 9999, 1, 9999}})).size(),
      6U);
}

TEST(Alternatives, NumbersThatStartAnewAreNewResidues) {
  // Files of simulations: a second molecule, no chain id, no TER. One name is the
  // same by chance.
  auto atoms = residue("ALA", 1, 0, "") + residue("SER", 2, 1, "") + residue("VAL", 3, 2, "");
  atoms = atoms + residue("GLY", 1, 30, "") + residue("SER", 2, 31, "") + residue("LEU", 3, 32, "");
  const Model model = read_pdb(pdb_text(atoms));
  EXPECT_THAT(chain_lengths(model), ElementsAre(6));
  EXPECT_EQ(model.size(), 29U);
  EXPECT_THAT(model.notes,
              ElementsAre("3 residues have a number that came before in the chain; all count as "
                          "one chain, for want of a chain id or a TER"));
}

TEST(Alternatives, ALigandWithTheNumberOfAResidueIsNoAlternative) {
  auto atoms = residue("ALA", 1, 0) + residue("SER", 2, 1);
  for (int i = 0; i < 20; ++i) atoms.push_back({"C" + std::to_string(i), "LIG", "A", 1});
  atoms = atoms + residue("VAL", 2, 40);
  EXPECT_THAT(chain_lengths(read_pdb(pdb_text(atoms))), ElementsAre(3));
  EXPECT_EQ(read_pdb(pdb_text(atoms)).size(), 15U);
}

}  // namespace
}  // namespace potential::test
