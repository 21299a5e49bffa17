#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace potential::detail {

/// A contiguous table to score. All margins come without the pseudocount.
struct RapdfTask {
  const std::uint64_t* counts;  ///< [rows, columns]
  std::size_t rows, columns;
  const std::uint64_t* column_sum;  ///< [columns]
  double total;                     ///< sum of all
  double pseudocount;
  double scale;   ///< 10^decimals, or 0 for no rounding
  double* score;  ///< [rows, columns]
};

/// One way to compute scores, for one kind of CPU; all agree within 4 ulp.
struct RapdfPath {
  const char* name;
  /// Adds the sums over columns, modulo 2^64, to zeroed column_sum [columns].
  /// @returns all counts or-ed together.
  std::uint64_t (*sum)(const std::uint64_t* counts, std::size_t rows, std::size_t columns,
                       std::uint64_t* column_sum);
  /// Scores a table that holds, with the pseudocount in, no zero and nothing
  /// whose logarithm a normal number could not carry; 10^decimals <= 10^12.
  void (*score)(const RapdfTask& task);
  /// Logarithms of n positive normal numbers: what bounds the speed of the rest.
  void (*logarithms)(const double* number, std::size_t n, double* logarithm);
};

/// The ways this CPU can take, the fastest first.
const std::vector<RapdfPath>& rapdf_paths();

}  // namespace potential::detail
