#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <limits>
#include <potential/workflow/extract.hpp>
#include <potential/workflow/score.hpp>
#include <random>
#include <tuple>

#include "common/peptide.hpp"
#include "common/test_files.hpp"
#include "workflow/kept_sites.hpp"

namespace potential {
namespace {
using test::Folder;

const std::vector<std::string> sequence = {"MET", "ALA", "GLY", "SER", "LEU", "LYS", "GLU",
                                           "TRP", "PHE", "GLY", "CYS", "ALA", "VAL", "THR"};

PotentialTable random_table(const std::string& separations) {
  PotentialTable table(TableAxes(load_scheme("heavy-atom"), DistanceBins::parse("rapdf"),
                                 SeparationClasses::parse(separations)));
  std::mt19937 engine(7);
  for (Eigen::Index i = 0; i < table.score.size(); ++i) {
    table.score.data()[i] = static_cast<double>(engine()) / 4294967296.0 - 0.5;
    table.standard_error.data()[i] = static_cast<double>(engine()) / 4294967296.0;
  }
  return table;
}

std::vector<std::string> write_models(const Folder& folder, unsigned number) {
  std::vector<std::string> paths;
  for (unsigned seed = 0; seed < number; ++seed) {
    auto residues = sequence;
    if (seed % 3 == 1) residues.resize(11);
    paths.push_back(folder.write("m" + std::to_string(seed) + ".pdb",
                                 test::pdb_text(test::random_chain(residues, "A", seed))));
  }
  return paths;
}

/// The definition, over the whole table, from counts made by extraction.
double by_definition(const ModelScore& model, const ModelScore& best, const PotentialTable& table,
                     Normalization normalize) {
  const auto share = [&](const ModelScore& row) -> ScoreTable {
    return extract({row.id}, table.axes, {}).counts.cast<double>() / divisor(normalize, row);
  };
  return std::sqrt(((share(model) - share(best)) * table.standard_error).square().sum());
}

TEST(StandardError, IsThatOfTheDifferenceToTheBest) {
  const Folder folder;
  const auto paths = write_models(folder, 8);
  for (const char* separations : {"1+", "1,2,3+"})
    for (const auto normalize :
         {Normalization::total, Normalization::residue, Normalization::contact}) {
      const auto table = random_table(separations);
      ScoreOptions options;
      options.normalize = normalize;
      const auto rows = score_inputs(paths, table, options);
      EXPECT_EQ(rows[0].standard_error, 0);
      for (const ModelScore& row : rows) {
        const double expected = by_definition(row, rows[0], table, normalize);
        EXPECT_NEAR(row.standard_error, expected, 1e-6 * expected);
      }
      EXPECT_GT(rows[1].standard_error, 0);
    }
}

TEST(StandardError, OfACopyOfTheBestIs0) {
  const Folder folder;
  auto paths = write_models(folder, 3);
  for (const std::string& path : write_models(folder, 3))
    paths.push_back(folder.write("copies/" + std::to_string(paths.size()) + ".pdb",
                                 "REMARK\n" + test::bytes_of(path)));
  const auto rows = score_inputs(paths, random_table("1+"), {});
  EXPECT_EQ(rows[0].score, rows[1].score);
  EXPECT_EQ(rows[1].standard_error, 0);
  EXPECT_EQ(rows[2].standard_error, rows[3].standard_error);
}

TEST(StandardError, TheSameForAnyMemoryAndThreads) {
  const Folder folder;
  const auto paths = write_models(folder, 20);
  const auto table = random_table("1+");
  ScoreOptions options;
  options.threads = 1;
  const auto expected = score_inputs(paths, table, options);
  options.threads = 3;
  for (const std::size_t memory : {std::size_t{0}, std::size_t{5000}}) {
    options.memory = memory;
    const auto rows = score_inputs(paths, table, options);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(rows[i].id, expected[i].id);
      EXPECT_EQ(rows[i].standard_error, expected[i].standard_error);
    }
  }
}

TEST(StandardError, NoFileIsReadTwice) {
  const Folder folder;
  const auto paths = write_models(folder, 6);
  const auto table = random_table("1+");
  const auto expected = score_inputs(paths, table, {});
  ScoreOptions options;
  options.memory = 0;
  options.on_file = [](const InputFile& file, const auto&) {
    std::filesystem::remove(file.path);
    return std::vector<std::string>();
  };
  const auto rows = score_inputs(paths, table, options);
  ASSERT_EQ(rows.size(), expected.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    EXPECT_EQ(rows[i].standard_error, expected[i].standard_error);
}

/// What is kept of a model of a file tells its residues, as the model itself does.
TEST(StandardError, OfSomeResiduesIsThatOfModelsInMemory) {
  const Folder folder;
  const auto paths = write_models(folder, 5);
  const auto table = random_table("1+");
  ScoreOptions options;
  options.residues = ResidueSelection::parse("A:2-6");
  const StructureReader reader(table.axes.scheme, {});
  std::vector<std::shared_ptr<const Model>> models;
  for (const std::string& path : paths) {
    InputFile file;
    file.id = file.path = path;
    models.push_back(std::make_shared<const Model>(reader.read(file).at(0)));
  }
  const auto rows = score_inputs(paths, table, options),
             expected = score_models(models, table, options);
  for (std::size_t i = 0; i < rows.size(); ++i)
    EXPECT_EQ(rows[i].standard_error, expected[i].standard_error);
  EXPECT_GT(rows[1].standard_error, 0);
}

TEST(StandardError, KeptSitesAreThoseOfTheModel) {
  std::mt19937 random(3);
  for (const std::int32_t spread : {3000, 2'000'000'000}) {
    Model model;
    std::uniform_int_distribution<std::int32_t> place(-spread, spread);
    model.chains = {{"A", 2}, {"", 1}};
    for (int r = 0; r < 3; ++r) {
      model.residues.emplace_back();
      model.residues.back().chain = r / 2;
      model.residues.back().position = place(random);
      model.residues.back().number = 10 + r;
      model.residues.back().insertion_code = "A B"[r];
    }
    for (const std::uint32_t residue : {0U, 0U, 2U, 1U}) {
      model.x.push_back(place(random));
      model.y.push_back(-spread);
      model.z.push_back(spread / 2 - model.x.back() / 2);
      model.type.push_back(static_cast<std::uint16_t>(65535 - residue));
      model.residue.push_back(residue);
    }
    for (const std::size_t memory : {std::size_t{0}, std::size_t{1000}}) {
      KeptSites kept(memory);
      kept.keep(pack_sites(Model{}));
      const Model again = kept.read(kept.keep(pack_sites(model)));
      EXPECT_EQ(std::tie(again.x, again.y, again.z, again.type, again.residue),
                std::tie(model.x, model.y, model.z, model.type, model.residue));
      ASSERT_EQ(again.residues.size(), 3U);
      EXPECT_EQ(again.residues[2].chain, 1U);
      EXPECT_EQ(again.residues[1].position, model.residues[1].position);
      EXPECT_EQ(again.residues[2].number, 12);
      EXPECT_EQ(again.residues[2].insertion_code, 'B');
      EXPECT_EQ(again.chains[0].name, "A");
    }
  }
}

TEST(StandardError, IsMissingWhereThePotentialHasNone) {
  const Folder folder;
  const auto paths = write_models(folder, 4);
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    auto table = random_table("1+");
    table.standard_error.setConstant(bad);
    const auto rows = score_inputs(paths, table, {});
    EXPECT_EQ(rows[0].standard_error, 0);
    for (std::size_t i = 1; i < rows.size(); ++i) EXPECT_TRUE(std::isnan(rows[i].standard_error));
  }
}

TEST(TopPairs, AreTheWorstAndAddUpToTheScore) {
  const Folder folder;
  const auto paths = write_models(folder, 1);
  const auto table = random_table("1,2,3+");
  ScoreOptions options;
  options.top_pairs = 1000;
  const auto all = score_inputs(paths, table, options)[0];
  EXPECT_LE(all.top_pairs.size(), sequence.size() * (sequence.size() - 1) / 2);
  double sum = 0;
  std::uint64_t contacts = 0;
  for (std::size_t i = 0; i < all.top_pairs.size(); ++i) {
    const auto& pair = all.top_pairs[i];
    sum += pair.score;
    contacts += pair.contacts;
    EXPECT_LT(pair.first.number, pair.second.number);
    if (i > 0) {
      EXPECT_GE(all.top_pairs[i - 1].score, pair.score);
    }
  }
  EXPECT_NEAR(sum, all.score, 1e-9);
  EXPECT_EQ(contacts, all.contacts);
  options.top_pairs = 3;
  const auto few = score_inputs(paths, table, options)[0];
  ASSERT_EQ(few.top_pairs.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(few.top_pairs[i].score, all.top_pairs[i].score);
}

}  // namespace
}  // namespace potential
