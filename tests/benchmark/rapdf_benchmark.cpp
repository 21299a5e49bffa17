// The RAPDF kernel against other ways to write it, and against its floor: the
// logarithms alone and one pass of sums. Arguments: rows, columns.
#include <benchmark/benchmark.h>

#include <cmath>
#include <potential/training/rapdf.hpp>
#include <random>

#include "training/rapdf_kernel.hpp"

namespace {

using namespace potential;

CountTable table(const benchmark::State& state) {
  std::mt19937 random(1);
  CountTable counts(state.range(0), state.range(1));
  for (Eigen::Index i = 0; i < counts.size(); ++i)
    counts.data()[i] = random() % 8 == 0 ? 0 : random() % 50'000;
  return counts;
}

void rapdf_plain(benchmark::State& state) {
  const CountTable counts = table(state);
  ScoreTable score(counts.rows(), counts.cols());
  for (auto _ : state) {
    Eigen::ArrayXd column = Eigen::ArrayXd::Zero(counts.cols());
    double total = 0;
    for (Eigen::Index i = 0; i < counts.rows(); ++i)
      for (Eigen::Index d = 0; d < counts.cols(); ++d) {
        column[d] += static_cast<double>(counts(i, d)) + 1e-4;
        total += static_cast<double>(counts(i, d)) + 1e-4;
      }
    for (Eigen::Index i = 0; i < counts.rows(); ++i) {
      double row = 0;
      for (Eigen::Index d = 0; d < counts.cols(); ++d)
        row += static_cast<double>(counts(i, d)) + 1e-4;
      for (Eigen::Index d = 0; d < counts.cols(); ++d)
        score(i, d) = -std::log((static_cast<double>(counts(i, d)) + 1e-4) / std::max(row, 1.0) /
                                (column[d] / total));
    }
    benchmark::DoNotOptimize(score.data());
  }
}

void rapdf_eigen(benchmark::State& state) {
  const CountTable counts = table(state);
  ScoreTable score(counts.rows(), counts.cols());
  for (auto _ : state) {
    const ScoreTable n = counts.cast<double>() + 1e-4;
    const Eigen::ArrayXd row = n.rowwise().sum().max(1.0).inverse();
    const Eigen::Array<double, 1, Eigen::Dynamic> column = n.colwise().sum() / n.sum();
    score = -((n.colwise() * row).rowwise() / column).log();
    benchmark::DoNotOptimize(score.data());
  }
}

void rapdf_ours(benchmark::State& state, int decimals) {
  const CountTable counts = table(state);
  ScoreTable score(counts.rows(), counts.cols());
  for (auto _ : state) {
    rapdf(counts, 1e-4, decimals, score);
    benchmark::DoNotOptimize(score.data());
  }
}

/// One pass over the counts, as the margins need.
void rapdf_floor_sums(benchmark::State& state) {
  const CountTable counts = table(state);
  std::vector<std::uint64_t> column(static_cast<std::size_t>(counts.cols()));
  for (auto _ : state)
    benchmark::DoNotOptimize(detail::rapdf_paths().front().sum(
        counts.data(), static_cast<std::size_t>(counts.rows()), column.size(), column.data()));
}

/// Nothing but the logarithm of as many numbers.
void rapdf_floor_logarithms(benchmark::State& state) {
  const ScoreTable numbers = table(state).cast<double>() + 1e-4;
  ScoreTable score(numbers.rows(), numbers.cols());
  for (auto _ : state) {
    detail::rapdf_paths().front().logarithms(
        numbers.data(), static_cast<std::size_t>(numbers.size()), score.data());
    benchmark::DoNotOptimize(score.data());
  }
}

void tables(benchmark::internal::Benchmark* benchmark) {
  benchmark->Args({210, 6})->Args({400, 6})->Args({14028, 18})->Unit(benchmark::kMicrosecond);
}

BENCHMARK(rapdf_plain)->Apply(tables);
BENCHMARK(rapdf_eigen)->Apply(tables);
BENCHMARK_CAPTURE(rapdf_ours, exact, -1)->Apply(tables);
BENCHMARK_CAPTURE(rapdf_ours, rounded, 2)->Apply(tables);
BENCHMARK(rapdf_floor_sums)->Apply(tables);
BENCHMARK(rapdf_floor_logarithms)->Apply(tables);

}  // namespace
