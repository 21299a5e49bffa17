#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <potential/scoring/score.hpp>
#include <potential/structure/from_atoms.hpp>
#include <potential/support/error.hpp>
#include <random>

#include "common/peptide.hpp"

namespace potential {
namespace {

const Calibration calibration{{1.313, 0.1275, 0.79},
                              ResidueCalibration{1.130, 0.0513, 0.0638, 20, 1.04}};

PotentialTable random_table(const std::string& scheme) {
  PotentialTable table(
      TableAxes(load_scheme(scheme), DistanceBins::parse("half"), SeparationClasses::parse("1+")));
  std::mt19937 engine(5);
  for (auto& score : table.score.reshaped())
    score = static_cast<double>(engine()) / 4294967296.0 - 0.5;
  table.calibration = calibration;
  return table;
}

std::vector<test::PdbAtom> peptide(std::size_t residues) {
  const std::vector<std::string> some = {"MET", "ALA", "GLY", "SER", "LEU", "TRP", "CYS"};
  std::vector<std::string> sequence;
  for (std::size_t i = 0; i < residues; ++i) sequence.push_back(some[i % some.size()]);
  return test::random_chain(sequence, "A", 7);
}

Model model_of(const std::vector<test::PdbAtom>& atoms, const Scheme& scheme) {
  Atoms columns;
  std::vector<double> coordinates;
  for (const test::PdbAtom& atom : atoms) {
    columns.atom_names.push_back(atom.name);
    columns.residue_names.push_back(atom.residue);
    columns.residue_numbers.push_back(atom.number);
    coordinates.insert(coordinates.end(), {atom.x, atom.y, atom.z});
  }
  return from_atoms(columns, Coordinates(coordinates.data(), atoms.size()), scheme);
}

ModelScore score(const PotentialTable& table, const Model& model, Normalization by,
                 bool per_residue = true) {
  return SiteScorer(make_scoring_table(table)).score(model, by, per_residue);
}

double logistic(double x) { return 1 / (1 + std::exp(x)); }

TEST(Quality, OfAModelComesFromItsScorePerResidueWhateverItRanksBy) {
  const PotentialTable table = random_table("heavy-atom");
  const Model model = model_of(peptide(40), table.axes.scheme);
  const double total = score(table, model, Normalization::total).score;
  for (const auto by : {Normalization::total, Normalization::residue, Normalization::contact}) {
    const auto quality = score(table, model, by, false).quality;
    ASSERT_TRUE(quality);
    const double x = 1.313 + 0.1275 * total / 40;
    EXPECT_NEAR(quality->value, logistic(x), 1e-12);
    EXPECT_NEAR(quality->low, logistic(x + 1.2816 * 0.79), 1e-12);
    EXPECT_NEAR(quality->high, logistic(x - 1.2816 * 0.79), 1e-12);
  }
}

/// By the definition, every pair of residues looked at.
/// @param places  x, y, z of each residue, Å
std::vector<double> local_means(const std::vector<ResidueScore>& residues,
                                const std::vector<std::array<double, 3>>& places) {
  std::vector<double> means;
  for (const auto& here : places) {
    double sum = 0, weights = 0;
    for (std::size_t j = 0; j < places.size(); ++j) {
      const double distance =
          std::hypot(here[0] - places[j][0], here[1] - places[j][1], here[2] - places[j][2]);
      const double weight = std::max(0.0, 1 - distance / 20);
      sum += weight * residues[j].score;
      weights += weight;
    }
    means.push_back(sum / weights);
  }
  return means;
}

/// Where residues stand: their atoms of that name, GLY's CA where it has none.
std::vector<std::array<double, 3>> places_of(const std::vector<test::PdbAtom>& atoms,
                                             const std::string& name) {
  const auto milli = [](double x) { return std::round(x * 1000) / 1000; };
  std::vector<std::array<double, 3>> places;
  for (const test::PdbAtom& atom : atoms)
    if (atom.name == (atom.residue == "GLY" ? "CA" : name))
      places.push_back({milli(atom.x), milli(atom.y), milli(atom.z)});
  return places;
}

TEST(Quality, OfResiduesIsThatOfTheScoresAroundTheirCaOrTheirSites) {
  const auto atoms = peptide(120);  // longer than two radii
  for (const auto& [scheme, place] : {std::pair("heavy-atom", "CA"),
                                      {"residue-ca", "CA"},
                                      {"residue-cb", "CB"},
                                      {"heavy-atom-centroid", "CA"}}) {
    const PotentialTable table = random_table(scheme);
    const auto row = score(table, model_of(atoms, table.axes.scheme), Normalization::residue);
    const auto means = local_means(row.per_residue, places_of(atoms, place));
    ASSERT_EQ(row.per_residue.size(), means.size());
    for (std::size_t i = 0; i < means.size(); ++i) {
      const auto& quality = row.per_residue[i].quality;
      ASSERT_TRUE(quality);
      const double x = 1.130 + 0.0513 * means[i] + 0.0638 * row.score;
      EXPECT_NEAR(quality->value, logistic(x), 1e-12);
      EXPECT_NEAR(quality->low, logistic(x + 1.2816 * 1.04), 1e-12);
      EXPECT_NEAR(quality->high, logistic(x - 1.2816 * 1.04), 1e-12);
    }
  }
}

TEST(Quality, FallsAsTheScoreRisesAndStaysBetween0And1) {
  PotentialTable table = random_table("residue-ca");
  const Model model = model_of(peptide(40), table.axes.scheme);
  double last = 2;
  for (const double level : {-1e4, -5.0, -1.0, 0.0, 1.0, 5.0, 1e4}) {
    table.score = level;
    const auto quality = score(table, model, Normalization::total).quality;
    ASSERT_TRUE(quality);
    EXPECT_LE(quality->low, quality->value);
    EXPECT_LE(quality->value, quality->high);
    EXPECT_LT(quality->value, last);
    EXPECT_GE(quality->low, 0);
    EXPECT_LE(quality->high, 1);
    last = quality->value;
  }
}

TEST(Quality, IsOnlyThereWhereThePotentialIsCalibrated) {
  PotentialTable table = random_table("residue-ca");
  const Model model = model_of(peptide(20), table.axes.scheme);
  table.calibration->residue.reset();
  const auto models_only = score(table, model, Normalization::total);
  EXPECT_TRUE(models_only.quality);
  EXPECT_FALSE(models_only.per_residue[0].quality);
  table.calibration.reset();
  const auto neither = score(table, model, Normalization::total);
  EXPECT_FALSE(neither.quality);
  EXPECT_FALSE(neither.per_residue[0].quality);
  EXPECT_EQ(neither.score, models_only.score);
}

TEST(Calibration, ConstantsThatMakeNoSenseAreRefused) {
  EXPECT_NO_THROW(require_usable(calibration));
  const auto refused = [](auto change) {
    Calibration changed = calibration;
    change(changed);
    EXPECT_THROW(require_usable(changed), UsageError);
  };
  refused([](Calibration& c) { c.model.intercept = INFINITY; });
  refused([](Calibration& c) { c.model.slope = 0; });
  refused([](Calibration& c) { c.model.sd = -1; });
  refused([](Calibration& c) { c.residue->intercept = NAN; });
  refused([](Calibration& c) { c.residue->local_slope = -0.1; });
  refused([](Calibration& c) { c.residue->model_slope = -0.1; });
  refused([](Calibration& c) { c.residue->radius = 0; });
  refused([](Calibration& c) { c.residue->sd = NAN; });
}

}  // namespace
}  // namespace potential
