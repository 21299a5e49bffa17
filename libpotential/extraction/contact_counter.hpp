#pragma once
#include <cstdint>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/core/model.hpp>
#include <potential/pairs/pair_kernel.hpp>

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
  void count_in_row(const ContactBatch& batch, std::vector<std::uint64_t>& histogram);
  void count_in_table(const ContactBatch& batch, std::vector<std::uint64_t>& histogram);
  void drain_row(std::vector<std::uint64_t>& histogram);
  void make_room(std::uint64_t pairs);
  void spill();

  int classes_, columns_;
  std::size_t types_, cells_;  // T, K*B
  TypePairs pairs_;
  PairKernel kernel_;
  // Sites come grouped by type. The row of one type, [T, K*B] in 16 bits, stays
  // in the nearest cache; it is added to the table when the type changes.
  std::vector<std::uint16_t> row_;
  std::vector<std::uint32_t> row_sums_;  // scratch of drain_row
  std::size_t row_type_ = 0;
  std::uint64_t row_pending_ = 0;       // pairs in row_
  std::vector<std::uint32_t> table_;    // [T, T, K*B]; 32 bits: half the memory to walk
  std::uint64_t table_pending_ = 0;     // pairs in table_
  std::vector<std::uint64_t> spilled_;  // as table_; empty until 2^32 pairs were counted
};

/// The margins of a model, but for its pair histogram.
StructureRecord margins_of(const Model& model, int types);

}  // namespace potential
