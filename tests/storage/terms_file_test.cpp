#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <potential/core/combine.hpp>
#include <potential/storage/files.hpp>
#include <potential/storage/recipe_text.hpp>
#include <potential/storage/table_file.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "python.hpp"
#include "samples.hpp"

namespace potential {
namespace {

std::vector<TrainingStructure> some_training(const std::string& types) {
  std::vector<TrainingStructure> list{{"set/a.pdb", {}, types}, {"set/b.pdb#2", {}, types}};
  list[0].sha256.fill(7);
  list[1].sha256.fill(200);
  return list;
}

/// Two terms of different types, bins and classes.
PotentialTable some_sum(int binary_digits = -1) {
  auto near = random_potential(axes_of("residue-cb", "0,3,5,8", "1,2-4"), 1);
  auto far = random_potential(axes_of("residue-ca", "0,8,15", "3+,inter"), 2);
  near.training = some_training("residue-cb");
  far.counts.reset();
  CombineOptions options;
  options.types = load_scheme("heavy-atom");
  options.binary_digits = binary_digits;
  options.calibration = sample_calibration;
  options.names = {"near", "far"};
  return combine({near, far}, {0.75, Weight::parse("2-9/sqrt(N+3)")}, options);
}

TEST(TermsFile, ComesBackWhole) {
  const TemporaryFolder folder;
  for (const int binary_digits : {-1, 8}) {
    const PotentialTable sum = some_sum(binary_digits);
    write_potential(sum, folder / "a.h5");
    EXPECT_EQ(kind_of_file(folder / "a.h5"), FileKind::potential);
    EXPECT_EQ(read_file(folder / "a.h5").substr(0, 18), "potential-table 2\n");
    const PotentialTable back = read_potential(folder / "a.h5");
    EXPECT_TRUE(back.axes == sum.axes);
    EXPECT_TRUE((back.score == sum.score).all());
    EXPECT_TRUE((back.standard_error == sum.standard_error).all());
    EXPECT_FALSE(back.counts);
    EXPECT_EQ(back.structures, 706U);
    EXPECT_EQ(to_options(back.recipe), to_options(sum.recipe));
    ASSERT_TRUE(back.calibration && back.calibration->residue);
    EXPECT_EQ(back.calibration->residue->sd, 1.04);
    ASSERT_EQ(back.training.size(), 2U);
    EXPECT_EQ(back.training[1].id, "set/b.pdb#2");
    EXPECT_EQ(back.training[1].sha256, sum.training[1].sha256);
    EXPECT_EQ(back.training[1].types, "residue-cb");
    ASSERT_EQ(back.terms.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
      const Term &term = back.terms[i], &given = sum.terms[i];
      EXPECT_EQ(term.name, given.name);
      EXPECT_EQ(term.weight, given.weight);
      EXPECT_TRUE(term.table.axes == given.table.axes);
      EXPECT_TRUE((term.table.score == given.table.score).all());
      EXPECT_EQ(term.table.counts.has_value(), given.table.counts.has_value());
      EXPECT_EQ(to_options(term.table.recipe), to_options(given.table.recipe));
    }
    write_potential(back, folder / "b.h5");
    EXPECT_EQ(read_file(folder / "a.h5"), read_file(folder / "b.h5"));
  }
}

TEST(TermsFile, ATermIsAPotentialOfItsOwn) {
  const TemporaryFolder folder;
  PotentialTable sum = some_sum();
  write_potential(find_term(sum, "near").table, folder / "near.h5");
  EXPECT_EQ(read_file(folder / "near.h5").substr(0, 18), "potential-table 1\n");
}

TEST(TermsFile, IsAskedForItsSumOrForOneTerm) {
  const TemporaryFolder folder;
  const PotentialTable sum = some_sum();
  write_potential(sum, folder / "a.h5");
  const TableFile whole(folder / "a.h5");
  EXPECT_TRUE(whole.axes() == sum.axes);
  EXPECT_EQ(whole.training(), 2U);
  EXPECT_EQ(whole.terms().size(), 2U);
  EXPECT_FALSE(whole.has_counts());
  const TableFile near(folder / "a.h5", "near");
  const PotentialTable& term = sum.terms[0].table;
  EXPECT_TRUE(near.axes() == term.axes);
  EXPECT_TRUE(near.has_counts());
  EXPECT_EQ(near.options(), to_options(term.recipe));
  for (const int row : {0, 17, 209})
    for (int k = 0; k < 2; ++k) {
      EXPECT_TRUE((near.score_of(row).row(k) == term.score.row(k * 210 + row)).all());
      EXPECT_TRUE((near.counts_of(row).row(k) == term.counts->row(k * 210 + row)).all());
    }
  for (const int row : {0, 3000, sum.axes.rows() - 1})
    for (int k = 0; k < sum.axes.classes(); ++k) {
      const auto line = Eigen::Index{k} * sum.axes.rows() + row;
      EXPECT_TRUE((whole.score_of(row).row(k) == sum.score.row(line)).all());
      EXPECT_TRUE((whole.standard_error_of(row).row(k) == sum.standard_error.row(line)).all());
    }
  EXPECT_THROW(whole.score_of(sum.axes.rows()), UsageError);
  EXPECT_THROW(TableFile(folder / "a.h5", "else"), UsageError);
  write_potential(term, folder / "near.h5");
  EXPECT_THROW(TableFile(folder / "near.h5", "near"), UsageError);
}

TEST(TermsFile, ListsTrainingStructuresOfOneTableToo) {
  const TemporaryFolder folder;
  PotentialTable table = random_potential(axes_of("residue-cb", "seed", "1+"));
  table.training = some_training("residue-cb");
  write_potential(table, folder / "a.h5");
  EXPECT_EQ(read_file(folder / "a.h5").substr(0, 18), "potential-table 1\n");
  EXPECT_EQ(TableFile(folder / "a.h5").training(), 2U);
  const auto back = read_potential(folder / "a.h5").training;
  ASSERT_EQ(back.size(), 2U);
  EXPECT_EQ(back[0].id, "set/a.pdb");
  EXPECT_EQ(back[0].sha256, table.training[0].sha256);
}

TEST(TermsFile, H5pySeesTheTerms) {
  if (!python_has("h5py")) GTEST_SKIP() << "needs python3-h5py";
  const TemporaryFolder folder;
  write_potential(some_sum(), folder / "a.h5");
  EXPECT_TRUE(run_python("h5py_terms_check.py", {folder / "a.h5"}));
}

TEST(TermsFile, RSeesTheTerms) {
  if (std::system("Rscript -e 'library(rhdf5)' >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "needs r-bioc-rhdf5";
  const TemporaryFolder folder;
  write_potential(some_sum(), folder / "a.h5");
  const std::string script = POTENTIAL_SOURCE_DIR "/tests/storage/rhdf5_terms_check.R";
  EXPECT_EQ(std::system(("Rscript '" + script + "' '" + (folder / "a.h5") + "'").c_str()), 0);
}

/// Noticed, whatever byte changes; and behind a right digest no crash.
TEST(TermsFile, FlippedBytesAreNoticed) {
  const TemporaryFolder folder;
  write_potential(some_sum(), folder / "a.h5");
  const std::string whole = read_file(folder / "a.h5");
  std::mt19937_64 random(11);
  for (int i = 0; i < 100; ++i) {
    std::string bytes = whole;
    const std::size_t at = i < 30 ? random() % 512 : random() % bytes.size();
    bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 + random() % 255));
    std::ofstream(folder / "bad.h5", std::ios::binary) << bytes;
    EXPECT_THROW(read_potential(folder / "bad.h5"), Error) << at;
  }
}

}  // namespace
}  // namespace potential
