#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <potential/support/error.hpp>
#include <potential/workflow/evaluate.hpp>
#include <potential/workflow/score.hpp>
#include <random>
#include <set>

#include "common/peptide.hpp"
#include "common/test_files.hpp"

namespace potential {
namespace {
using test::Folder;
using testing::HasSubstr;

const std::vector<std::string> sequence = {"MET", "ALA", "GLY", "SER", "LEU", "LYS", "GLU",
                                           "TRP", "PHE", "GLY", "CYS", "ALA", "VAL", "THR"};

/// Chains of chance that begin 4 Å from each other, chain k moved by k times `apart` Å.
std::string complex_text(const std::string& chains, double apart = 0) {
  std::string text;
  unsigned seed = 1;
  for (const char chain : chains) {
    auto atoms = test::random_chain(sequence, std::string(1, chain), seed);
    const test::PdbAtom first = atoms.front();
    for (auto& atom : atoms) {
      atom.x += apart * (seed - 1) - first.x;
      atom.y -= first.y;
      atom.z += 4.0 * (seed - 1) - first.z;
    }
    text += test::pdb_text(atoms);
    text.erase(text.rfind("END\n"));
    ++seed;
  }
  return text + "END\n";
}

PotentialTable random_table(const std::string& separations,
                            const std::string& scheme = "heavy-atom") {
  PotentialTable table(TableAxes(load_scheme(scheme), DistanceBins::parse("half"),
                                 SeparationClasses::parse(separations)));
  std::mt19937 engine(5);
  for (auto& score : table.score.reshaped()) score = engine() / 4294967296.0 - 0.5;
  for (auto& error : table.standard_error.reshaped()) error = engine() / 4294967296.0;
  return table;
}

Model read(const std::string& path, const Scheme& scheme) {
  InputFile file;
  file.id = file.path = path;
  return StructureReader(scheme, {}).read(file).front();
}

/// Calls f(cell row, bin) for each pair between chains, by the definition.
template <class Wanted, class Visit>
void for_each_pair(const Model& model, const PotentialTable& table, Wanted wanted, Visit visit) {
  const auto chain = [&](std::size_t site) { return model.residues[model.residue[site]].chain; };
  for (std::size_t j = 0; j < model.size(); ++j)
    for (std::size_t i = 0; i < j; ++i) {
      if (chain(i) == chain(j) || !wanted(model.chains[chain(i)].name, model.chains[chain(j)].name))
        continue;
      const std::int64_t x = model.x[i] - model.x[j], y = model.y[i] - model.y[j],
                         z = model.z[i] - model.z[j];
      const int bin = table.axes.bins.find_squared(x * x + y * y + z * z);
      const auto [first, second] = std::minmax(model.type[i], model.type[j]);
      if (bin >= 0)
        visit(table.axes.separations.of_different_chains() * Eigen::Index{table.axes.rows()} +
                  table.axes.pairs.row(first, second),
              bin);
    }
}

ModelScore between(const std::string& path, const PotentialTable& table, const std::string& groups,
                   bool interfaces = false) {
  ScoreOptions options;
  options.between = ChainGroups::parse(groups);
  options.interfaces = interfaces;
  options.per_residue = true;
  return score_inputs({path}, table, options).front();
}

TEST(Between, IsTheSumOverPairsOfTheGroups) {
  const Folder folder;
  const std::string path = folder.write("x.pdb", complex_text("ABCD"));
  for (const char* separations : {"inter", "1+/inter", "1,2+,inter"}) {
    const PotentialTable table = random_table(separations);
    const Model model = read(path, table.axes.scheme);
    double sum = 0;
    std::uint64_t contacts = 0;
    const auto wanted = [](const std::string& a, const std::string& b) {
      const auto first = [](const std::string& c) { return c == "A" || c == "B"; };
      return (first(a) && b == "D") || (first(b) && a == "D");
    };
    for_each_pair(model, table, wanted, [&](Eigen::Index row, int bin) {
      sum += table.score(row, bin);
      ++contacts;
    });
    const ModelScore row = between(path, table, "B,A:D");
    ASSERT_TRUE(row.scored);
    EXPECT_NEAR(row.score, sum, 1e-9);
    EXPECT_EQ(row.contacts, contacts);
    double by_residue = 0;
    for (const ResidueScore& residue : row.per_residue) {
      by_residue += residue.score;
      if (residue.chain == "C") {
        EXPECT_EQ(residue.contacts, 0U);
      }
    }
    EXPECT_NEAR(by_residue, sum, 1e-9);
  }
}

TEST(Between, OfEachTwoChainsGivesTheRowsOfTheInterfaces) {
  const Folder folder;
  const std::string path = folder.write("x.pdb", complex_text("ABCD"));
  const PotentialTable table = random_table("1+,inter");
  ScoreOptions options;
  options.interfaces = true;
  const auto rows = score_inputs({path}, table, options).front().interfaces;
  ASSERT_EQ(rows.size(), 6U);
  double total = 0;
  for (const InterfaceScore& row : rows) {
    const ModelScore alone = between(path, table, row.first + ":" + row.second);
    EXPECT_EQ(alone.score, row.score) << "to the last bit";
    EXPECT_EQ(alone.contacts, row.contacts);
    total += row.score;
  }
  EXPECT_EQ(rows[0].score + rows[1].score + rows[2].score, between(path, table, "A:B,C,D").score);
  // All pairs between chains, by a potential that knows no others.
  const auto all = in_classes(table, SeparationClasses::parse("inter"));
  EXPECT_NEAR(score_inputs({path}, all, {}).front().score, total, 1e-9);
  // A potential with few bits (as the shipped ones): to the last bit too.
  PotentialTable coarse = all;
  coarse.score = (coarse.score * 256).rint() / 256;
  total = 0;
  const auto scored = score_inputs({path}, coarse, options);
  for (const InterfaceScore& row : scored.front().interfaces) total += row.score;
  EXPECT_EQ(score_inputs({path}, coarse, {}).front().score, total);
}

TEST(Interfaces, HaveTheStandardErrorOfTheirCellsAndTheResiduesThatTouch) {
  const Folder folder;
  const std::string path = folder.write("x.pdb", complex_text("AB"));
  const PotentialTable table = random_table("inter");
  ScoreOptions options;
  options.interfaces = true;
  const auto rows = score_inputs({path}, table, options).front().interfaces;
  ASSERT_EQ(rows.size(), 1U);
  std::map<std::pair<Eigen::Index, int>, double> cells;
  const Model model = read(path, table.axes.scheme);
  for_each_pair(
      model, table, [](auto&, auto&) { return true; },
      [&](Eigen::Index row, int bin) {
        ++cells[{row, bin}];
      });
  double variance = 0;
  for (const auto& [cell, count] : cells)
    variance += std::pow(count * table.standard_error(cell.first, cell.second), 2);
  EXPECT_NEAR(rows[0].standard_error, std::sqrt(variance), 1e-5 * std::sqrt(variance));

  // The peptides have no atoms but those of the scheme.
  std::set<std::uint32_t> touching;
  for (std::size_t i = 0; i < model.size(); ++i)
    for (std::size_t j = 0; j < model.size(); ++j) {
      const double d =
          std::hypot(model.x[i] - model.x[j], model.y[i] - model.y[j], model.z[i] - model.z[j]);
      if (model.residues[model.residue[i]].chain != model.residues[model.residue[j]].chain &&
          d < 5000)
        touching.insert(model.residue[i]);
    }
  EXPECT_EQ(rows[0].first_residues.size() + rows[0].second_residues.size(), touching.size());
  EXPECT_GT(touching.size(), 4U);
}

TEST(Interfaces, AreThoseOfHeavyAtomsWhateverTheTypes) {
  const Folder folder;
  const std::string path = folder.write("x.pdb", complex_text("ABC"));
  ScoreOptions options;
  options.interfaces = true;
  const auto atoms = score_inputs({path}, random_table("inter"), options).front().interfaces;
  const auto residues =
      score_inputs({path}, random_table("inter", "residue-ca"), options).front().interfaces;
  ASSERT_EQ(atoms.size(), residues.size());
  for (std::size_t k = 0; k < atoms.size(); ++k) {
    EXPECT_EQ(atoms[k].first_residues.size(), residues[k].first_residues.size());
    EXPECT_EQ(atoms[k].second_residues.size(), residues[k].second_residues.size());
  }
}

TEST(Between, ChainsApartScoreNothingAndMissingOnesHaveNoScore) {
  const Folder folder;
  const std::string apart = folder.write("apart.pdb", complex_text("AB", 200));
  const std::string lone = folder.write("lone.pdb", complex_text("A"));
  ScoreOptions options;
  options.between = ChainGroups::parse("A:B");
  const auto rows = score_inputs({apart, lone}, random_table("1+,inter"), options);
  EXPECT_TRUE(rows[0].scored);
  EXPECT_EQ(rows[0].score, 0);
  EXPECT_FALSE(rows[1].scored);
  EXPECT_THAT(rows[1].warnings.back(), HasSubstr("no chain B"));
  EXPECT_THROW(score_inputs({apart}, random_table("1+"), options), UsageError);
  // A potential of interfaces alone says nothing about a single chain.
  options.between.reset();
  const auto plain = score_inputs({apart, lone}, random_table("inter"), options);
  EXPECT_TRUE(plain[0].scored);
  EXPECT_FALSE(plain[1].scored);
}

/// What the observer was told of models.
std::vector<std::string> notes_of(const std::function<void(const RunObserver&)>& run) {
  std::vector<std::string> notes;
  RunObserver observer;
  observer.on_note = [&](const std::string& id, const std::string& note) {
    notes.push_back(id + ": " + note);
  };
  run(observer);
  return notes;
}

TEST(Parts, OfAComplexAreThoseOfItsChainsAndOfItsInterfaces) {
  const Folder folder;
  const std::string path = folder.write("x.pdb", complex_text("ABC"));
  PotentialTable table = random_table("1-4,5+,inter");
  table.score = (table.score * 256).rint() / 256;  // sums are exact in any order
  table.calibration = Calibration{{1, 0.1, 1}, ResidueCalibration{1, 0.1, 0.1, 20, 1}};
  PotentialTable chains = in_classes(table, SeparationClasses::parse("1-4,5+"));
  chains.calibration = table.calibration;
  ScoreOptions options;
  options.per_residue = options.interfaces = true;
  const ModelScore both = score_inputs({path}, table, options).front();
  const ModelScore alone = score_inputs({path}, chains, options).front();
  double interfaces = 0;
  for (const InterfaceScore& pair : both.interfaces) interfaces += pair.score;
  EXPECT_EQ(both.between_chains, interfaces);
  EXPECT_EQ(both.within_chains, alone.score);
  EXPECT_EQ(both.score, alone.score + interfaces);
  EXPECT_NE(interfaces, 0);
  EXPECT_TRUE(std::isnan(alone.between_chains) && std::isnan(alone.within_chains));
  EXPECT_EQ(both.quality->value, alone.quality->value);
  for (std::size_t r = 0; r < both.per_residue.size(); ++r)
    EXPECT_EQ(both.per_residue[r].quality->value, alone.per_residue[r].quality->value);
  options.normalize = Normalization::residue;
  EXPECT_EQ(score_inputs({path}, table, options).front().between_chains,
            interfaces / both.residues);
}

TEST(Parts, AreOfModelsWithSeveralChainsAndOfPotentialsThatJudgeBoth) {
  const Folder folder;
  const std::string two = folder.write("two.pdb", complex_text("AB"));
  const std::string one = folder.write("one.pdb", complex_text("A"));
  const std::string apart = folder.write("apart.pdb", complex_text("AB", 300));
  const auto part = [](const std::string& path, const std::string& classes) {
    return score_inputs({path}, random_table(classes), {}).front().between_chains;
  };
  EXPECT_FALSE(std::isnan(part(two, "1+/inter")));
  EXPECT_EQ(part(apart, "1+/inter"), 0);
  EXPECT_TRUE(std::isnan(part(one, "1+/inter")));
  EXPECT_TRUE(std::isnan(part(two, "1+")));
  EXPECT_TRUE(std::isnan(part(two, "inter")));
}

TEST(Touching, ChainsThatThePotentialDoesNotJudgeAreSaidOnceAndInEachRow) {
  const Folder folder;
  folder.write("a.pdb", complex_text("ABC"));
  folder.write("b.pdb", complex_text("AB"));
  folder.write("c.pdb", complex_text("AB", 200));
  for (const char* scheme : {"heavy-atom", "residue-ca"}) {
    std::vector<ModelScore> rows;
    const auto score = [&](const PotentialTable& table) {
      return notes_of([&](const RunObserver& observer) {
        ScoreOptions options;
        options.observer = observer;
        options.standard_error = false;
        rows = score_inputs({folder.path()}, table, options);
      });
    };
    const auto notes = score(random_table("1+", scheme));
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_THAT(notes[0], HasSubstr("a.pdb: chains that touch (A and B, B and C)"));
    for (const ModelScore& row : rows) {
      const bool touch = row.id.find("c.pdb") == std::string::npos;
      EXPECT_EQ(!row.unscored_interfaces.empty(), touch) << row.id;
      EXPECT_EQ(testing::Matches(testing::Contains(HasSubstr("chains that touch")))(row.warnings),
                touch);
    }
    EXPECT_TRUE(score(random_table("1+,inter", scheme)).empty());
    for (const ModelScore& row : rows) EXPECT_TRUE(row.unscored_interfaces.empty());
  }
}

TEST(Touching, IsSaidOnceByAnEvaluation) {
  const Folder folder;
  Target target{"t", folder.write("native.pdb", complex_text("AB")), {folder.path() + "/models"}};
  folder.write("models/a.pdb", complex_text("AB", 0.3));
  folder.write("models/b.pdb", complex_text("AB", 0.6));
  folder.write("models/c.pdb", complex_text("AB", 0.9));
  const auto notes = notes_of([&](const RunObserver& observer) {
    EvaluateOptions options;
    options.observer = observer;
    evaluate_target(target, random_table("1+"), options);
  });
  EXPECT_EQ(
      std::count_if(notes.begin(), notes.end(), testing::Matches(HasSubstr("chains that touch"))),
      1);
  EvaluateOptions options;
  options.between = ChainGroups::parse("A:B");
  const PotentialTable table = random_table("1+,inter");
  const auto evaluated = evaluate_target(target, table, options);
  for (const ScoredModel& model : evaluated.models.scores.models)
    EXPECT_EQ(model.score, between(model.id, table, "A:B").score);
}

TEST(Chains, AreTakenAsAskedFor) {
  const Folder folder;
  const std::string path = folder.write("x.pdb", complex_text("ABC"));
  const PotentialTable table = random_table("1+,inter");
  ScoreOptions options;
  options.read.chains = {"A", "C"};
  const auto row = score_inputs({path}, table, options).front();
  EXPECT_EQ(row.id, path);
  EXPECT_EQ(row.residues, 2 * sequence.size());
  options.read.chains = {"X"};
  EXPECT_THROW(score_inputs({path}, table, options), Error);
}

}  // namespace
}  // namespace potential
