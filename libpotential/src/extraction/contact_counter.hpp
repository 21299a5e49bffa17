#pragma once
#include <cstdint>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/core/model.hpp>

#include "pairs/pair_kernel.hpp"

namespace potential {

/// Counts the pairs of models, one after another. Not shared between threads:
/// each has its own, and `flush_into` sums them.
class ContactCounter {
 public:
  /// @throws UsageError unless the rows are every unordered pair once.
  explicit ContactCounter(const TableAxes& axes);

  /// Counts every pair of the model once.
  /// @returns its pairs by class and bin, [K*B].
  std::vector<std::uint64_t> add(const Model& model);

  /// Adds all that was counted so far to `counts` [K·P, B] and forgets it.
  /// @throws Error when a count would pass 2^64 − 1.
  void flush_into(CountTable& counts);

 private:
  void count(const ContactBatch& batch);
  void count_cells(const ContactBatch& batch, const Model& model);
  void fetch_row(std::size_t type) const;
  void sum_row(std::size_t type);
  void spill_row(std::size_t type);

  int classes_, columns_;
  std::size_t types_, cells_, width_;  // T, K*B, T*K*B
  TypePairs pairs_;
  PairKernel kernel_;
  bool narrow_;  // summing a row costs less than counting each pair's cell
  // Sites come grouped by type, so the row being counted stays in the nearest
  // cache. A row is spilled before it holds 2^16 pairs, so that neither its
  // counts nor their sums can wrap.
  std::vector<std::uint16_t> table_;    // [T, T, K*B]
  std::vector<std::uint32_t> pending_;  // [T] pairs in the row
  std::vector<std::uint64_t> spilled_;  // as table_
  // The histogram of the running model: what the sums of its rows have grown by.
  std::vector<std::uint64_t> histogram_;  // [K*B]
  std::vector<std::uint16_t> row_sums_;   // [T, K*B] when last summed
  std::vector<std::uint16_t> column_;     // scratch of sum_row
};

/// The margins of a model, but for its pair histogram.
StructureRecord margins_of(const Model& model, int types);

}  // namespace potential
