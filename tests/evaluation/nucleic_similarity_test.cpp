#include <gtest/gtest.h>

#include <potential/evaluation/similarity.hpp>
#include <potential/support/error.hpp>
#include <random>

#include "evaluation/decoys.hpp"

namespace potential {
namespace {

using testing::random_chain;

/// P, C3' and C1' of each nucleotide of a random chain.
NucleicAtoms random_rna(int nucleotides, std::mt19937_64& generator) {
  const Points chain = random_chain(nucleotides, generator);
  NucleicAtoms atoms;
  atoms.positions.resize(3, 3 * nucleotides);
  const char* const names[] = {"P", "C3'", "C1'"};
  const char* const bases[] = {"A", "C", "G", "U"};
  for (int i = 0; i < nucleotides; ++i) {
    atoms.residues.push_back({"A", i + 1, ' ', bases[generator() % 4]});
    for (int k = 0; k < 3; ++k) {
      atoms.residue.push_back(static_cast<std::uint32_t>(i));
      atoms.name.emplace_back(names[k]);
      atoms.positions.col(3 * i + k) = 1.5 * chain.col(i) + Eigen::Vector3d(k, k * k, 0);
    }
  }
  return atoms;
}

TEST(NucleicSimilarity, OfAStructureToItselfIsPerfect) {
  std::mt19937_64 generator(1);
  const NucleicAtoms native = random_rna(40, generator);
  const Similarity same = compare(native, native, RmsdAtoms::c1);
  EXPECT_EQ(same.matched, 40u);
  EXPECT_NEAR(same.rmsd.value(), 0, 1e-6);
  EXPECT_NEAR(same.tm_score, 1, 1e-9);
  EXPECT_NEAR(same.lddt.value(), 1, 1e-12);
  EXPECT_THROW(compare(native, NucleicAtoms{}, RmsdAtoms::c1), UsageError);
}

TEST(NucleicSimilarity, RmsdIsOverTheAtomsAskedFor) {
  std::mt19937_64 generator(2);
  const NucleicAtoms native = random_rna(30, generator);
  NucleicAtoms model = native;
  std::normal_distribution<double> noise(0, 2);
  for (std::size_t atom = 0; atom < model.name.size(); ++atom)
    if (model.name[atom] == "P")
      for (int axis = 0; axis < 3; ++axis)
        model.positions(axis, static_cast<Eigen::Index>(atom)) += noise(generator);
  EXPECT_NEAR(compare(model, native, RmsdAtoms::c1).rmsd.value(), 0, 1e-6);
  EXPECT_NEAR(compare(model, native, RmsdAtoms::c3).rmsd.value(), 0, 1e-6);
  const double p = compare(model, native, RmsdAtoms::p).rmsd.value();
  const double heavy = compare(model, native, RmsdAtoms::heavy).rmsd.value();
  EXPECT_GT(p, 2);
  EXPECT_GT(heavy, 1);
  EXPECT_LT(heavy, p);
  EXPECT_NEAR(compare(model, native, RmsdAtoms::p).tm_score, 1, 1e-9);
  EXPECT_LT(compare(model, native, RmsdAtoms::p).lddt.value(), 0.95);
}

TEST(NucleicSimilarity, LddtCountsEveryPairOfTwoNucleotides) {
  std::mt19937_64 generator(3);
  const NucleicAtoms native = random_rna(25, generator);
  NucleicAtoms model = native;
  std::normal_distribution<double> noise(0, 1.5);
  for (Eigen::Index k = 0; k < model.positions.size(); ++k)
    model.positions.data()[k] += noise(generator);
  model.residues[3].name = "XXX";  // the model lacks it
  double kept = 0, all = 0;
  for (Eigen::Index a = 0; a < 75; ++a)
    for (Eigen::Index b = a + 1; b < 75; ++b) {
      if (a / 3 == b / 3) continue;
      const double wanted = (native.positions.col(a) - native.positions.col(b)).norm();
      if (wanted >= 15) continue;
      all += 4;
      if (a / 3 == 3 || b / 3 == 3) continue;
      const double found = (model.positions.col(a) - model.positions.col(b)).norm();
      for (const double threshold : {0.5, 1.0, 2.0, 4.0})
        kept += std::abs(found - wanted) <= threshold;
    }
  EXPECT_NEAR(compare(model, native, RmsdAtoms::c1).lddt.value(), kept / all, 1e-12);
}

TEST(NucleicSimilarity, NumbersThatDifferAreAlignedByBases) {
  std::mt19937_64 generator(4);
  const NucleicAtoms native = random_rna(40, generator);
  NucleicAtoms model = native;
  for (ResidueId& residue : model.residues) residue.number += 100;
  const Similarity found = compare(model, native, RmsdAtoms::c1);
  EXPECT_TRUE(found.by_sequence);
  EXPECT_EQ(found.matched, 40u);
}

TEST(NucleicSimilarity, TheScaleOfTmScoresIsThatOfRna) {
  // Gong, Zhang & Zhang 2019: RNA-align.
  EXPECT_NEAR(tm_distance(100, Polymer::nucleic_acid), 0.6 * std::sqrt(99.5) - 2.5, 1e-12);
  EXPECT_NEAR(tm_distance(30, Polymer::nucleic_acid), 0.7589, 1e-4);
  const std::pair<std::size_t, double> table[] = {{5, 0.3},  {11, 0.3}, {12, 0.4}, {16, 0.5},
                                                  {20, 0.6}, {24, 0.7}, {29, 0.7}};
  for (const auto& [length, d0] : table)
    EXPECT_EQ(tm_distance(length, Polymer::nucleic_acid), d0) << length;
  EXPECT_NEAR(tm_distance(100, Polymer::protein), 1.24 * std::cbrt(85.0) - 1.8, 1e-12);
  // One of 100 nucleotides 5 Å away, all others in their place.
  std::mt19937_64 generator(5);
  const Points native = random_chain(100, generator);
  Points model = native;
  model(0, 50) += 5;
  const double d0 = tm_distance(100, Polymer::nucleic_acid);
  EXPECT_NEAR(fit_scores(model, native, 100, Polymer::nucleic_acid).tm_score,
              (99 + 1 / (1 + 25 / (d0 * d0))) / 100, 2e-3);
  EXPECT_EQ(parse_rmsd_atoms("P"), RmsdAtoms::p);
  EXPECT_THROW(parse_rmsd_atoms("CA"), UsageError);
}

}  // namespace
}  // namespace potential
