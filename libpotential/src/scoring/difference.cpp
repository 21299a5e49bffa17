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
  std::vector<std::uint32_t> count;    // [P·K·B], between calls 0, or `marked` in cells of other
  std::vector<std::uint32_t> touched;  // cells with a count, then room for one batch
  std::shared_ptr<const CellShares> other;  // that of the last call
  static constexpr std::uint32_t marked = std::uint32_t{1} << 31;

  State(std::shared_ptr<const ScoringTable> t, std::optional<ResidueSelection> residues)
      : table(std::move(t)), pairs(table, std::move(residues)), count(table->variance.size(), 0) {}

  /// Cells of `next` are looked up side by side, so that they need not be noted when they
  /// are touched: those have a count that is not 0.
  void mark(const std::shared_ptr<const CellShares>& next) {
    if (next == other) return;
    if (other) set(*other, 0);
    if (next) set(*next, marked);
    other = next;
  }
  void set(const CellShares& shares, std::uint32_t value) {
    for (const std::uint32_t cell : shares.cells) count[cell] = value;
  }

  struct Found {
    std::size_t contacts = 0, cells = 0;  ///< cells: those noted in `touched`
  };
  /// Counts the contacts of a model.
  Found count_contacts(const Model& model) {
    Found found;
    pairs.begin(model);
    pairs.for_each_batch(model, false, [&](const ContactBatch& batch) {
      if (touched.size() < found.cells + batch.size + 1)
        touched.resize(2 * touched.size() + batch.size + 1);
      found.contacts += batch.size;
      found.cells = note(batch, found.cells);
    });
    return found;
  }
  /// Locals all, which the compiler knows that no store changes.
  std::size_t note(const ContactBatch& batch, std::size_t cells) {
    std::uint32_t* const counts = count.data();
    std::uint32_t* const cells_seen = touched.data();
    const std::uint32_t* const offsets = batch.offsets;
    const std::size_t size = batch.size;
    for (std::size_t k = 0; k < size; ++k) {
      const std::uint32_t cell = offsets[k], before = counts[cell];
      cells_seen[cells] = cell;
      counts[cell] = before + 1;
      cells += before == 0 ? 1 : 0;
    }
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
  state.mark(nullptr);
  CellShares result;
  const std::size_t cells = state.count_contacts(model).cells;
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
                                        const std::shared_ptr<const CellShares>& other) {
  State& state = *state_;
  state.mark(other);
  const auto found = state.count_contacts(model);
  std::uint32_t* const count = state.count.data();
  const float* const variance = state.table->variance.data();
  const double each = found.contacts == 0 ? 0 : 1 / divisor;  // divisor: perhaps the contacts
  const double common = sum_of_terms(other->cells.size(), [&](std::size_t i) {
    const std::uint32_t cell = other->cells[i];
    const double difference = (count[cell] - State::marked) * each - other->share[i];
    count[cell] = State::marked;
    return difference * difference * other->variance[i];
  });
  const std::uint32_t* const touched = state.touched.data();
  const double own = sum_of_terms(found.cells, [&](std::size_t i) {
    const std::uint32_t cell = touched[i];
    const double share = count[cell] * each;
    count[cell] = 0;
    return share * share * variance[cell];
  });
  const double total = common + own;
  return std::isfinite(total) ? std::sqrt(total) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace potential
