#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include <potential/storage/files.hpp>
#include <potential/storage/recipe_text.hpp>
#include <potential/storage/table_file.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "samples.hpp"

namespace potential {
namespace {

void expect_same(const ContactCounts& a, const ContactCounts& b) {
  EXPECT_TRUE(a.axes == b.axes);
  EXPECT_EQ(a.axes.pairs.canonical(), b.axes.pairs.canonical());
  EXPECT_TRUE((a.counts == b.counts).all());
  EXPECT_EQ(a.options, b.options);
  EXPECT_EQ(a.skipped, b.skipped);
  ASSERT_EQ(a.structures.size(), b.structures.size());
  for (std::size_t i = 0; i < a.structures.size(); ++i) {
    const StructureRecord &x = a.structures[i], &y = b.structures[i];
    EXPECT_EQ(x.id, y.id);
    EXPECT_EQ(x.sha256, y.sha256);
    EXPECT_EQ(x.sites, y.sites);
    EXPECT_EQ(x.residues, y.residues);
    EXPECT_EQ(x.radius_of_gyration, y.radius_of_gyration);
    EXPECT_EQ(x.chain_lengths, y.chain_lengths);
    EXPECT_EQ(x.composition, y.composition);
    EXPECT_EQ(x.pair_histogram, y.pair_histogram);
  }
}

struct Case {
  const char *scheme, *bins, *separations;
  int structures;
};

void PrintTo(const Case& test, std::ostream* out) {
  *out << test.scheme << ' ' << test.bins << ' ' << test.separations << ' ' << test.structures;
}

class CountsFile : public testing::TestWithParam<Case> {};

TEST_P(CountsFile, ComesBackWhole) {
  const TemporaryFolder folder;
  const auto& [scheme, bins, separations, structures] = GetParam();
  const ContactCounts counts = random_counts(axes_of(scheme, bins, separations), structures);
  write_counts(counts, folder / "a.h5");
  EXPECT_EQ(kind_of_file(folder / "a.h5"), FileKind::counts);
  const ContactCounts back = read_counts(folder / "a.h5");
  expect_same(counts, back);
  write_counts(back, folder / "b.h5");
  EXPECT_EQ(read_file(folder / "a.h5"), read_file(folder / "b.h5"));
}

INSTANTIATE_TEST_SUITE_P(Sizes, CountsFile,
                         testing::Values(Case{"residue-cb", "seed", "1+", 5},
                                         Case{"residue-ca", "0,8", "inter", 0},
                                         Case{"residue-centroid", "half", "1,2,3-4,5+,inter", 70},
                                         Case{"heavy-atom", "rapdf", "1+", 3},
                                         Case{"heavy-atom-158", "rapdf", "1-3,4+", 1}));

TEST(PotentialFile, ComesBackWhole) {
  const TemporaryFolder folder;
  PotentialTable table = random_potential(axes_of("residue-cb", "rapdf", "1+,inter"));
  table.score(3, 4) = HUGE_VAL;
  table.standard_error(3, 4) = NAN;
  for (const bool with_counts : {true, false}) {
    if (!with_counts) table.counts.reset();
    write_potential(table, folder / "a.h5");
    EXPECT_EQ(kind_of_file(folder / "a.h5"), FileKind::potential);
    const PotentialTable back = read_potential(folder / "a.h5");
    EXPECT_TRUE(back.axes == table.axes);
    EXPECT_TRUE((back.score == table.score).all());
    EXPECT_TRUE(std::isnan(back.standard_error(3, 4)));
    EXPECT_EQ(back.standard_error(5, 5), table.standard_error(5, 5));
    EXPECT_EQ(back.counts.has_value(), with_counts);
    EXPECT_TRUE(!with_counts || (*back.counts == *table.counts).all());
    EXPECT_EQ(back.structures, 706U);
    EXPECT_EQ(to_options(back.recipe), to_options(table.recipe));
    write_potential(back, folder / "b.h5");
    EXPECT_EQ(read_file(folder / "a.h5"), read_file(folder / "b.h5"));
    const PotentialTable part = read_potential(folder / "a.h5", PotentialParts::without_errors);
    EXPECT_TRUE((part.score == table.score).all());
    EXPECT_TRUE(part.standard_error.isNaN().all());
    EXPECT_EQ(part.counts.has_value(), with_counts);
  }
}

TEST(PotentialFile, KeepsItsCalibration) {
  const TemporaryFolder folder;
  PotentialTable table = random_potential(axes_of("residue-cb", "seed", "1+"));
  const auto back = [&] {
    write_potential(table, folder / "a.h5");
    return read_potential(folder / "a.h5").calibration;
  };
  EXPECT_FALSE(back());
  table.calibration = sample_calibration;
  const auto whole = back();
  ASSERT_TRUE(whole && whole->residue);
  EXPECT_EQ(whole->model.intercept, 1.313);
  EXPECT_EQ(whole->model.slope, 0.1275);
  EXPECT_EQ(whole->model.sd, 0.79);
  EXPECT_EQ(whole->residue->intercept, 1.130);
  EXPECT_EQ(whole->residue->local_slope, 0.0513);
  EXPECT_EQ(whole->residue->model_slope, 0.0638);
  EXPECT_EQ(whole->residue->radius, 20);
  EXPECT_EQ(whole->residue->sd, 1.04);
  table.calibration->residue.reset();
  const auto of_models = back();
  ASSERT_TRUE(of_models);
  EXPECT_FALSE(of_models->residue);
  EXPECT_EQ(of_models->model.sd, 0.79);
}

/// A file from before there were calibrations.
TEST(PotentialFile, OfAnOlderVersionHasNoCalibration) {
  const std::string path = std::string(POTENTIAL_SOURCE_DIR) + "/data/potentials/rapdf-ca.h5";
  EXPECT_FALSE(read_potential(path).calibration);
}

}  // namespace
}  // namespace potential
