// The pair kernel with a counting sink against the plain double loop.
#include <benchmark/benchmark.h>

#include <cmath>
#include <potential/pairs/pair_kernel.hpp>
#include <potential/support/error.hpp>
#include <vector>

#include "globule.hpp"

namespace {

using namespace potential;

constexpr std::size_t types = 160, bins = 18;
using Counts = std::vector<std::uint32_t>;  // [types, types, bins]

/// What one would write first: every pair, a square root each.
void count_plainly(const Model& model, Counts& counts) {
  const std::vector<double> x(model.x.begin(), model.x.end()), y(model.y.begin(), model.y.end()),
      z(model.z.begin(), model.z.end());
  for (std::size_t i = 0; i < model.size(); ++i)
    for (std::size_t j = i + 1; j < model.size(); ++j) {
      if (model.residue[i] == model.residue[j]) continue;
      const double dx = x[i] - x[j], dy = y[i] - y[j], dz = z[i] - z[j];
      const double distance = std::sqrt(dx * dx + dy * dy + dz * dz);
      if (distance >= 20000) continue;
      const std::size_t bin = distance < 3000 ? 0 : static_cast<std::size_t>(distance / 1000) - 2;
      ++counts[(model.type[i] * types + model.type[j]) * bins + bin];
    }
}

/// Counts in a row of 16 bits, which stays in the nearest cache; it is added to
/// the table whenever the type changes.
class RowCounter {
 public:
  explicit RowCounter(Counts& counts) : counts_(counts), row_(types * bins) {}
  void operator()(const ContactBatch& batch) {
    if (batch.type != type_ || pending_ + batch.size > UINT16_MAX) flush();
    type_ = batch.type;
    pending_ += batch.size;
    for (std::size_t k = 0; k < batch.size; ++k) ++row_[batch.offsets[k]];
  }
  void flush() {
    if (pending_ == 0) return;
    std::uint32_t* const to = counts_.data() + type_ * row_.size();
    for (std::size_t k = 0; k < row_.size(); ++k) to[k] += row_[k];
    std::fill(row_.begin(), row_.end(), 0);
    pending_ = 0;
  }

 private:
  Counts& counts_;
  std::vector<std::uint16_t> row_;
  std::size_t type_ = 0, pending_ = 0;
};

void count_with(PairKernel& kernel, const Model& model, Counts& counts) {
  RowCounter counter(counts);
  kernel.for_each_batch(model, counter);
  counter.flush();
}

/// Counts of the unordered pairs of types.
Counts folded(const Counts& counts) {
  Counts sum(counts.size());
  for (std::size_t i = 0; i < types; ++i)
    for (std::size_t j = 0; j < types; ++j)
      for (std::size_t k = 0; k < bins; ++k)
        sum[(std::min(i, j) * types + std::max(i, j)) * bins + k] +=
            counts[(i * types + j) * bins + k];
  return sum;
}

void pairs_plain(benchmark::State& state) {
  const Model model = globule(static_cast<std::size_t>(state.range(0)));
  Counts counts(types * types * bins);
  for (auto _ : state) count_plainly(model, counts);
}

void pairs(benchmark::State& state, PairKernel::Path path) {
  const Model model = globule(static_cast<std::size_t>(state.range(0)));
  try {
    PairKernel kernel(DistanceBins::parse("rapdf"), SeparationClasses::parse("1+"), path);
    Counts counts(types * types * bins);
    std::size_t found = 0;
    kernel.for_each_batch(model, [&found](const ContactBatch& batch) { found += batch.size; });
    if (model.size() <= 5000) {
      Counts expected(counts.size());
      count_plainly(model, expected);
      count_with(kernel, model, counts);
      if (folded(counts) != folded(expected)) state.SkipWithError("counts differ");
    }
    for (auto _ : state) count_with(kernel, model, counts);
    state.counters["a_pair"] = benchmark::Counter(
        static_cast<double>(found),
        benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  } catch (const UsageError&) {
    state.SetLabel("not on this CPU");
    for (auto _ : state) continue;
  }
}

/// Argument: chains of 5,000 sites.
void pairs_assembly(benchmark::State& state) {
  const Model model = assembly(static_cast<std::size_t>(state.range(0)));
  PairKernel kernel(DistanceBins::parse("rapdf"), SeparationClasses::parse("1+"));
  Counts counts(types * types * bins);
  for (auto _ : state) count_with(kernel, model, counts);
}

BENCHMARK(pairs_assembly)->Arg(1)->Arg(100)->Unit(benchmark::kMicrosecond);
BENCHMARK(pairs_plain)->Arg(2100)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(pairs, fastest, PairKernel::Path::automatic)
    ->Arg(2100)
    ->Arg(5000)
    ->Arg(50000)
    ->Arg(500000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(pairs, avx2, PairKernel::Path::avx2)->Arg(2100)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(pairs, baseline, PairKernel::Path::baseline)
    ->Arg(2100)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
