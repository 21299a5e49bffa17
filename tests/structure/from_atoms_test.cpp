// Models from atoms and sites in memory.
#include <limits>
#include <potential/structure/from_atoms.hpp>
#include <potential/structure/input.hpp>

#include "fixtures.hpp"

namespace potential::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Atoms of a fixture as a caller of the library has them.
struct InMemory {
  explicit InMemory(const std::vector<Atom>& atoms) {
    for (const Atom& atom : atoms) {
      names.atom_names.push_back(atom.name);
      names.residue_names.push_back(atom.residue);
      names.residue_numbers.push_back(atom.number);
      names.chains.push_back(atom.chain);
      names.insertion_codes.push_back(atom.icode);
      names.altlocs.push_back(atom.altloc);
      names.occupancies.push_back(atom.occupancy);
      xyz.insert(xyz.end(), {atom.x, atom.y, atom.z});
    }
  }
  Model model(const std::string& scheme = "heavy-atom") const {
    return from_atoms(names, {xyz.data(), xyz.size() / 3}, load_scheme(scheme), "memory");
  }
  /// What the error says; empty when there is none.
  std::string error() const {
    try {
      model();
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  Atoms names;
  std::vector<double> xyz;
};

void expect_same_as_file(const std::vector<Atom>& atoms, const std::string& scheme = "heavy-atom") {
  const Model memory = InMemory(atoms).model(scheme);
  for (const Model& file : {read_pdb(pdb_text(atoms), scheme), read_cif(cif_text(atoms), scheme)}) {
    EXPECT_EQ(memory.sha256, file.sha256);
    EXPECT_EQ(memory.notes, file.notes);
    EXPECT_EQ(chain_lengths(memory), chain_lengths(file));
    EXPECT_EQ(positions_of(memory), positions_of(file));
  }
}

TEST(FromAtoms, TheSameAsFromAFile) {
  const auto atoms = residue("MET", 1, 0) + residue("SER", 2, 1) + residue("GLY", 9, 5) +
                     residue("LYS", 3, 30, "B");
  for (const std::string& scheme : protein_schemes()) expect_same_as_file(atoms, scheme);
  EXPECT_EQ(InMemory(atoms).model().id, "memory");
}

TEST(FromAtoms, FloatsAndMilliAngstromsAreTheSame) {
  const InMemory atoms(residue("ALA", 1, 0) + residue("LEU", 2, 1));
  const Scheme scheme = load_scheme("heavy-atom");
  const std::vector<float> floats(atoms.xyz.begin(), atoms.xyz.end());
  std::vector<std::int32_t> milli;
  for (const double x : atoms.xyz)
    milli.push_back(static_cast<std::int32_t>(std::lround(1000 * x)));
  const std::size_t n = milli.size() / 3;
  const Model model = atoms.model();
  EXPECT_EQ(from_atoms(atoms.names, {floats.data(), n}, scheme).sha256, model.sha256);
  EXPECT_EQ(from_atoms(atoms.names, {milli.data(), n}, scheme).sha256, model.sha256);
}

TEST(FromAtoms, CoordinatesRoundHalfAwayFromZero) {
  const std::vector<double> angstrom = {0.0625, -0.0625, 1.0004};
  const Coordinates coordinates(angstrom.data(), 1);
  EXPECT_EQ(coordinates.milli(0), 63);
  EXPECT_EQ(coordinates.milli(1), -63);
  EXPECT_EQ(coordinates.milli(2), 1000);
}

TEST(FromAtoms, HydrogensAndWaterAreNoSites) {
  auto atoms = residue("ALA", 1, 0);
  const Model model = InMemory(atoms).model();
  atoms.push_back({"HA", "ALA", "A", 1, 1, 1, 1});
  atoms.push_back({"1HB", "ALA", "A", 1, 1, 1, 1});
  atoms.push_back({"O", "HOH", "A", 2, 9, 9, 9});
  EXPECT_EQ(InMemory(atoms).model().sha256, model.sha256);
}

TEST(FromAtoms, TheConformationOfTheHighestOccupancyIsTaken) {
  auto atoms = residue("SER", 1, 0) + residue("ALA", 2, 1);
  atoms[4].altloc = 'A', atoms[4].occupancy = 0.3;
  Atom other = atoms[4];
  other.altloc = 'B', other.occupancy = 0.7, other.z = 1;
  atoms.insert(atoms.begin() + 5, other);
  expect_same_as_file(atoms);
  EXPECT_EQ(InMemory(atoms).model().z[4], 1000);
  InMemory equal(atoms);
  equal.names.occupancies.clear();
  EXPECT_EQ(equal.model().z[4], 0) << "the first of equal ones";
}

TEST(FromAtoms, AnUnknownResidueBelongsToTheChainWhenItIsBonded) {
  const auto chain = residue("ALA", 1, 0) + residue("XYZ", 2, 1) + residue("ALA", 3, 2);
  expect_same_as_file(chain);
  const Model model = InMemory(chain).model();
  EXPECT_THAT(chain_lengths(model), ElementsAre(3));
  EXPECT_THAT(model.notes, ElementsAre(HasSubstr("XYZ 2")));
  EXPECT_THAT(chain_lengths(InMemory(residue("ALA", 1, 0) + residue("XYZ", 2, 9)).model()),
              ElementsAre(1));
}

TEST(FromAtoms, InsertionCodesSetResiduesApart) {
  auto atoms = residue("ALA", 1, 0) + residue("ALA", 1, 1);
  for (std::size_t i = 5; i < atoms.size(); ++i) atoms[i].icode = 'A';
  expect_same_as_file(atoms);
  EXPECT_EQ(InMemory(atoms).model().residues.size(), 2U);
}

TEST(FromAtoms, ColumnsThatMayBeEmpty) {
  const InMemory full(residue("ALA", 1, 0) + residue("LEU", 2, 1));
  InMemory few = full;
  few.names.chains.clear(), few.names.insertion_codes.clear();
  few.names.altlocs.clear(), few.names.occupancies.clear();
  EXPECT_EQ(few.model().sha256, full.model().sha256);
  EXPECT_EQ(few.model().chains[0].name, "A");
}

TEST(FromAtoms, ErrorsNameTheAtom) {
  InMemory atoms(residue("ALA", 7, 0));
  atoms.xyz[3 * 4] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(atoms.error(),
            "memory: no readable coordinates for atom CB of ALA 7 in the coordinates given");
  atoms.xyz[3 * 4] = 3e6;
  EXPECT_EQ(atoms.error(), "memory: atom CB of ALA 7 lies beyond 2,000,000 Å");
  EXPECT_EQ(InMemory(std::vector<Atom>{{"O", "HOH"}}).error(),
            "memory: holds no site of the scheme");
}

TEST(FromAtoms, ColumnsOfOtherLengthsAreRefused) {
  const InMemory good(residue("ALA", 1, 0));
  const auto refused = [&](auto change, const std::string& column) {
    InMemory atoms = good;
    change(atoms.names);
    EXPECT_THROW(atoms.model(), UsageError);
    EXPECT_THAT(atoms.error(), HasSubstr(column + ": ")) << column;
  };
  refused([](Atoms& a) { a.atom_names.pop_back(); }, "atom_names");
  refused([](Atoms& a) { a.residue_names.pop_back(); }, "residue_names");
  refused([](Atoms& a) { a.residue_numbers.clear(); }, "residue_numbers");
  refused([](Atoms& a) { a.chains.pop_back(); }, "chains");
  refused([](Atoms& a) { a.insertion_codes.push_back(' '); }, "insertion_codes");
  refused([](Atoms& a) { a.altlocs.pop_back(); }, "altlocs");
  refused([](Atoms& a) { a.occupancies.pop_back(); }, "occupancies");
}

TEST(FromSites, TheModelThatTheyWereTakenFrom) {
  const Scheme scheme = load_scheme("residue-cb");
  const Model read = read_pdb(pdb_text(residue("ALA", 1, 0) + residue("LEU", 2, 1) +
                                       residue("SER", 9, 4) + residue("ALA", 1, 20, "B")),
                              "residue-cb");
  Sites sites{read.type, {}, {}};
  std::vector<std::int32_t> milli;
  for (std::size_t i = 0; i < read.size(); ++i) {
    const Residue& residue = read.residues[read.residue[i]];
    sites.residues.push_back(residue.number);
    sites.chains.push_back(read.chains[residue.chain].name);
    milli.insert(milli.end(), {read.x[i], read.y[i], read.z[i]});
  }
  EXPECT_EQ(from_sites(sites, {milli.data(), read.size()}, scheme).sha256, read.sha256);
}

TEST(FromSites, SitesOfAResidueAreSortedByType) {
  const std::vector<float> xyz = {1, 0, 0, 2, 0, 0, 3, 0, 0};
  const Model model =
      from_sites({{5, 3, 4}, {1, 1, 2}, {}}, {xyz.data(), 3}, load_scheme("heavy-atom"));
  EXPECT_THAT(model.type, ElementsAre(3, 5, 4));
  EXPECT_THAT(model.x, ElementsAre(2000, 1000, 3000));
  EXPECT_THAT(model.residue, ElementsAre(0, 0, 1));
}

TEST(FromSites, WhatIsNoSiteIsRefused) {
  const std::vector<double> good(6, 0), bad = {0, 0, 0, 0, 0, 1e9};
  const Scheme scheme = load_scheme("residue-ca");
  EXPECT_THROW(from_sites({{1}, {}, {}}, {good.data(), 2}, scheme), UsageError);
  EXPECT_THROW(from_sites({{1, 20}, {}, {}}, {good.data(), 2}, scheme), UsageError);
  EXPECT_THROW(from_sites({{1, 2}, {1}, {}}, {good.data(), 2}, scheme), UsageError);
  EXPECT_THROW(from_sites({{1, 2}, {}, {"A"}}, {good.data(), 2}, scheme), UsageError);
  EXPECT_THROW(from_sites({{1, 2}, {}, {}}, {bad.data(), 2}, scheme), UsageError);
}

}  // namespace
}  // namespace potential::test
