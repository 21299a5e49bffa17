// HDF5 files of a heavy-atom table, 14,028 x 18: written, read whole, and asked for
// one pair.
#include <benchmark/benchmark.h>

#include <potential/storage/files.hpp>
#include <potential/storage/table_file.hpp>
#include <potential/training/train.hpp>

#include "structure_files.hpp"

namespace {

using namespace potential;

/// As full as that of a thousand chains; one structure holds all the pairs.
ContactCounts counts() {
  const TableAxes axes{load_scheme("heavy-atom"), DistanceBins::parse("rapdf"),
                       SeparationClasses::parse("1+")};
  std::mt19937 random(1);
  ContactCounts counts(axes);
  StructureRecord record;
  record.id = "globule.pdb";
  record.composition.assign(static_cast<std::size_t>(axes.scheme.size()), 0);
  record.pair_histogram.assign(static_cast<std::size_t>(axes.columns()), 0);
  for (Eigen::Index row = 0; row < counts.counts.rows(); ++row)
    for (Eigen::Index bin = 0; bin < counts.counts.cols(); ++bin) {
      counts.counts(row, bin) = random() % 8 == 0 ? 0 : random() % 4000;
      record.pair_histogram[static_cast<std::size_t>(bin)] += counts.counts(row, bin);
    }
  counts.structures.push_back(std::move(record));
  return counts;
}

/// A folder for one file of either kind.
struct Files {
  StructureFiles folder{0, 0, "pdb"};
  std::string counts_path = folder.folder() + "/counts.h5", table_path = folder.folder() + "/t.h5";
  ContactCounts counts = ::counts();
  PotentialTable table = train(counts, {});
  Files() {
    write_counts(counts, counts_path);
    write_potential(table, table_path);
  }
};

void storage_write_counts(benchmark::State& state) {
  const Files files;
  for (auto _ : state) write_counts(files.counts, files.counts_path);
}

void storage_read_counts(benchmark::State& state) {
  const Files files;
  if ((read_counts(files.counts_path).counts != files.counts.counts).any())
    state.SkipWithError("other counts came back");
  for (auto _ : state) benchmark::DoNotOptimize(read_counts(files.counts_path));
}

void storage_write_potential(benchmark::State& state) {
  const Files files;
  for (auto _ : state) write_potential(files.table, files.table_path);
}

void storage_read_potential(benchmark::State& state) {
  const Files files;
  if ((read_potential(files.table_path).score != files.table.score).any())
    state.SkipWithError("other scores came back");
  for (auto _ : state) benchmark::DoNotOptimize(read_potential(files.table_path));
}

void storage_query(benchmark::State& state) {
  const Files files;
  for (auto _ : state) benchmark::DoNotOptimize(TableFile(files.table_path).score_of(7000));
}

BENCHMARK(storage_write_counts)->Unit(benchmark::kMicrosecond);
BENCHMARK(storage_read_counts)->Unit(benchmark::kMicrosecond);
BENCHMARK(storage_write_potential)->Unit(benchmark::kMicrosecond);
BENCHMARK(storage_read_potential)->Unit(benchmark::kMicrosecond);
BENCHMARK(storage_query)->Unit(benchmark::kMicrosecond);

}  // namespace
