#include <cmath>
#include <limits>
#include <potential/pairs/pair_kernel.hpp>
#include <potential/scoring/difference.hpp>
#include <potential/scoring/internal/scoring_table.hpp>

namespace potential {

struct DifferenceScorer::State {
  std::shared_ptr<const ScoringTable> table;
  PairKernel kernel;
  std::vector<std::uint32_t> count;    // [P·K·B], all 0 between calls
  std::vector<std::uint32_t> touched;  // cells with a count, then room for one batch

  explicit State(std::shared_ptr<const ScoringTable> t)
      : table(std::move(t)),
        kernel(table->bins, table->separations),
        count(table->score.size(), 0) {}

  /// Counts the contacts of a model. @returns the number of cells touched.
  std::size_t count_contacts(const Model& model) {
    std::size_t cells = 0;
    kernel.for_each_batch(model, [&](const ContactBatch& batch) {
      if (touched.size() < cells + batch.size + 1)
        touched.resize(2 * touched.size() + batch.size + 1);
      const std::uint32_t* const base = table->row_of(batch.type);
      for (std::size_t k = 0; k < batch.size; ++k) {
        const std::uint32_t cell = base[batch.types[k]] + batch.cells[k];
        touched[cells] = cell;
        cells += count[cell]++ == 0 ? 1 : 0;
      }
    });
    return cells;
  }
};

DifferenceScorer::DifferenceScorer(std::shared_ptr<const ScoringTable> table)
    : state_(std::make_unique<State>(std::move(table))) {}
DifferenceScorer::~DifferenceScorer() = default;
DifferenceScorer::DifferenceScorer(DifferenceScorer&&) noexcept = default;

CellShares DifferenceScorer::shares(const Model& model, double divisor) {
  State& state = *state_;
  CellShares result;
  for (const double variance : state.table->variance) result.all.push_back({0, variance});
  const std::size_t cells = state.count_contacts(model);
  result.filled.assign(state.touched.data(), state.touched.data() + cells);
  for (const std::uint32_t index : result.filled) {
    CellShares::Cell& cell = result.all[index];
    cell.share = state.count[index] * (1 / divisor);
    result.square.push_back(cell.share * cell.share * cell.variance);
    state.count[index] = 0;
  }
  return result;
}

double DifferenceScorer::standard_error(const Model& model, double divisor,
                                        const CellShares& other) {
  State& state = *state_;
  const std::size_t cells = state.count_contacts(model);
  const double each = 1 / divisor;
  // Four short chains of additions, not one long; and no branch that half of
  // the cells would take.
  double sum[4] = {0, 0, 0, 0};
  for (std::size_t i = 0; i < other.filled.size(); ++i)
    sum[i & 3] += other.square[i] * (state.count[other.filled[i]] == 0);
  for (std::size_t i = 0; i < cells; ++i) {
    const std::uint32_t index = state.touched[i];
    const CellShares::Cell& cell = other.all[index];
    const double difference = state.count[index] * each - cell.share;
    sum[i & 3] += difference * difference * cell.variance;
    state.count[index] = 0;
  }
  const double total = (sum[0] + sum[1]) + (sum[2] + sum[3]);
  return std::isfinite(total) ? std::sqrt(total) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace potential
