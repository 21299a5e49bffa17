// The pair kernel with a counting sink against the plain double loop.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <potential/support/error.hpp>
#include <vector>

#include "pairs/pair_kernel.hpp"

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

/// Counts in 16 bits, as extraction does: the row of one type stays in the
/// nearest cache, and is added to the counts before it could wrap.
class RowCounter {
 public:
  explicit RowCounter(Counts& counts) : counts_(counts), table_(counts.size()), pending_(types) {}
  void operator()(const ContactBatch& batch) {
    if (pending_[batch.type] + batch.size > UINT16_MAX) flush(batch.type);
    pending_[batch.type] += batch.size;
    std::uint16_t* const row = table_.data() + batch.type * width;
    for (std::size_t k = 0; k < batch.size; ++k) ++row[batch.offsets[k]];
  }
  void flush() {
    for (std::size_t type = 0; type < types; ++type) flush(type);
  }

 private:
  static constexpr std::size_t width = types * bins;
  void flush(std::size_t type) {
    std::uint16_t* const row = table_.data() + type * width;
    std::uint32_t* const to = counts_.data() + type * width;
    for (std::size_t k = 0; k < width; ++k) to[k] += row[k];
    std::fill_n(row, width, std::uint16_t{0});
    pending_[type] = 0;
  }

  Counts& counts_;
  std::vector<std::uint16_t> table_;
  std::vector<std::size_t> pending_;
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
    RowCounter counter(counts);  // kept from structure to structure
    for (auto _ : state) kernel.for_each_batch(model, counter);
    state.counters["a_pair"] = benchmark::Counter(
        static_cast<double>(found),
        benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  } catch (const UsageError&) {
    state.SetLabel("not on this CPU");
    for (auto _ : state) continue;
  }
}

/// Argument: chains of 5,000 sites in one structure. There are a hundred chains in
/// all, so that a small structure does not come from the cache each time.
void pairs_assembly(benchmark::State& state) {
  const auto chains = static_cast<std::size_t>(state.range(0));
  const std::vector<Model> models(100 / chains, assembly(chains));
  PairKernel kernel(DistanceBins::parse("rapdf"), SeparationClasses::parse("1+"));
  Counts counts(types * types * bins);
  RowCounter counter(counts);
  std::size_t next = 0;
  for (auto _ : state) kernel.for_each_batch(models[next++ % models.size()], counter);
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
