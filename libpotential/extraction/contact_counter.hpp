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
  void count(const ContactBatch& batch, std::vector<std::uint64_t>& histogram);
  void spill();

  int classes_, rows_, columns_;
  std::size_t types_;
  PairKernel kernel_;
  // Laid out [P][K][B], so that the pairs of two types stand together and one
  // type's rows stay in the nearest cache; 32 bits for the same reason.
  std::vector<std::uint32_t> recent_;
  std::vector<std::uint64_t> spilled_;  // empty until 2^32 pairs were counted
  std::vector<std::uint32_t> base_;     // [T*T] where the pair of types begins
  std::uint64_t pending_ = 0;           // pairs in recent_
};

/// The margins of a model, but for its pair histogram.
StructureRecord margins_of(const Model& model, int types);

}  // namespace potential
