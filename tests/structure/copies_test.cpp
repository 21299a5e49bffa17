// The same molecule twice in one model.
#include "fixtures.hpp"

namespace potential::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A chain of residues from 1 on, moved along y.
std::vector<Atom> chain(int residues, double y = 0, const std::string& id = "A") {
  std::vector<Atom> atoms;
  for (int i = 0; i < residues; ++i)
    atoms = atoms + residue(i % 2 == 0 ? "ALA" : "SER", i + 1, i, id);
  for (Atom& atom : atoms) atom.y += y;
  return atoms;
}

TEST(Copies, AChainThatIsRepeatedIsRefused) {
  const std::string reason =
      "30 of 60 residues come again under the same chain, number and name: copies, or molecules "
      "that neither chain ids nor TER records set apart";
  EXPECT_EQ(error_of("x.pdb", pdb_text(chain(30) + chain(30))), "x.pdb: " + reason);
  EXPECT_EQ(error_of("x.pdb", pdb_text(chain(30) + chain(30, 50))), "x.pdb: " + reason);
  EXPECT_EQ(error_of("x.cif", cif_text(chain(30) + chain(30))), "x.cif: " + reason);
}

TEST(Copies, TheLoopOfAtomsTwiceIsRefused) {
  const std::string text = cif_text(chain(30));
  EXPECT_THAT(error_of("x.cif", text + text.substr(text.find("loop_"))), HasSubstr("come again"));
}

TEST(Copies, OfAFewResiduesTheFirstIsTaken) {
  const auto atoms = chain(30);
  const Model once = read_pdb(pdb_text(atoms));
  for (const Model& model :
       {read_pdb(pdb_text(atoms + chain(3, 0.5))), read_cif(cif_text(atoms + chain(3, 0.5)))}) {
    EXPECT_EQ(model.sha256, once.sha256);
    EXPECT_THAT(model.notes, ElementsAre("3 residues that repeat earlier atoms skipped"));
  }
  EXPECT_THAT(error_of("x.pdb", pdb_text(atoms + chain(4, 0.5))), HasSubstr("come again"));
}

TEST(Copies, SitesAtOnePlaceAreRefused) {
  const std::string reason =
      "x.pdb: more than a tenth of the sites lie at the place of another residue's: copies";
  // Behind a TER, and under another chain id; 6 mÅ aside along each axis is too far.
  EXPECT_EQ(error_of("x.pdb", pdb_text(chain(30)) + "TER\n" + pdb_text(chain(30))), reason);
  auto other = chain(30, 0, "B");
  EXPECT_EQ(error_of("x.pdb", pdb_text(chain(30) + other)), reason);
  const auto moved = [&](double x, double y, double z) {
    auto atoms = other;
    for (Atom& atom : atoms) atom.x += x, atom.y += y, atom.z += z;
    return error_of("x.pdb", pdb_text(chain(30) + atoms));
  };
  for (const double sign : {1., -1.}) {
    EXPECT_EQ(moved(sign * 0.010, 0, 0), reason);
    EXPECT_EQ(moved(0, sign * 0.010, 0), reason);
    EXPECT_EQ(moved(0, 0, sign * 0.010), reason);
    EXPECT_EQ(moved(sign * 0.006, 0, sign * 0.008), reason);
    EXPECT_EQ(moved(sign * 0.011, 0, 0), "");
    EXPECT_EQ(moved(sign * 0.006, sign * 0.006, sign * 0.006), "");
  }
}

TEST(Copies, ATenthOfTheSitesMayCoincide) {
  // 2 of 40 residues at the place of two others: 4 of 40 share their place, a tenth.
  const auto with = [](int copies) {
    std::vector<Atom> atoms = chain(40 - copies);
    for (Atom& atom : atoms) atom.residue = "ALA";
    std::vector<Atom> other = chain(copies, 0, "B");
    for (Atom& atom : other) atom.residue = "ALA";
    return error_of("x.pdb", pdb_text(atoms + other));
  };
  EXPECT_EQ(with(2), "");
  EXPECT_THAT(with(3), HasSubstr("copies"));
}

TEST(Copies, SuperimposedModelsWithoutModelRecordsAreRefused) {
  const auto ensemble = [](const std::string& id, const std::string& between) {
    std::string text;
    for (int k = 0; k < 101; ++k) text += pdb_text(chain(12, 0.013 * k, id)) + between;
    return text;
  };
  EXPECT_THAT(error_of("x.pdb", ensemble("A", "")), HasSubstr("1200 of 1212 residues come again"));
  EXPECT_THAT(error_of("x.pdb", ensemble("", "")), HasSubstr("1200 of 1212 residues come again"));
  for (const char* id : {"A", ""})
    EXPECT_THAT(error_of("x.pdb", ensemble(id, "TER\n")), HasSubstr("need MODEL records"));
  EXPECT_EQ(read_all("x.pdb", ensemble("A", "END\n")).size(), 101U);
  // Two molecules side by side under one name are two chains.
  EXPECT_THAT(chain_lengths(read_pdb(pdb_text(chain(12)) + "TER\n" + pdb_text(chain(12, 6)))),
              ElementsAre(12, 12));
}

}  // namespace
}  // namespace potential::test
