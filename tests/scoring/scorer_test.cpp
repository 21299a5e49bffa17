// Scorer beside the scorer of models, and what it refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <potential/scoring/scorer.hpp>
#include <potential/support/error.hpp>

#include "common/peptide.hpp"

namespace potential {
namespace {

struct Peptide {
  Peptide() {
    for (const test::PdbAtom& atom :
         test::random_chain({"MET", "ALA", "GLY", "SER", "LEU", "TRP", "CYS", "ALA"}, "A", 3)) {
      atoms.atom_names.push_back(atom.name);
      atoms.residue_names.push_back(atom.residue);
      atoms.residue_numbers.push_back(atom.number);
      xyz.insert(xyz.end(), {atom.x, atom.y, atom.z});
    }
  }
  std::size_t size() const { return atoms.atom_names.size(); }
  Topology topology(const Scheme& scheme) const {
    return Topology::from_atoms(atoms, {xyz.data(), size()}, scheme);
  }
  Atoms atoms;
  std::vector<double> xyz;
};

PotentialTable table_of(const std::string& scheme) {
  PotentialTable table(
      TableAxes(load_scheme(scheme), DistanceBins::parse("half"), SeparationClasses::parse("1+")));
  double score = 0;
  for (auto& cell : table.score.reshaped()) cell = std::sin(score += 1.7);
  return table;
}

TEST(Scorer, AFrameScoresAsTheModelOfItsAtoms) {
  const Peptide peptide;
  for (const std::string& scheme : shipped_scheme_names()) {
    if (!load_scheme(scheme).knows_residue("ALA")) continue;
    const PotentialTable table = table_of(scheme);
    const Scorer scorer(table, peptide.topology(table.axes.scheme));
    std::vector<double> moved(peptide.xyz);
    for (std::size_t k = 0; k < moved.size(); ++k) moved[k] += 0.2 * std::sin(2.0 * double(k));
    const Model model =
        from_atoms(peptide.atoms, {moved.data(), peptide.size()}, table.axes.scheme);
    SiteScorer models(make_scoring_table(table));
    FrameParts parts;
    parts.per_residue = true;
    const ModelScore expected = models.score(model, Normalization::total, true);
    const FrameScores scores = scorer.score(Frames(moved.data(), 1, peptide.size()), parts);
    EXPECT_EQ(scores.totals[0], expected.score) << scheme;
    EXPECT_EQ(scores.contacts[0], expected.contacts);
    ASSERT_EQ(scores.per_residue.size(), expected.per_residue.size());
    for (std::size_t r = 0; r < scores.per_residue.size(); ++r)
      EXPECT_EQ(scores.per_residue[r], expected.per_residue[r].score);
  }
}

TEST(Scorer, AChangeIsTheDifferenceOfTwoTotals) {
  const Peptide peptide;
  for (const std::string& scheme : shipped_scheme_names()) {
    if (!load_scheme(scheme).knows_residue("ALA")) continue;
    const PotentialTable table = table_of(scheme);
    const Scorer scorer(table, peptide.topology(table.axes.scheme));
    const std::size_t n = peptide.size();
    const double before = scorer.score(Frames(peptide.xyz.data(), 1, n)).totals[0];
    for (const std::size_t moved : {std::size_t{1}, std::size_t{6}, n}) {
      std::vector<double> after(peptide.xyz);
      for (std::size_t k = 0; k < 3 * moved; ++k) after[k] += std::sin(double(k));
      const Frames frames(after.data(), 1, n);
      EXPECT_NEAR(scorer.changes({peptide.xyz.data(), n}, frames)[0],
                  scorer.score(frames).totals[0] - before, 1e-9)
          << scheme << ' ' << moved;
    }
  }
}

TEST(Scorer, RefusesWhatItCannotScore) {
  const Peptide peptide;
  PotentialTable table = table_of("residue-cb");
  EXPECT_THROW(Scorer(table, peptide.topology(load_scheme("residue-ca"))), UsageError);
  table.score(3, 4) = std::numeric_limits<double>::infinity();
  const Scorer scorer(table, peptide.topology(table.axes.scheme));
  const Frames frames(peptide.xyz.data(), 1, peptide.size());
  EXPECT_NO_THROW(scorer.score(frames));
  EXPECT_THROW(scorer.energy_and_gradient(frames), UsageError);
  EXPECT_THROW(scorer.score(Frames(peptide.xyz.data(), 1, peptide.size() - 1)), UsageError);
  std::atomic<bool> cancel{true};
  EXPECT_THROW(scorer.score(frames, {}, {1, &cancel}), Cancelled);
}

}  // namespace
}  // namespace potential
