#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <potential/core/combine.hpp>
#include <potential/scoring/scorer.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/extract.hpp>
#include <potential/workflow/score.hpp>
#include <random>

#include "common/peptide.hpp"
#include "common/test_files.hpp"

namespace potential {
namespace {
using test::Folder;

const std::vector<std::string> sequence = {"MET", "ALA", "GLY", "SER", "LEU", "LYS", "GLU",
                                           "TRP", "PHE", "GLY", "CYS", "ALA", "VAL", "THR"};

std::string chain_text(unsigned seed) {
  return test::pdb_text(test::random_chain(sequence, "A", seed));
}

PotentialTable random_table(const std::string& scheme, const std::string& separations) {
  PotentialTable table(TableAxes(load_scheme(scheme), DistanceBins::parse("half"),
                                 SeparationClasses::parse(separations)));
  std::mt19937 engine(5);
  for (auto& score : table.score.reshaped())
    score = static_cast<double>(engine()) / 4294967296.0 - 0.5;
  return table;
}

/// The score by its definition: every counted pair times its cell.
double by_counts(const std::string& path, const PotentialTable& table) {
  const auto counts = extract({path}, table.axes, {});
  return (counts.counts.cast<double>() * table.score).sum();
}

TEST(Score, IsTheSumOfTheCellsOverAllContacts) {
  const Folder folder;
  for (const char* scheme : {"heavy-atom", "residue-cb"})
    for (const char* separations : {"1+", "1,2,3-4,5+"}) {
      const auto table = random_table(scheme, separations);
      const std::string path = folder.write("x.pdb", chain_text(3));
      const auto rows = score_inputs({path}, table, {});
      ASSERT_EQ(rows.size(), 1U);
      EXPECT_TRUE(rows[0].scored);
      EXPECT_NEAR(rows[0].score, by_counts(path, table), 1e-9);
      EXPECT_EQ(rows[0].contacts, extract({path}, table.axes, {}).counts.sum());
      EXPECT_EQ(rows[0].residues, sequence.size());
    }
}

/// A sum with a weight that depends on the residues of each model.
TEST(Score, WeighsTermsByTheSizeOfTheModel) {
  const Folder folder;
  const auto near = random_table("residue-cb", "1-4"), far = random_table("heavy-atom", "5+");
  CombineOptions options;
  options.names = {"near", "far"};
  options.types = load_scheme("heavy-atom");
  const auto weight = Weight::parse("2-5/sqrt(N+3)");
  const auto sum = combine({near, far}, {0.5, weight}, options);
  auto half = sequence;
  half.resize(7);
  const std::string long_one = folder.write("long.pdb", chain_text(3));
  const std::string short_one =
      folder.write("short.pdb", test::pdb_text(test::random_chain(half, "A", 4)));
  ScoreOptions with_errors;
  with_errors.standard_error = true;
  const auto rows = score_inputs({long_one, short_one}, sum, with_errors);
  ASSERT_EQ(rows.size(), 2U);
  for (const ModelScore& row : rows) {
    const double residues = row.id == long_one ? 14 : 7;
    EXPECT_EQ(row.residues, residues);
    const double expected =
        0.5 * by_counts(row.id, near) + (2 - 5 / std::sqrt(residues + 3)) * by_counts(row.id, far);
    EXPECT_NEAR(row.score, expected, 1e-9) << row.id;
    EXPECT_TRUE(std::isnan(row.standard_error));
    const Topology topology = Topology::read(row.id, sum.axes.scheme);
    const auto& atoms = topology.coordinates();
    EXPECT_EQ(Scorer(sum, topology).score({atoms.data(), 1, topology.atoms()}).totals[0],
              row.score);
  }
  EXPECT_THROW(make_scoring_table(sum), UsageError);
}

/// Also where the list has digests of sites in another scheme than the potential's.
TEST(Score, NamesModelsThatWereTrainedOn) {
  const Folder folder;
  const std::string known = folder.write("known.pdb", chain_text(3));
  const std::string other = folder.write("other.pdb", chain_text(4));
  auto table = random_table("heavy-atom-centroid", "1+");
  for (const char* types :
       {"heavy-atom", "residue-centroid", "heavy-atom-centroid", "residue-cb"}) {
    const TableAxes axes(load_scheme(types), table.axes.bins, table.axes.separations);
    const auto structure = extract({known}, axes, {}).structures.front();
    table.training = {{"elsewhere.cif", structure.sha256, types}};
    for (const ModelScore& row : score_inputs({known, other}, table, {})) {
      const auto& said = row.warnings;
      EXPECT_EQ(std::count(said.begin(), said.end(), "the potential was trained on it"),
                row.id == known)
          << types << " " << row.id;
    }
  }
  table.training.front().types = "nobody-knows";
  for (const ModelScore& row : score_inputs({known}, table, {}))
    EXPECT_THAT(row.warnings, testing::Not(testing::Contains(testing::HasSubstr("trained"))));
}

TEST(Score, NormalizationsDivideTheTotal) {
  const Folder folder;
  const auto table = random_table("heavy-atom", "1+");
  const std::string path = folder.write("x.pdb", chain_text(3));
  const auto score = [&](Normalization normalize) {
    ScoreOptions options;
    options.normalize = normalize;
    return score_inputs({path}, table, options)[0];
  };
  const auto total = score(Normalization::total);
  EXPECT_DOUBLE_EQ(score(Normalization::residue).score, total.score / 14);
  EXPECT_DOUBLE_EQ(score(Normalization::contact).score,
                   total.score / static_cast<double>(total.contacts));
}

TEST(Score, ResiduesShareEachPair) {
  const Folder folder;
  const auto table = random_table("heavy-atom", "1+");
  ScoreOptions options;
  options.per_residue = true;
  const auto row = score_inputs({folder.write("x.pdb", chain_text(9))}, table, options)[0];
  ASSERT_EQ(row.per_residue.size(), sequence.size());
  double sum = 0;
  std::uint64_t contacts = 0;
  for (const auto& residue : row.per_residue) {
    sum += residue.score;
    contacts += residue.contacts;
  }
  EXPECT_NEAR(sum, row.score, 1e-9);
  EXPECT_EQ(contacts, 2 * row.contacts);
  EXPECT_EQ(row.per_residue[2].name, "GLY");
  EXPECT_EQ(row.per_residue[2].number, 3);
  EXPECT_EQ(row.per_residue[2].chain, "A");
}

TEST(Score, TheSameToTheLastBitForAnyThreadsAndOrder) {
  const Folder folder;
  const auto table = random_table("heavy-atom", "1,2,3+");
  std::vector<std::string> inputs;
  for (unsigned seed = 0; seed < 30; ++seed)
    inputs.push_back(folder.write("m" + std::to_string(seed) + ".pdb", chain_text(seed)));
  ScoreOptions options;
  options.threads = 1;
  const auto expected = score_inputs(inputs, table, options);
  EXPECT_TRUE(std::is_sorted(expected.begin(), expected.end(),
                             [](const auto& a, const auto& b) { return a.score < b.score; }));
  std::reverse(inputs.begin(), inputs.end());
  options.threads = 3;
  const auto again = score_inputs(inputs, table, options);
  ASSERT_EQ(again.size(), expected.size());
  for (std::size_t i = 0; i < again.size(); ++i) {
    EXPECT_EQ(again[i].id, expected[i].id);
    EXPECT_EQ(again[i].score, expected[i].score);
  }
}

TEST(Score, ModelsInMemoryScoreAsTheirFilesDo) {
  const Folder folder;
  const auto table = random_table("heavy-atom", "1+");
  std::vector<std::string> inputs;
  std::vector<std::shared_ptr<const Model>> models;
  const StructureReader reader(table.axes.scheme, {});
  for (unsigned seed = 1; seed <= 5; ++seed) {
    const std::string path = folder.write("m" + std::to_string(seed) + ".pdb", chain_text(seed));
    inputs.push_back(path);
    InputFile file;
    file.id = file.path = path;
    models.push_back(std::make_shared<const Model>(reader.read(file).at(0)));
  }
  ScoreOptions options;
  options.per_residue = true;
  options.memory = 0;
  const auto expected = score_inputs(inputs, table, options);
  const auto rows = score_models(models, table, options);
  ASSERT_EQ(rows.size(), expected.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].id, expected[i].id);
    EXPECT_EQ(rows[i].score, expected[i].score);
    EXPECT_EQ(rows[i].standard_error, expected[i].standard_error);
    EXPECT_EQ(rows[i].warnings, expected[i].warnings);
    EXPECT_EQ(rows[i].per_residue.size(), sequence.size());
  }
  EXPECT_THROW(score_models({}, table, options), Error);
}

TEST(Score, WhatCannotBeScoredComesLastWithItsReason) {
  const Folder folder;
  const auto table = random_table("heavy-atom", "1+");
  const std::string good = folder.write("good.pdb", chain_text(1));
  const std::string bad = folder.write("a-bad.pdb", "");
  // One residue alone: sites, but no pair of residues.
  const std::string lone =
      folder.write("lone.pdb", test::pdb_text(test::random_chain({"ALA"}, "A", 1)));
  const auto rows = score_inputs({bad, lone, good}, table, {});
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].id, good);
  for (const std::size_t i : {1, 2}) {
    EXPECT_FALSE(rows[i].scored);
    EXPECT_FALSE(rows[i].warnings.empty());
  }
  EXPECT_THROW(score_inputs({bad, lone}, table, {}), Error);
  ScoreOptions strict;
  strict.strict = true;
  EXPECT_THROW(score_inputs({good, bad}, table, strict), Error);
}

TEST(Score, AnInfiniteCellNeverRanksAModel) {
  const Folder folder;
  auto table = random_table("heavy-atom", "1+");
  table.score.setConstant(std::numeric_limits<double>::infinity());
  EXPECT_THROW(score_inputs({folder.write("x.pdb", chain_text(1))}, table, {}), Error);
}

TEST(Score, ATableWithBothOrdersOfAPairIsRefused) {
  const Scheme scheme = load_scheme("residue-cb");
  PotentialTable table(TableAxes(scheme, DistanceBins::parse("seed"),
                                 SeparationClasses::parse("1+"),
                                 TypePairs(scheme, {0, 1}, {1, 0}, {"ALA:ARG", "ARG:ALA"})));
  EXPECT_THROW(make_scoring_table(table), UsageError);
}

TEST(Rank, TiesByName) {
  std::vector<ModelScore> rows(4);
  rows[0].id = "b";
  rows[1].id = "a";
  rows[2].id = "z";
  rows[3].id = "c";
  for (const std::size_t i : {0, 1, 2}) rows[i].scored = true;
  rows[2].score = -1;
  rank(rows);
  EXPECT_EQ(rows[0].id, "z");
  EXPECT_EQ(rows[1].id, "a");
  EXPECT_EQ(rows[2].id, "b");
  EXPECT_EQ(rows[3].id, "c");
}

TEST(ChainPairs, AddUpToTheScoreOrSayThatNothingIsScored) {
  const Folder folder;
  std::vector<test::PdbAtom> atoms;
  for (const char* chain : {"A", "B", "C"}) {
    const auto more = test::random_chain(sequence, chain, static_cast<unsigned>(*chain));
    atoms.insert(atoms.end(), more.begin(), more.end());
  }
  const std::string path = folder.write("x.pdb", test::pdb_text(atoms));
  ScoreOptions options;
  options.chain_pairs = true;
  const auto with = random_table("residue-cb", "1+,inter");
  const auto row = score_inputs({path}, with, options).at(0);
  ASSERT_EQ(row.chain_pairs.size(), 6U);
  double sum = 0;
  std::uint64_t contacts = 0;
  for (const ChainPairScore& pair : row.chain_pairs) {
    EXPECT_TRUE(pair.scored);
    sum += pair.score;
    contacts += pair.contacts;
  }
  EXPECT_NEAR(sum, row.score, 1e-9);
  EXPECT_EQ(contacts, row.contacts);
  EXPECT_EQ(row.chain_pairs[1].first + row.chain_pairs[1].second, "AB");

  const auto without = score_inputs({path}, random_table("residue-cb", "1+"), options).at(0);
  ASSERT_EQ(without.chain_pairs.size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) {
    const ChainPairScore& pair = without.chain_pairs[i];
    EXPECT_EQ(pair.scored, pair.first == pair.second);
    EXPECT_EQ(pair.contacts, row.chain_pairs[i].contacts);
    EXPECT_GT(pair.contacts, 0U);
    EXPECT_TRUE(pair.scored || pair.score == 0);
  }
}

TEST(ChainPairs, AreOfModelsWithSeveralChains) {
  const Folder folder;
  ScoreOptions options;
  options.chain_pairs = true;
  const std::string path = folder.write("x.pdb", chain_text(3));
  EXPECT_TRUE(
      score_inputs({path}, random_table("residue-cb", "1+"), options).at(0).chain_pairs.empty());
}

}  // namespace
}  // namespace potential
