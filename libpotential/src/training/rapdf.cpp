#include <algorithm>
#include <cmath>
#include <limits>
#include <potential/core/contact_counts.hpp>
#include <potential/support/error.hpp>
#include <potential/training/rapdf.hpp>
#include <vector>

#include "training/rapdf_kernel.hpp"

namespace potential {
namespace {

constexpr int max_decimals_in_kernel = 12;

int bit_length(std::uint64_t n) {
  int length = 0;
  for (; n != 0; n >>= 1) ++length;
  return length;
}

/// Sums over columns; @returns the sum of all. @throws Error when it passes 2^64 - 1.
std::uint64_t sum(const std::uint64_t* counts, std::size_t rows, std::size_t columns,
                  std::vector<std::uint64_t>& column_sum) {
  column_sum.assign(columns, 0);
  const std::uint64_t all =
      detail::rapdf_paths().front().sum(counts, rows, columns, column_sum.data());
  std::uint64_t total = 0;
  if (bit_length(all) + bit_length(rows * columns) <= 64) {
    for (const std::uint64_t one : column_sum) total += one;
    return total;
  }
  column_sum.assign(columns, 0);
  for (std::size_t cell = 0; cell < rows * columns; ++cell) {
    std::uint64_t& one = column_sum[cell % columns];
    one = add_counts(one, counts[cell]);
    total = add_counts(total, counts[cell]);
  }
  return total;
}

/// As NumPy rounds, for more decimals than the kernel takes.
void round_plainly(std::size_t cells, int decimals, double* score) {
  const double scale = std::pow(10.0, decimals);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const double rounded = std::nearbyint(score[cell] * scale) / scale;
    if (std::isfinite(rounded)) score[cell] = rounded + 0.0;
  }
}

/// Without a pseudocount: an empty cell, and a cell of an empty column.
void set_empty_cells(const detail::RapdfTask& task) {
  for (std::size_t cell = 0; cell < task.rows * task.columns; ++cell)
    if (task.counts[cell] == 0)
      task.score[cell] =
          task.column_sum[cell % task.columns] == 0 ? 0 : std::numeric_limits<double>::infinity();
}

void score_contiguous(const std::uint64_t* counts, std::size_t rows, std::size_t columns,
                      double pseudocount, int decimals, double* score) {
  std::vector<std::uint64_t> column_sum;
  const auto total = static_cast<double>(sum(counts, rows, columns, column_sum));
  const bool in_kernel = decimals >= 0 && decimals <= max_decimals_in_kernel;
  const detail::RapdfTask task{counts,
                               rows,
                               columns,
                               column_sum.data(),
                               total,
                               pseudocount,
                               in_kernel ? std::pow(10.0, decimals) : 0,
                               score};
  detail::rapdf_paths().front().score(task);
  if (decimals > max_decimals_in_kernel) round_plainly(rows * columns, decimals, score);
  if (pseudocount == 0) set_empty_cells(task);
}

}  // namespace

void rapdf(const Eigen::Ref<const CountTable>& counts, double pseudocount, int decimals,
           Eigen::Ref<ScoreTable> score) {
  if (counts.rows() < 1 || counts.cols() < 1)
    throw UsageError("RAPDF: the table of counts is empty");
  if (counts.rows() != score.rows() || counts.cols() != score.cols())
    throw UsageError("RAPDF: the tables of counts and scores differ in shape");
  if (pseudocount != 0 && !(pseudocount >= 1e-100 && pseudocount <= 1e100))
    throw UsageError("RAPDF: the pseudocount must be 0 or a number from 1e-100 to 1e100");
  const auto rows = static_cast<std::size_t>(counts.rows());
  const auto columns = static_cast<std::size_t>(counts.cols());
  if (counts.outerStride() == counts.cols() && score.outerStride() == score.cols()) {
    score_contiguous(counts.data(), rows, columns, pseudocount, decimals, score.data());
    return;
  }
  const CountTable packed = counts;
  ScoreTable result(counts.rows(), counts.cols());
  score_contiguous(packed.data(), rows, columns, pseudocount, decimals, result.data());
  score = result;
}

}  // namespace potential
