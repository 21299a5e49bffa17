#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <potential/evaluation/docking.hpp>
#include <potential/support/error.hpp>
#include <random>

namespace potential {
namespace {

/// A chain of alanines with five atoms each about a line of CA atoms.
struct TestChain {
  std::string name;
  std::vector<std::string> residues;
  Eigen::Matrix3Xd atoms;  ///< N, CA, C, O, CB of each residue
};

TestChain chain(const std::string& name, const std::string& letters, double x, unsigned seed) {
  std::mt19937_64 generator(seed);
  std::normal_distribution<double> normal(0, 0.8);
  TestChain result{name, {}, Eigen::Matrix3Xd(3, 5 * static_cast<int>(letters.size()))};
  for (std::size_t i = 0; i < letters.size(); ++i) {
    result.residues.push_back(letters[i] == 'A' ? "ALA" : letters[i] == 'S' ? "SER" : "VAL");
    for (int k = 0; k < 5; ++k)
      result.atoms.col(static_cast<int>(5 * i) + k) =
          Eigen::Vector3d(x + normal(generator), normal(generator), 3.8 * i + normal(generator));
  }
  return result;
}

TestChain moved(TestChain chain, const Eigen::Isometry3d& by) {
  chain.atoms = by * chain.atoms.colwise().homogeneous();
  return chain;
}

Model model_of(const std::vector<TestChain>& chains, int first_number = 1) {
  static const Scheme scheme = docking_scheme();
  static const char* const names[] = {"N", "CA", "C", "O", "CB"};
  Model model;
  model.id = "test";
  for (const TestChain& chain : chains) {
    const auto c = static_cast<std::uint32_t>(model.chains.size());
    model.chains.push_back({chain.name, static_cast<std::uint32_t>(chain.residues.size())});
    for (std::size_t i = 0; i < chain.residues.size(); ++i) {
      const auto r = static_cast<std::uint32_t>(model.residues.size());
      model.residues.push_back(
          {chain.residues[i], first_number + static_cast<int>(i), ' ', c, static_cast<int>(i)});
      for (int k = 0; k < 5; ++k) {
        const Eigen::Vector3d at = 1000 * chain.atoms.col(static_cast<int>(5 * i) + k);
        model.x.push_back(static_cast<std::int32_t>(std::lround(at[0])));
        model.y.push_back(static_cast<std::int32_t>(std::lround(at[1])));
        model.z.push_back(static_cast<std::int32_t>(std::lround(at[2])));
        model.type.push_back(
            static_cast<std::uint16_t>(scheme.find(chain.residues[i] + ":" + names[k])));
        model.residue.push_back(r);
      }
    }
  }
  return model;
}

const std::string first_letters = "ASVASSVAVVASVSAA", second_letters = "VVSASAVASSAVAVSS";

class Docking : public ::testing::Test {
 protected:
  Docking() {
    motion = Eigen::AngleAxisd(1.1, Eigen::Vector3d(1, 2, -1).normalized());
    motion.translation() = Eigen::Vector3d(20, -7, 3);
  }
  static BoundComplex complex(const std::vector<TestChain>& chains, const std::string& partners) {
    return {model_of(chains), docking_scheme(), ChainGroups::parse(partners)};
  }
  TestChain a = chain("A", first_letters, 0, 1), b = chain("B", second_letters, 5, 2);
  Eigen::Isometry3d motion;
};

TEST_F(Docking, OfTheBoundComplexItselfIsPerfectWhereverItStands) {
  const BoundComplex bound = complex({a, b}, "A:B");
  for (const Eigen::Isometry3d& by : {Eigen::Isometry3d::Identity(), motion}) {
    const DockingSimilarity same = bound.compare(model_of({moved(a, by), moved(b, by)}));
    EXPECT_EQ(same.fnat, 1);
    EXPECT_GT(same.native_contacts, 10u);
    EXPECT_NEAR(same.irmsd, 0, 0.002);  // rounding to 0.001 Å
    EXPECT_NEAR(same.lrmsd, 0, 0.002);
    EXPECT_NEAR(same.dockq, 1, 1e-5);
    EXPECT_EQ(same.capri, CapriClass::high);
  }
}

TEST_F(Docking, ALigandThatIsShiftedHasThatLrmsd) {
  const BoundComplex bound = complex({a, b}, "A:B");
  Eigen::Isometry3d shift = Eigen::Isometry3d::Identity();
  for (const double by : {0.5, 3.0, 40.0}) {
    shift.translation() = Eigen::Vector3d(by, 0, 0);
    const DockingSimilarity found = bound.compare(model_of({a, moved(b, shift)}));
    EXPECT_NEAR(found.lrmsd, by, 0.001);
    EXPECT_LT(found.irmsd, by);  // both partners take part in its superposition
    if (by == 40) {
      EXPECT_EQ(found.fnat, 0);
      EXPECT_EQ(found.capri, CapriClass::incorrect);
    }
    EXPECT_NEAR(found.dockq,
                (found.fnat + 1 / (1 + std::pow(found.irmsd / 1.5, 2)) +
                 1 / (1 + std::pow(found.lrmsd / 8.5, 2))) /
                    3,
                1e-12);
    // The receptor is the first partner: all else the same, LRMSD is that of the other.
    const DockingSimilarity other = complex({a, b}, "B:A").compare(model_of({a, moved(b, shift)}));
    EXPECT_EQ(other.fnat, found.fnat);
    EXPECT_NEAR(other.irmsd, found.irmsd, 1e-9);
  }
}

TEST_F(Docking, CopiesOfAChainAreMatchedBothWays) {
  const TestChain copy = chain("B", first_letters, 5, 3);
  const BoundComplex bound = complex({a, copy}, "A:B");
  TestChain as_b = a, as_a = copy;
  as_b.name = "B";
  as_a.name = "A";
  EXPECT_NEAR(bound.compare(model_of({as_a, as_b})).dockq, 1, 1e-5);
  EXPECT_NEAR(bound.compare(model_of({a, copy})).dockq, 1, 1e-5);
  // Chains of other proteins are not exchanged.
  as_b = b;
  as_b.name = "A";
  as_a = a;
  as_a.name = "B";
  EXPECT_NEAR(complex({a, b}, "A:B").compare(model_of({as_b, as_a})).dockq, 1, 1e-5);
}

TEST_F(Docking, PartnersMayHaveSeveralChainsOfAnyNamesAndNumbers) {
  const TestChain c = chain("C", "VAVAVASSSSAVVAVA", -4, 4);
  const BoundComplex bound = complex({a, b, c}, "C,A:B");
  TestChain x = a, y = b, z = c;
  x.name = "X";
  y.name = "Y";
  z.name = "Z";
  const DockingSimilarity found = bound.compare(model_of({y, z, x}, 301));
  EXPECT_NEAR(found.dockq, 1, 1e-5);
  EXPECT_GE(found.native_contacts,
            complex({a, b}, "A:B").compare(model_of({a, b})).native_contacts);
  EXPECT_THROW(bound.compare(model_of({a, b})), Error);  // no C
}

TEST_F(Docking, ResiduesThatThePoseLacksHaveNoContacts) {
  const BoundComplex bound = complex({a, b}, "A:B");
  TestChain part = b;
  part.residues.resize(12);
  part.atoms.conservativeResize(3, 60);
  const DockingSimilarity found = bound.compare(model_of({a, part}));
  EXPECT_LT(found.fnat, 1);
  EXPECT_NEAR(found.irmsd, 0, 0.002);
  EXPECT_NEAR(found.lrmsd, 0, 0.002);
}

TEST_F(Docking, WhatIsNoComplexIsRefused) {
  EXPECT_THROW(complex({a, b}, "A:C"), Error);
  Eigen::Isometry3d away = Eigen::Isometry3d::Identity();
  away.translation() = Eigen::Vector3d(100, 0, 0);
  EXPECT_THROW(complex({a, moved(b, away)}, "A:B"), Error);
}

TEST(DockingFigure, IsFoundByName) {
  DockingSimilarity found;
  found.dockq = 1;
  found.fnat = 2;
  found.irmsd = 3;
  found.lrmsd = 4;
  EXPECT_EQ(docking_figure(found, "dockq"), 1.0);
  EXPECT_EQ(docking_figure(found, "fnat"), 2.0);
  EXPECT_EQ(docking_figure(found, "irmsd"), 3.0);
  EXPECT_EQ(docking_figure(found, "lrmsd"), 4.0);
  EXPECT_FALSE(docking_figure(found, "rmsd"));
}

}  // namespace
}  // namespace potential
