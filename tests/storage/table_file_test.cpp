#include <gtest/gtest.h>

#include <thread>

#include <potential/storage/files.hpp>
#include <potential/storage/recipe_text.hpp>
#include <potential/storage/table_file.hpp>
#include <potential/support/error.hpp>

#include "samples.hpp"

namespace potential {
namespace {

TEST(TableFile, ReadsOneRowOfEachClass) {
  const TemporaryFolder folder;
  const PotentialTable table = random_potential(axes_of("residue-cb", "rapdf", "1,2-4,inter"));
  write_potential(table, folder / "p.h5");
  const TableFile file(folder / "p.h5");
  EXPECT_EQ(file.kind(), FileKind::potential);
  EXPECT_TRUE(file.axes() == table.axes);
  EXPECT_EQ(file.options(), to_options(table.recipe));
  EXPECT_EQ(file.structures(), 706U);
  EXPECT_TRUE(file.has_counts());
  for (const int row : {0, 1, 100, 209})
    for (int k = 0; k < 3; ++k) {
      EXPECT_TRUE((file.score_of(row).row(k) == table.score.row(k * 210 + row)).all());
      EXPECT_TRUE(
          (file.standard_error_of(row).row(k) == table.standard_error.row(k * 210 + row)).all());
      EXPECT_TRUE((file.counts_of(row).row(k) == table.counts->row(k * 210 + row)).all());
    }
  EXPECT_THROW(file.score_of(-1), UsageError);
  EXPECT_THROW(file.score_of(210), UsageError);
}

TEST(TableFile, SummarizesCounts) {
  const TemporaryFolder folder;
  for (const char* separations : {"1+", "1,2-4,5-8,9+,inter"}) {
    const ContactCounts counts = random_counts(axes_of("heavy-atom", "half", separations), 3);
    write_counts(counts, folder / "c.h5");
    const TableFile file(folder / "c.h5");
    EXPECT_EQ(file.structures(), 3U);
    EXPECT_EQ(file.skipped(), 2U);
    const CountTable totals = file.total_counts();
    for (int k = 0; k < counts.axes.classes(); ++k)
      EXPECT_TRUE((totals.row(k) == counts.table(k).colwise().sum()).all());
    EXPECT_THROW(file.score_of(0), UsageError);
  }
}

TEST(TableFile, MayBeAskedFromSeveralThreads) {
  const TemporaryFolder folder;
  const PotentialTable table = random_potential(axes_of("residue-cb", "rapdf", "1+"));
  write_potential(table, folder / "p.h5");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      TableFile file(folder / "p.h5");
      TableFile moved = std::move(file);
      for (int row = t; row < 210; row += 4)
        EXPECT_TRUE((moved.score_of(row) == table.score.row(row)).all());
      write_potential(table, folder / ("q" + std::to_string(t) + ".h5"));
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace potential
