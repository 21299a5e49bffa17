// Chains and the positions of residues along them.
#include <potential/core/separation_classes.hpp>

#include "fixtures.hpp"

namespace potential::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<Atom> relabel(std::vector<Atom> atoms, const std::string& entity,
                          const std::string& label_seq) {
  for (Atom& atom : atoms) {
    atom.entity = entity;
    if (!label_seq.empty()) atom.label_seq = label_seq;
  }
  return atoms;
}

TEST(Chains, BondedResiduesAreOneStepApartWhateverTheirNumbers) {
  const auto atoms = residue("ALA", 10, 0) + residue("ALA", 50, 1) + residue("ALA", 7, 2);
  EXPECT_THAT(positions_of(read_pdb(pdb_text(atoms))), ElementsAre(0, 1, 2));
  EXPECT_THAT(positions_of(read_cif(cif_text(atoms))), ElementsAre(0, 1, 2));
}

TEST(Chains, AGapCountsByAuthorNumbers) {
  const auto atoms = residue("ALA", 10, 0) + residue("ALA", 15, 4) + residue("ALA", 15 - 40, 9);
  EXPECT_THAT(positions_of(read_pdb(pdb_text(atoms))), ElementsAre(0, 5, 45));
  std::vector<Atom> same_number = residue("ALA", 1, 0) + residue("ALA", 1, 9);
  for (std::size_t i = 5; i < 10; ++i) same_number[i].icode = 'A';
  EXPECT_THAT(positions_of(read_pdb(pdb_text(same_number))), ElementsAre(0, 1));
}

TEST(Chains, ABondIsShorterThanTwoAngstrom) {
  const auto first = residue("ALA", 1, 0);
  auto second = residue("ALA", 5, 1);
  const auto step = [&](double x, double y = 0) {
    second[0].x = first[2].x + x;
    second[0].y = first[2].y + y;
    second[0].z = first[2].z;
    return positions_of(read_pdb(pdb_text(first + second)))[1];
  };
  EXPECT_EQ(step(1.999), 1);
  EXPECT_EQ(step(2.0), 4);
  // The same lengths along no axis, in whole mÅ: 1.2, 1.6 and 0 are exactly 2.
  const auto slanted = [&](double distance) {
    second[0].x = first[2].x + distance;
    return positions_of(read_pdb(pdb_text(first + second)))[1];
  };
  second[0].y = first[2].y + 1.6;
  EXPECT_EQ(slanted(1.2), 4);
  EXPECT_EQ(slanted(1.199), 1);
  EXPECT_EQ(slanted(1.201), 4);
  second[0].y = first[2].y;
  EXPECT_EQ(step(-1.999), 1);
  EXPECT_EQ(step(1.2, 1.6), 4);  // exactly 2.000 Å, along no axis
  EXPECT_EQ(step(1.2, 1.599), 1);
}

TEST(Chains, LongStepsAreCut) {
  const auto atoms = residue("ALA", -999, 0) + residue("ALA", 9999, 9) + residue("ALA", 1, 20);
  const int most = SeparationClasses::largest() + 1;
  EXPECT_THAT(positions_of(read_pdb(pdb_text(atoms))), ElementsAre(0, most, most + 9998));
  auto far = residue("ALA", -90000000, 0) + residue("ALA", 90000000, 9);
  EXPECT_THAT(positions_of(read_cif(cif_text(far))), ElementsAre(0, most));
}

TEST(Chains, InsertionCodesAreResiduesLikeOthers) {
  auto atoms = residue("ALA", 1, 0) + residue("SER", 1, 1) + residue("GLY", 1, 2);
  for (std::size_t i = 5; i < atoms.size(); ++i) atoms[i].icode = i < 10 ? 'A' : 'B';
  for (const Model& model : {read_pdb(pdb_text(atoms)), read_cif(cif_text(atoms))}) {
    EXPECT_THAT(positions_of(model), ElementsAre(0, 1, 2));
    EXPECT_EQ(model.residues[1].insertion_code, 'A');
    EXPECT_EQ(model.residues[1].number, 1);
  }
}

TEST(Chains, ATerInsideAChainIdDoesNotEndIt) {
  const std::string a = pdb_text(residue("ALA", 1, 0)), b = pdb_text(residue("ALA", 5, 9));
  const Model whole = read_pdb(a + b);
  EXPECT_THAT(whole.notes, ElementsAre());
  for (const std::string ter : {"TER\n", "TER       6      ALA A   1\n", "TER\nTER\n"}) {
    const Model model = read_pdb(a + ter + b + "TER\n");
    EXPECT_EQ(model.sha256, whole.sha256);
    EXPECT_THAT(positions_of(model), ElementsAre(0, 4));
    EXPECT_THAT(model.notes, ElementsAre("TER inside chain A: the residues behind it are counted "
                                         "as the same chain"));
  }
  EXPECT_THAT(read_pdb("TER\n" + a + b + "TER\nTER\n").notes, ElementsAre());
}

TEST(Chains, ATerEndsAChainWhereAResidueComesAgain) {
  const auto part = [](int first, double place) {
    return pdb_text(residue("ALA", first, place) + residue("SER", first + 1, place + 1));
  };
  // The second TER is inside the second chain, and the third ends it.
  const Model model =
      read_pdb(part(1, 0) + "TER\n" + part(1, 20) + "TER\n" + part(7, 40) + "TER\n" + part(8, 60));
  EXPECT_THAT(chain_lengths(model), ElementsAre(2, 4, 2));
  EXPECT_THAT(positions_of(model), ElementsAre(0, 1, 0, 1, 6, 7, 0, 1));
  for (const Chain& chain : model.chains) EXPECT_EQ(chain.name, "A");
  // Numbers alone decide, with their insertion codes.
  EXPECT_THAT(chain_lengths(read_pdb(part(1, 0) + "TER\n" + pdb_text(residue("VAL", 2, 20)))),
              ElementsAre(2, 1));
  auto inserted = residue("SER", 2, 20);
  for (Atom& atom : inserted) atom.icode = 'A';
  EXPECT_THAT(chain_lengths(read_pdb(part(1, 0) + "TER\n" + pdb_text(inserted))), ElementsAre(3));
}

TEST(Chains, NumbersThatGoDownDoNotSplit) {
  const std::string high = pdb_text(residue("ALA", 100, 0)), low = pdb_text(residue("ALA", 7, 9));
  EXPECT_THAT(chain_lengths(read_pdb(high + low)), ElementsAre(2));
  EXPECT_THAT(chain_lengths(read_pdb(high + "TER\n" + low)), ElementsAre(2));
}

TEST(Chains, WithoutAnyIdATerSeparates) {
  const std::string a = pdb_text(residue("ALA", 1, 0, "")), b = pdb_text(residue("ALA", 5, 9, ""));
  EXPECT_THAT(chain_lengths(read_pdb(a + b)), ElementsAre(2));
  EXPECT_THAT(chain_lengths(read_pdb(a + "TER\n" + b)), ElementsAre(1, 1));
  // Also where other atoms have an id.
  EXPECT_THAT(chain_lengths(read_pdb(a + "TER\n" + b + pdb_text(residue("ALA", 1, 30, "B")))),
              ElementsAre(1, 1, 1));
}

std::vector<Atom> as_hetero(std::vector<Atom> atoms) {
  for (Atom& atom : atoms) atom.record = "HETATM";
  return atoms;
}

TEST(Chains, HeteroResiduesBehindATerStayApart) {
  const std::string chain = pdb_text(residue("ALA", 1, 0));
  const std::string free = pdb_text(as_hetero(residue("GLU", 300, 20)));
  EXPECT_THAT(chain_lengths(read_pdb(chain + free)), ElementsAre(2));
  EXPECT_THAT(chain_lengths(read_pdb(chain + "TER\n" + free)), ElementsAre(1, 1));
  EXPECT_THAT(read_pdb(chain + "TER\n" + free).notes, ElementsAre());
  // A modified residue between gaps is one of the chain.
  const std::string modified = pdb_text(as_hetero(residue("MSE", 10, 40)) + residue("ALA", 11, 41));
  const Model model = read_pdb(chain + "TER\n" + modified + "TER\n" + free);
  EXPECT_THAT(chain_lengths(model), ElementsAre(3, 1));
  EXPECT_THAT(positions_of(model), ElementsAre(0, 9, 10, 0));
}

TEST(Chains, EachTerBeginsAnother) {
  std::string text;
  for (const int place : {0, 20, 40}) text += pdb_text(residue("ALA", 1, place)) + "TER\n";
  EXPECT_THAT(chain_lengths(read_pdb(text)), ElementsAre(1, 1, 1));
}

TEST(Chains, AChainThatComesBackIsOne) {
  const auto a1 = residue("ALA", 1, 0, "A"), a2 = residue("ALA", 2, 1, "A"),
             b = residue("ALA", 1, 30, "B");
  const Model model = read_pdb(pdb_text(a1 + b + a2));
  EXPECT_THAT(chain_lengths(model), ElementsAre(2, 1));
  EXPECT_EQ(model.chains[0].name, "A");
  EXPECT_THAT(positions_of(model), ElementsAre(0, 1, 0));
  EXPECT_EQ(model.sha256, read_pdb(pdb_text(a1 + a2 + b)).sha256);
  EXPECT_EQ(model.sha256, read_cif(cif_text(a1 + b + a2)).sha256);
  // A TER ends the chain that it stands behind, and no other.
  EXPECT_THAT(chain_lengths(read_pdb(pdb_text(a1 + b) + "TER\n" + pdb_text(a2))),
              ElementsAre(2, 1));
}

TEST(Chains, BlankAndTwoLetterNames) {
  const auto blank = residue("ALA", 1, 0, ""), two = residue("ALA", 1, 20, "AB");
  for (const Model& model : {read_pdb(pdb_text(blank + two)), read_cif(cif_text(blank + two))}) {
    ASSERT_EQ(model.chains.size(), 2U);
    EXPECT_EQ(model.chains[0].name, "");
    EXPECT_EQ(model.chains[1].name, "AB");
  }
}

TEST(Chains, AnotherEntityBeginsTheNextChain) {
  const auto chain = relabel(residue("ALA", 1, 0), "1", "");
  const auto free_one = as_hetero(relabel(residue("GLU", 300, 20), "2", "."));
  const auto free_two = as_hetero(relabel(residue("GLU", 301, 40), "3", "."));
  EXPECT_THAT(chain_lengths(read_cif(cif_text(chain + free_one + free_two))), ElementsAre(1, 2));
  EXPECT_EQ(read_cif(cif_text(chain + free_one + free_two)).sha256,
            read_pdb(pdb_text(chain) + "TER\n" + pdb_text(free_one + free_two)).sha256);
  const auto other = relabel(residue("ALA", 2, 9), "2", "1");
  EXPECT_THAT(chain_lengths(read_cif(cif_text(chain + other))), ElementsAre(1, 1));
}

TEST(Chains, WhatIsBondedStaysInItsChain) {
  const auto chain = relabel(residue("ALA", 1, 0), "1", "");
  const auto modified = relabel(residue("SEP", 2, 1), "2", ".");
  const auto rest = relabel(residue("ALA", 3, 2), "1", "");
  const auto after_gap = relabel(residue("ALA", 9, 30), "1", "");
  EXPECT_THAT(chain_lengths(read_cif(cif_text(chain + modified + rest + after_gap))),
              ElementsAre(4));
  EXPECT_THAT(chain_lengths(read_cif(cif_text(modified + rest + after_gap))), ElementsAre(3));
}

TEST(Chains, OnlyThoseAskedForAreTaken) {
  const StructureReader reader(load_scheme("residue-ca"), {});
  InputFile file = in_memory(
      "x.pdb",
      pdb_text(residue("ALA", 1, 0, "A") + residue("ALA", 1, 20, "C") + residue("ALA", 1, 40, "")));
  EXPECT_EQ(reader.read(file)[0].chains.size(), 3U);
  file.chains = {"C", "_"};
  const Model model = reader.read(file)[0];
  ASSERT_EQ(model.chains.size(), 2U);
  EXPECT_EQ(model.chains[0].name, "C");
  EXPECT_EQ(model.chains[1].name, "");
  file.chains = {"C", "B"};
  try {
    reader.read(file);
    FAIL();
  } catch (const FormatError& error) {
    EXPECT_STREQ(error.what(), "x.pdb: chain B not found; the file has A, C, _");
  }
}

}  // namespace
}  // namespace potential::test
