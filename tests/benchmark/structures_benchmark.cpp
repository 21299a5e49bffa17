// Whole structures: reading files, extraction with one thread and two, scoring.
#include <benchmark/benchmark.h>

#include <potential/structure/reader.hpp>
#include <potential/training/train.hpp>
#include <potential/workflow/extract.hpp>
#include <potential/workflow/score.hpp>

#include "structure_files.hpp"

namespace {

using namespace potential;

constexpr std::size_t sites = 2100;

TableAxes axes() {
  return {load_scheme("heavy-atom"), DistanceBins::parse("rapdf"), SeparationClasses::parse("1+")};
}

ContactCounts counts_of(const StructureFiles& files, int threads) {
  ExtractOptions options;
  options.threads = threads;
  return extract({files.folder()}, axes(), options);
}

void reading(benchmark::State& state, const char* format) {
  const StructureFiles files(1, sites, format);
  const StructureReader reader(load_scheme("heavy-atom"), {});
  const InputFile file{files.paths()[0], files.paths()[0], nullptr, {}, ""};
  if (reader.read(file).at(0).size() != sites) state.SkipWithError("not all sites were read");
  for (auto _ : state) benchmark::DoNotOptimize(reader.read(file));
}

/// Argument: threads.
void extraction(benchmark::State& state) {
  const StructureFiles files(20, sites, "pdb.gz");
  const auto threads = static_cast<int>(state.range(0));
  if (counts_of(files, threads).structures.size() != 20)
    state.SkipWithError("not all were counted");
  for (auto _ : state) benchmark::DoNotOptimize(counts_of(files, threads));
}

void scoring(benchmark::State& state, bool standard_error, bool per_residue, bool shuffle_z) {
  const StructureFiles files(20, sites, "pdb");
  const PotentialTable table = train(counts_of(files, 1), {});
  ScoreOptions options;
  options.threads = 1;
  options.standard_error = standard_error;
  options.per_residue = per_residue;
  options.shuffle_z = shuffle_z;
  const auto ranking = score_inputs({files.folder()}, table, options);
  if (ranking.size() != 20 || !ranking.back().scored) state.SkipWithError("not all were scored");
  for (auto _ : state) benchmark::DoNotOptimize(score_inputs({files.folder()}, table, options));
}

BENCHMARK_CAPTURE(reading, pdb, "pdb")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(reading, pdb.gz, "pdb.gz")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(reading, cif, "cif")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(reading, cif.gz, "cif.gz")->Unit(benchmark::kMicrosecond);
BENCHMARK(extraction)->Arg(1)->Arg(2)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK_CAPTURE(scoring, alone, false, false, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(scoring, standard_error, true, false, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(scoring, per_residue, false, true, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(scoring, shuffle_z, false, false, true)->Unit(benchmark::kMicrosecond);

}  // namespace
