#include "scoring/difference.hpp"
#include <algorithm>
#include <cmath>
#include <limits>

#include "scoring/pair_search.hpp"
#include "scoring/sum.hpp"

namespace potential {

struct DifferenceScorer::State {
  std::shared_ptr<const ScoringTable> table;
  PairSearch pairs;
  std::vector<std::uint32_t> count;    // [P·K·B], all 0 between calls
  std::vector<std::uint32_t> touched;  // cells with a count, then room for one batch

  State(std::shared_ptr<const ScoringTable> t, std::optional<ResidueSelection> residues)
      : table(std::move(t)), pairs(table, std::move(residues)), count(table->variance.size(), 0) {}

  /// Counts the contacts of a model. @returns the number of cells touched.
  std::size_t count_contacts(const Model& model) {
    std::size_t cells = 0;
    pairs.begin(model);
    pairs.for_each_batch(model, false, [&](const ContactBatch& batch) {
      if (touched.size() < cells + batch.size + 1)
        touched.resize(2 * touched.size() + batch.size + 1);
      for (std::size_t k = 0; k < batch.size; ++k) {
        const std::uint32_t cell = batch.offsets[k];
        touched[cells] = cell;
        cells += count[cell]++ == 0 ? 1 : 0;
      }
    });
    return cells;
  }
};

DifferenceScorer::DifferenceScorer(std::shared_ptr<const ScoringTable> table,
                                   std::optional<ResidueSelection> residues)
    : state_(std::make_unique<State>(std::move(table), std::move(residues))) {}
DifferenceScorer::~DifferenceScorer() = default;
DifferenceScorer::DifferenceScorer(DifferenceScorer&&) noexcept = default;

CellShares DifferenceScorer::shares(const Model& model, double divisor) {
  State& state = *state_;
  CellShares result;
  const std::size_t cells = state.count_contacts(model);
  result.cells.assign(state.touched.data(), state.touched.data() + cells);
  std::sort(result.cells.begin(), result.cells.end());
  for (const std::uint32_t cell : result.cells) {
    result.share.push_back(state.count[cell] * (1 / divisor));
    result.variance.push_back(state.table->variance[cell]);
    state.count[cell] = 0;
  }
  return result;
}

// First the cells of the other, of which everything stands side by side, then
// those of this model alone: the tables are too large for the nearer caches.
double DifferenceScorer::standard_error(const Model& model, double divisor,
                                        const CellShares& other) {
  State& state = *state_;
  const std::size_t cells = state.count_contacts(model);
  std::uint32_t* const count = state.count.data();
  const float* const variance = state.table->variance.data();
  const double each = cells == 0 ? 0 : 1 / divisor;  // divisor: perhaps the contacts
  const double common = sum_of_terms(other.cells.size(), [&](std::size_t i) {
    const std::uint32_t cell = other.cells[i];
    const double difference = count[cell] * each - other.share[i];
    count[cell] = 0;
    return difference * difference * other.variance[i];
  });
  std::size_t left = 0;
  for (std::size_t i = 0; i < cells; ++i) {
    state.touched[left] = state.touched[i];
    left += count[state.touched[i]] != 0 ? 1 : 0;
  }
  const double own = sum_of_terms(left, [&](std::size_t i) {
    const std::uint32_t cell = state.touched[i];
    const double share = count[cell] * each;
    count[cell] = 0;
    return share * share * variance[cell];
  });
  const double total = common + own;
  return std::isfinite(total) ? std::sqrt(total) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace potential
