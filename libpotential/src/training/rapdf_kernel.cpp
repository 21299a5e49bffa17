// The loops of the RAPDF kernel, written to be vectorised by the compiler and
// compiled for several targets. Only always-inline functions of this file may
// be used inside, so that no code for one CPU leaks to another.
#include "training/rapdf_kernel.hpp"
#include <memory>

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

enum class Cpu { baseline, avx2, avx512 };

/// Correctly rounded for all 64 bits. Only AVX-512 converts vectors of them.
template <Cpu cpu>
POTENTIAL_INLINE double to_double(std::uint64_t n) {
  if (cpu == Cpu::avx512) return static_cast<double>(n);
  const double high = bits<double>(n >> 32 | 0x4530000000000000U);           // 2^84 + high·2^32
  const double low = bits<double>((n & 0xFFFFFFFFU) | 0x4330000000000000U);  // 2^52 + low
  return (high - 0x1.00000001p84) + low;
}

/// a/b, correctly rounded, given the rounded reciprocal of b. With fused
/// multiply-add one step of correction does it (Markstein 1990).
template <Cpu cpu>
POTENTIAL_INLINE double quotient(double a, double b, double reciprocal) {
  if (cpu == Cpu::baseline) return a / b;
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

/// Of the two quotients one is left to the divider, which works beside the rest.
template <Cpu cpu>
POTENTIAL_INLINE void score_block(const std::uint64_t* counts, std::size_t cells,
                                  double pseudocount, const double* row, const double* column,
                                  const double* column_inverse, double* score) {
  for (std::size_t c = 0; c < cells; ++c) {
    const double share = (to_double<cpu>(counts[c]) + pseudocount) / row[c];
    score[c] = 0.0 - fast_log(quotient<cpu>(share, column[c], column_inverse[c]));
  }
}

/// As NumPy: rint(x·10^d)/10^d; a zero comes without a sign.
template <Cpu cpu>
POTENTIAL_INLINE void round_block(std::size_t cells, double scale, double* score) {
  constexpr double integer = 0x1.8p52;  // adding it rounds to a whole number, half to even
  const double inverse = 1 / scale;
  for (std::size_t c = 0; c < cells; ++c) {
    const double whole = score[c] * scale + integer - integer;
    score[c] = quotient<cpu>(whole, scale, inverse) + 0.0;
  }
}

/// Rows of one block: enough cells to fill the pipelines, few enough for the
/// nearest cache.
POTENTIAL_INLINE std::size_t block_rows(std::size_t rows, std::size_t columns) {
  const std::size_t max_rows = columns < block_cells ? block_cells / columns : 1;
  return rows < max_rows ? rows : max_rows;
}

/// Eight numbers side by side, whatever the vectors of the CPU.
typedef double Eight __attribute__((vector_size(64)));
typedef std::uint64_t EightCounts __attribute__((vector_size(64)));

/// One value for each cell of each row. Whole vectors are stored; what reaches
/// into the next row is overwritten by it.
POTENTIAL_INLINE void spread(const double* __restrict value, std::size_t rows, std::size_t columns,
                             double* __restrict out) {
  for (std::size_t r = 0; r < rows; ++r, out += columns) {
    const double v = value[r];
    const Eight all = {v, v, v, v, v, v, v, v};
    for (std::size_t d = 0; d < columns; d += 8) __builtin_memcpy(out + d, &all, sizeof all);
  }
}

POTENTIAL_INLINE std::uint64_t sum_of(const EightCounts& counts) {
  EightCounts v = counts;
  v += __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3);
  v += __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5);
  return v[0] + v[1];
}

/// Row sums by whole vectors; the last one of a row may reach into the next row,
/// so `beyond` says how many cells of the table lie behind these rows.
POTENTIAL_INLINE void sum_rows(const std::uint64_t* __restrict counts, std::size_t rows,
                               std::size_t columns, std::size_t beyond,
                               std::uint64_t* __restrict sum) {
  const std::size_t whole = columns / 8 * 8, rest = columns - whole;
  const std::size_t reach = rest == 0 ? 0 : 8 - rest;  // cells of the next rows
  EightCounts mask;
  for (std::size_t k = 0; k < 8; ++k) mask[k] = k < rest ? ~std::uint64_t{0} : 0;
  for (std::size_t r = 0; r < rows; ++r, counts += columns) {
    EightCounts all = {}, now;
    for (std::size_t d = 0; d < whole; d += 8) {
      __builtin_memcpy(&now, counts + d, sizeof now);
      all += now;
    }
    if (rest != 0 && (rows - 1 - r) * columns + beyond >= reach) {
      __builtin_memcpy(&now, counts + whole, sizeof now);
      all += now & mask;
      sum[r] = sum_of(all);
      continue;
    }
    sum[r] = sum_of(all);
    for (std::size_t d = whole; d < columns; ++d) sum[r] += counts[d];
  }
}

/// max(row sum + pseudocounts, 1) for each cell.
template <Cpu cpu>
POTENTIAL_INLINE void fill_rows(const std::uint64_t* __restrict counts, std::size_t rows,
                                std::size_t columns, std::size_t beyond, double pseudocounts,
                                double* row) {
  std::uint64_t sum[block_cells];
  sum_rows(counts, rows, columns, beyond, sum);
  double value[block_cells];
  for (std::size_t r = 0; r < rows; ++r) {
    const double with = to_double<cpu>(sum[r]) + pseudocounts;
    value[r] = with < 1 ? 1 : with;
  }
  spread(value, rows, columns, row);
}

/// Copies the first of `times` stretches to all others.
POTENTIAL_INLINE void repeat(double* values, std::size_t size, std::size_t times) {
  for (std::size_t done = 1; done < times; done *= 2)
    __builtin_memcpy(values + done * size, values,
                     (done < times - done ? done : times - done) * size * sizeof *values);
}

POTENTIAL_INLINE double* aligned(double* from) {
  return from + (64 - reinterpret_cast<std::uintptr_t>(from) % 64) % 64 / sizeof *from;
}

template <Cpu cpu>
POTENTIAL_INLINE void score_table(const RapdfTask& task) {
  const std::size_t columns = task.columns, block = block_rows(task.rows, columns),
                    room = (block * columns + 15) / 8 * 8;
  const std::unique_ptr<double[]> workspace(new double[3 * room + 8]);  // not zeroed
  double* const column = aligned(workspace.get());
  double* const column_inverse = column + room;
  double* const row = column_inverse + room;
  const double rows = static_cast<double>(task.rows), bins = static_cast<double>(columns);
  const double total = task.total + rows * bins * task.pseudocount;
  for (std::size_t d = 0; d < columns; ++d) {
    column[d] = (to_double<cpu>(task.column_sum[d]) + rows * task.pseudocount) / total;
    column_inverse[d] = 1 / column[d];
  }
  repeat(column, columns, block);
  repeat(column_inverse, columns, block);
  for (std::size_t r = 0; r < task.rows; r += block) {
    const std::size_t now = task.rows - r < block ? task.rows - r : block;
    const std::uint64_t* const counts = task.counts + r * columns;
    double* const score = task.score + r * columns;
    const std::size_t beyond = (task.rows - r - now) * columns;
    fill_rows<cpu>(counts, now, columns, beyond, bins * task.pseudocount, row);
    score_block<cpu>(counts, now * columns, task.pseudocount, row, column, column_inverse, score);
    if (task.scale > 0) round_block<cpu>(now * columns, task.scale, score);
  }
}

/// Eight rows at a time, which are a whole number of vectors.
POTENTIAL_INLINE std::uint64_t sum_columns(const std::uint64_t* __restrict counts, std::size_t rows,
                                           std::size_t columns,
                                           std::uint64_t* __restrict column_sum) {
  constexpr std::size_t max_columns = 64;
  EightCounts all = {}, sum[max_columns] = {};
  std::size_t r = 0;
  if (columns <= max_columns)
    for (; r + 8 <= rows; r += 8, counts += 8 * columns)
      for (std::size_t v = 0; v < columns; ++v) {
        EightCounts now;
        __builtin_memcpy(&now, counts + 8 * v, sizeof now);
        sum[v] += now;
        all |= now;
      }
  for (std::size_t cell = 0; r > 0 && cell < 8 * columns; ++cell)
    column_sum[cell % columns] += sum[cell / 8][cell % 8];
  std::uint64_t any = 0;
  for (int k = 0; k < 8; ++k) any |= all[k];
  for (; r < rows; ++r, counts += columns)
    for (std::size_t d = 0; d < columns; ++d) {
      column_sum[d] += counts[d];
      any |= counts[d];
    }
  return any;
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
void score_baseline(const RapdfTask& task) { score_table<Cpu::baseline>(task); }

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
POTENTIAL_V3 void score_v3(const RapdfTask& task) { score_table<Cpu::avx2>(task); }

POTENTIAL_V4 std::uint64_t sum_v4(const std::uint64_t* counts, std::size_t rows,
                                  std::size_t columns, std::uint64_t* column_sum) {
  return sum_columns(counts, rows, columns, column_sum);
}
POTENTIAL_V4 void logarithms_v4(const double* number, std::size_t n, double* logarithm) {
  take_logarithms(number, n, logarithm);
}
POTENTIAL_V4 void score_v4(const RapdfTask& task) { score_table<Cpu::avx512>(task); }
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
