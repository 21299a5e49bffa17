// The loops of the RAPDF kernel, written to be vectorised by the compiler and
// compiled for several targets. Only always-inline functions of this file may
// be used inside, so that no code for one CPU leaks to another.
#include <memory>
#include <potential/training/rapdf_kernel.hpp>

#define POTENTIAL_INLINE __attribute__((always_inline)) inline

namespace potential::detail {
namespace {

constexpr std::size_t block_cells = 768;

template <class To, class From>
POTENTIAL_INLINE To bits(From from) {
  To to;
  static_assert(sizeof to == sizeof from);
  __builtin_memcpy(&to, &from, sizeof to);
  return to;
}

/// Correctly rounded for all 64 bits, without the conversion AVX2 lacks.
POTENTIAL_INLINE double to_double(std::uint64_t n) {
  const double high = bits<double>(n >> 32 | 0x4530000000000000U);           // 2^84 + high·2^32
  const double low = bits<double>((n & 0xFFFFFFFFU) | 0x4330000000000000U);  // 2^52 + low
  return (high - 0x1.00000001p84) + low;
}

/// a/b, correctly rounded, given the rounded reciprocal of b. With fused
/// multiply-add one step of correction does it (Markstein 1990).
template <bool fused>
POTENTIAL_INLINE double quotient(double a, double b, double reciprocal) {
  if (!fused) return a / b;
  const double q = a * reciprocal;
  return __builtin_fma(__builtin_fma(-q, b, a), reciprocal, q);
}

/// Natural logarithm of a positive normal number, below 1 ulp from the true
/// one; the method of fdlibm's e_log.c: x = 2^k (1 + f), s = f/(2 + f),
/// log(1 + f) = f - f²/2 + s (f²/2 + R(s²)).
POTENTIAL_INLINE double fast_log(double x) {
  constexpr std::uint64_t root_half = 0x3FE6A09E667F3BCDU;
  const std::uint64_t shifted = bits<std::uint64_t>(x) - root_half + (std::uint64_t{1023} << 52);
  const std::uint64_t biased = shifted >> 52;
  const double k = bits<double>(biased | 0x4330000000000000U) - (0x1p52 + 1023);
  const double f = bits<double>((shifted & 0x000FFFFFFFFFFFFFU) + root_half) - 1;
  const double s = f / (2 + f);
  const double z = s * s;
  const double w = z * z;
  const double odd = z * (6.666666666666735130e-01 +
                          w * (2.857142874366239149e-01 +
                               w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const double even = w * (3.999999999940941908e-01 +
                           w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double half_square = 0.5 * f * f;
  constexpr double ln2_high = 6.93147180369123816490e-01;
  constexpr double ln2_low = 1.90821492927058770002e-10;
  return k * ln2_high - ((half_square - (s * (half_square + (odd + even)) + k * ln2_low)) - f);
}

template <bool fused>
POTENTIAL_INLINE void score_block(const std::uint64_t* counts, std::size_t cells,
                                  double pseudocount, const double* row, const double* row_inverse,
                                  const double* column, const double* column_inverse,
                                  double* score) {
  for (std::size_t c = 0; c < cells; ++c) {
    const double share =
        quotient<fused>(to_double(counts[c]) + pseudocount, row[c], row_inverse[c]);
    score[c] = 0.0 - fast_log(quotient<fused>(share, column[c], column_inverse[c]));
  }
}

/// As NumPy: rint(x·10^d)/10^d; a zero comes without a sign.
template <bool fused>
POTENTIAL_INLINE void round_block(std::size_t cells, double scale, double* score) {
  constexpr double integer = 0x1.8p52;  // adding it rounds to a whole number, half to even
  const double inverse = 1 / scale;
  for (std::size_t c = 0; c < cells; ++c) {
    const double whole = score[c] * scale + integer - integer;
    score[c] = quotient<fused>(whole, scale, inverse) + 0.0;
  }
}

/// Rows of one block: enough cells to fill the pipelines, few enough for the
/// nearest cache.
POTENTIAL_INLINE std::size_t block_rows(std::size_t columns) {
  return columns < block_cells ? block_cells / columns : 1;
}

/// max(row sum + pseudocounts, 1) and its reciprocal, once for each cell. Whole
/// vectors are stored; what reaches into the next row is overwritten by it.
POTENTIAL_INLINE void fill_rows(const std::uint64_t* counts, std::size_t rows, std::size_t columns,
                                double pseudocounts, double* row, double* inverse) {
  for (std::size_t r = 0; r < rows; ++r, counts += columns) {
    std::uint64_t sum = 0;
    for (std::size_t d = 0; d < columns; ++d) sum += counts[d];
    const double with = to_double(sum) + pseudocounts;
    const double value = with < 1 ? 1 : with;
    const double over = 1 / value;
    for (std::size_t d = 0; d < columns; d += 8, row += 8, inverse += 8)
      for (std::size_t k = 0; k < 8; ++k) row[k] = value, inverse[k] = over;
    row -= (columns + 7) / 8 * 8 - columns;
    inverse -= (columns + 7) / 8 * 8 - columns;
  }
}

template <bool fused>
POTENTIAL_INLINE void score_table(const RapdfTask& task) {
  const std::size_t columns = task.columns, block = block_rows(columns), room = block * columns + 8;
  const auto workspace = std::make_unique<double[]>(4 * room);
  double* const column = workspace.get();
  double* const column_inverse = column + room;
  double* const row = column_inverse + room;
  double* const row_inverse = row + room;
  const double rows = static_cast<double>(task.rows), bins = static_cast<double>(columns);
  const double total = task.total + rows * bins * task.pseudocount;
  for (std::size_t c = 0; c < block * columns; ++c) {
    column[c] = c < columns ? (to_double(task.column_sum[c]) + rows * task.pseudocount) / total
                            : column[c - columns];
    column_inverse[c] = c < columns ? 1 / column[c] : column_inverse[c - columns];
  }
  for (std::size_t r = 0; r < task.rows; r += block) {
    const std::size_t now = task.rows - r < block ? task.rows - r : block;
    const std::uint64_t* const counts = task.counts + r * columns;
    double* const score = task.score + r * columns;
    fill_rows(counts, now, columns, bins * task.pseudocount, row, row_inverse);
    score_block<fused>(counts, now * columns, task.pseudocount, row, row_inverse, column,
                       column_inverse, score);
    if (task.scale > 0) round_block<fused>(now * columns, task.scale, score);
  }
}

POTENTIAL_INLINE std::uint64_t sum_columns(const std::uint64_t* counts, std::size_t rows,
                                           std::size_t columns, std::uint64_t* column_sum) {
  std::uint64_t all = 0;
  for (std::size_t r = 0; r < rows; ++r, counts += columns)
    for (std::size_t d = 0; d < columns; ++d) {
      column_sum[d] += counts[d];
      all |= counts[d];
    }
  return all;
}

std::uint64_t sum_baseline(const std::uint64_t* counts, std::size_t rows, std::size_t columns,
                           std::uint64_t* column_sum) {
  return sum_columns(counts, rows, columns, column_sum);
}
POTENTIAL_INLINE void take_logarithms(const double* number, std::size_t n, double* logarithm) {
  for (std::size_t k = 0; k < n; ++k) logarithm[k] = fast_log(number[k]);
}

void logarithms_baseline(const double* number, std::size_t n, double* logarithm) {
  take_logarithms(number, n, logarithm);
}
void score_baseline(const RapdfTask& task) { score_table<false>(task); }

#if defined(__x86_64__)
#define POTENTIAL_V3 __attribute__((target("avx2,fma,bmi2")))
#if defined(__clang__)
#define POTENTIAL_V4 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,bmi2")))
#else
#define POTENTIAL_V4 \
  __attribute__((    \
      target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,bmi2,prefer-vector-width=512")))
#endif

POTENTIAL_V3 std::uint64_t sum_v3(const std::uint64_t* counts, std::size_t rows,
                                  std::size_t columns, std::uint64_t* column_sum) {
  return sum_columns(counts, rows, columns, column_sum);
}
POTENTIAL_V3 void logarithms_v3(const double* number, std::size_t n, double* logarithm) {
  take_logarithms(number, n, logarithm);
}
POTENTIAL_V3 void score_v3(const RapdfTask& task) { score_table<true>(task); }

POTENTIAL_V4 std::uint64_t sum_v4(const std::uint64_t* counts, std::size_t rows,
                                  std::size_t columns, std::uint64_t* column_sum) {
  return sum_columns(counts, rows, columns, column_sum);
}
POTENTIAL_V4 void logarithms_v4(const double* number, std::size_t n, double* logarithm) {
  take_logarithms(number, n, logarithm);
}
POTENTIAL_V4 void score_v4(const RapdfTask& task) { score_table<true>(task); }
#endif

std::vector<RapdfPath> find_paths() {
  std::vector<RapdfPath> paths;
#if defined(__x86_64__)
  const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                  __builtin_cpu_supports("bmi2");
  if (v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq"))
    paths.push_back({"avx512", sum_v4, score_v4, logarithms_v4});
  if (v3) paths.push_back({"avx2", sum_v3, score_v3, logarithms_v3});
#endif
  paths.push_back({"baseline", sum_baseline, score_baseline, logarithms_baseline});
  return paths;
}

}  // namespace

const std::vector<RapdfPath>& rapdf_paths() {
  static const std::vector<RapdfPath> paths = find_paths();
  return paths;
}

}  // namespace potential::detail
