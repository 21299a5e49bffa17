// The loops over pairs that forces take, written to be vectorised by the compiler and
// compiled for several targets. Products and sums are not fused, so that all give the
// same bytes. Only always-inline functions of this file may be used inside, so that no
// code for one CPU leaks to another.
#include "scoring/smooth_loops.hpp"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define POTENTIAL_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define POTENTIAL_CLONES
#endif

namespace potential {
namespace {

/// Loops that the compiler vectorises go over a multiple of so many pairs: what would be left
/// over, one by one, takes as long as the rest. Those behind the last are of no use.
constexpr std::size_t lanes = 16;

/// Four numbers, which need not be aligned.
using Four __attribute__((vector_size(32), aligned(8), may_alias)) = double;
using FourFloats __attribute__((vector_size(16), aligned(4), may_alias)) = float;

// Plain arguments: only of a parameter does the compiler believe __restrict, and without
// that it does not gather.

/// Four sites at a time: a site is fetched as a whole, and the columns are sorted out in registers.
POTENTIAL_CLONES void find_differences(const double* places, std::uint32_t i,
                                       const std::uint32_t* sites, std::size_t size,
                                       double* __restrict dxs, double* __restrict dys,
                                       double* __restrict dzs) {
  const double* const own = places + 4 * std::size_t{i};
  const Four from = *reinterpret_cast<const Four*>(own);
  std::size_t k = 0;
  for (; k + 4 <= size; k += 4) {
    const auto* const at = sites + k;
    const Four a = *reinterpret_cast<const Four*>(places + 4 * std::size_t{at[0]}) - from;
    const Four b = *reinterpret_cast<const Four*>(places + 4 * std::size_t{at[1]}) - from;
    const Four c = *reinterpret_cast<const Four*>(places + 4 * std::size_t{at[2]}) - from;
    const Four d = *reinterpret_cast<const Four*>(places + 4 * std::size_t{at[3]}) - from;
    const Four ab_xz = __builtin_shufflevector(a, b, 0, 4, 2, 6);
    const Four ab_y = __builtin_shufflevector(a, b, 1, 5, 3, 7);
    const Four cd_xz = __builtin_shufflevector(c, d, 0, 4, 2, 6);
    const Four cd_y = __builtin_shufflevector(c, d, 1, 5, 3, 7);
    *reinterpret_cast<Four*>(dxs + k) = __builtin_shufflevector(ab_xz, cd_xz, 0, 1, 4, 5);
    *reinterpret_cast<Four*>(dys + k) = __builtin_shufflevector(ab_y, cd_y, 0, 1, 4, 5);
    *reinterpret_cast<Four*>(dzs + k) = __builtin_shufflevector(ab_xz, cd_xz, 2, 3, 6, 7);
  }
  for (; k < size; ++k) {
    const double* const to = places + 4 * std::size_t{sites[k]};
    dxs[k] = to[0] - own[0], dys[k] = to[1] - own[1], dzs[k] = to[2] - own[2];
  }
  for (; k % lanes != 0; ++k) dxs[k] = dys[k] = dzs[k] = 0;
}

/// The inverse of the root from single precision, made exact by one step of Newton's, and from
/// it the root.
POTENTIAL_CLONES void find_distances(const double* __restrict dxs, const double* __restrict dys,
                                     const double* __restrict dzs, std::size_t blocks,
                                     double* __restrict distances, double* __restrict inverses) {
  constexpr double at_one_place = 1e-30;  // Å²: single precision holds its inverse
  for (std::size_t k = 0; k < lanes * blocks; ++k) {
    const double squared = dxs[k] * dxs[k] + dys[k] * dys[k] + dzs[k] * dzs[k];
    const double rough = 1.0F / __builtin_sqrtf(static_cast<float>(squared));
    const double inverse = rough * (1.5 - 0.5 * (squared * rough) * rough);
    const double root = squared * inverse;
    const double distance = root + 0.5 * inverse * (squared - root * root);
    distances[k] = squared > at_one_place ? distance : 0;
    inverses[k] = squared > at_one_place ? inverse : 0;
  }
}

/// By tables, for any curve. @param below  the largest distance below the cut-off
POTENTIAL_CLONES void find_places(const double* knots, const double* all_widths,
                                  const double* all_inverses, const std::int32_t* first,
                                  const double* distances, std::size_t blocks, double per_angstrom,
                                  double below, std::int32_t* __restrict nodes,
                                  double* __restrict parts, double* __restrict widths,
                                  double* __restrict inverses) {
  for (std::size_t k = 0; k < lanes * blocks; ++k) {
    const double r = distances[k] < below ? distances[k] : below;
    std::int32_t piece = first[static_cast<std::int32_t>(r * per_angstrom)];
    piece += r >= knots[piece + 1] ? 1 : 0;
    nodes[k] = 2 * piece;
    inverses[k] = all_inverses[piece];
    widths[k] = all_widths[piece];
    parts[k] = (r - knots[piece]) * inverses[k];
  }
}

/// By arithmetic, for curves of a few runs of pieces of one width, as nearly all are: a
/// choice between four values takes less than a gather from a table.
POTENTIAL_CLONES void find_places_in_runs(const SmoothRun* runs, const double* __restrict distances,
                                          std::size_t blocks, double below,
                                          std::int32_t* __restrict nodes, double* __restrict parts,
                                          double* __restrict widths, double* __restrict inverses) {
  const SmoothRun a = runs[0], b = runs[1], c = runs[2], d = runs[3];
  for (std::size_t k = 0; k < lanes * blocks; ++k) {
    const double r = distances[k] < below ? distances[k] : below;
    const bool in_b = r >= b.begin, in_c = r >= c.begin, in_d = r >= d.begin;
    double begin = in_b ? b.begin : a.begin, width = in_b ? b.width : a.width,
           inverse = in_b ? b.inverse : a.inverse, first = in_b ? b.first : a.first,
           last = in_b ? b.last : a.last;
    begin = in_c ? c.begin : begin, width = in_c ? c.width : width;
    inverse = in_c ? c.inverse : inverse, first = in_c ? c.first : first;
    last = in_c ? c.last : last;
    begin = in_d ? d.begin : begin, width = in_d ? d.width : width;
    inverse = in_d ? d.inverse : inverse, first = in_d ? d.first : first;
    last = in_d ? d.last : last;
    const double pieces = (r - begin) * inverse;
    const auto piece = static_cast<std::int32_t>(pieces < last ? pieces : last);
    nodes[k] = 2 * (piece + static_cast<std::int32_t>(first));
    parts[k] = pieces - piece;
    widths[k] = width;
    inverses[k] = inverse;
  }
}

/// The ends of the pieces, four pairs at a time: those of a piece stand side by side and are
/// fetched as one.
POTENTIAL_CLONES void fetch_pieces(const float* table, const std::uint32_t* rows,
                                   std::size_t stride, const std::int32_t* nodes, std::size_t size,
                                   float* __restrict values, float* __restrict bends,
                                   float* __restrict next_values, float* __restrict next_bends) {
  const auto node = [=](std::size_t k) {
    return table + (rows[k] * stride + static_cast<std::uint32_t>(nodes[k]));
  };
  std::size_t k = 0;
  for (; k + 4 <= size; k += 4) {
    const FourFloats a = *reinterpret_cast<const FourFloats*>(node(k));
    const FourFloats b = *reinterpret_cast<const FourFloats*>(node(k + 1));
    const FourFloats c = *reinterpret_cast<const FourFloats*>(node(k + 2));
    const FourFloats d = *reinterpret_cast<const FourFloats*>(node(k + 3));
    const FourFloats ab = __builtin_shufflevector(a, b, 0, 4, 1, 5);
    const FourFloats cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
    const FourFloats next_ab = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    const FourFloats next_cd = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    *reinterpret_cast<FourFloats*>(values + k) = __builtin_shufflevector(ab, cd, 0, 1, 4, 5);
    *reinterpret_cast<FourFloats*>(bends + k) = __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
    *reinterpret_cast<FourFloats*>(next_values + k) =
        __builtin_shufflevector(next_ab, next_cd, 0, 1, 4, 5);
    *reinterpret_cast<FourFloats*>(next_bends + k) =
        __builtin_shufflevector(next_ab, next_cd, 2, 3, 6, 7);
  }
  for (; k < size; ++k) {
    const float* const ends = node(k);
    values[k] = ends[0], bends[k] = ends[1], next_values[k] = ends[2], next_bends[k] = ends[3];
  }
}

/// Cubics by values f and second derivatives m at their ends.
/// @param parts  of its piece that a pair has behind it
POTENTIAL_CLONES void find_energies(const float* __restrict values, const float* __restrict bends,
                                    const float* __restrict next_values,
                                    const float* __restrict next_bends,
                                    const double* __restrict distances,
                                    const double* __restrict inverse_distances,
                                    const double* __restrict parts, const double* __restrict widths,
                                    const double* __restrict inverses, std::size_t blocks,
                                    double cutoff, double* __restrict energies,
                                    double* __restrict pulls) {
  for (std::size_t k = 0; k < lanes * blocks; ++k) {
    const double r = distances[k], h = widths[k], t = parts[k], w = 1 - t;
    const double f0 = values[k], m0 = bends[k], f1 = next_values[k], m1 = next_bends[k];
    const double ww = w * w, tt = t * t, sixth = h * (1.0 / 6);
    const double energy = w * f0 + t * f1 + h * sixth * ((ww - 1) * w * m0 + (tt - 1) * t * m1);
    const double slope = (f1 - f0) * inverses[k] + sixth * ((1 - 3 * ww) * m0 + (3 * tt - 1) * m1);
    energies[k] = r < cutoff ? energy : 0;
    // Two sites at one place: the inverse is 0, since the wall has no direction there.
    pulls[k] = r < cutoff ? slope * inverse_distances[k] : 0;
  }
}

POTENTIAL_CLONES double sum_of(const double* terms, std::size_t size) {
  Four sum{};
  std::size_t k = 0;
  for (; k + 4 <= size; k += 4) sum += *reinterpret_cast<const Four*>(terms + k);
  double rest = 0;
  for (; k < size; ++k) rest += terms[k];
  return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + rest;
}

/// Four pairs at a time, as the differences are found.
POTENTIAL_CLONES void add_pulls_to(double* gradient, std::uint32_t i, const std::uint32_t* sites,
                                   std::size_t size, const double* pulls, const double* dxs,
                                   const double* dys, const double* dzs) {
  Four own_x{}, own_y{}, own_z{};
  const Four none{};
  std::size_t k = 0;
  for (; k + 4 <= size; k += 4) {
    const Four pull = *reinterpret_cast<const Four*>(pulls + k);
    const Four x = pull * *reinterpret_cast<const Four*>(dxs + k);
    const Four y = pull * *reinterpret_cast<const Four*>(dys + k);
    const Four z = pull * *reinterpret_cast<const Four*>(dzs + k);
    own_x += x, own_y += y, own_z += z;
    const Four xy_02 = __builtin_shufflevector(x, y, 0, 4, 2, 6);
    const Four xy_13 = __builtin_shufflevector(x, y, 1, 5, 3, 7);
    const Four z_02 = __builtin_shufflevector(z, none, 0, 4, 2, 6);
    const Four z_13 = __builtin_shufflevector(z, none, 1, 5, 3, 7);
    const auto* const at = sites + k;
    *reinterpret_cast<Four*>(gradient + 4 * std::size_t{at[0]}) +=
        __builtin_shufflevector(xy_02, z_02, 0, 1, 4, 5);
    *reinterpret_cast<Four*>(gradient + 4 * std::size_t{at[1]}) +=
        __builtin_shufflevector(xy_13, z_13, 0, 1, 4, 5);
    *reinterpret_cast<Four*>(gradient + 4 * std::size_t{at[2]}) +=
        __builtin_shufflevector(xy_02, z_02, 2, 3, 6, 7);
    *reinterpret_cast<Four*>(gradient + 4 * std::size_t{at[3]}) +=
        __builtin_shufflevector(xy_13, z_13, 2, 3, 6, 7);
  }
  double* const own = gradient + 4 * std::size_t{i};
  own[0] -= (own_x[0] + own_x[1]) + (own_x[2] + own_x[3]);
  own[1] -= (own_y[0] + own_y[1]) + (own_y[2] + own_y[3]);
  own[2] -= (own_z[0] + own_z[1]) + (own_z[2] + own_z[3]);
  for (; k < size; ++k) {
    const double x = pulls[k] * dxs[k], y = pulls[k] * dys[k], z = pulls[k] * dzs[k];
    double* const other = gradient + 4 * std::size_t{sites[k]};
    other[0] += x, other[1] += y, other[2] += z;
    own[0] -= x, own[1] -= y, own[2] -= z;
  }
}

}  // namespace

double smooth_pairs(const SmoothTask& task, std::uint32_t i, const std::uint32_t* sites,
                    const std::uint32_t* rows, std::size_t size, SmoothPairs& pairs) {
  const std::size_t blocks = (size + lanes - 1) / lanes;
  find_differences(task.places, i, sites, size, pairs.dx, pairs.dy, pairs.dz);
  find_distances(pairs.dx, pairs.dy, pairs.dz, blocks, pairs.distance, pairs.inverse_distance);
  const double below = __builtin_nextafter(task.cutoff, 0);
  if (task.runs != nullptr)
    find_places_in_runs(task.runs, pairs.distance, blocks, below, pairs.node, pairs.part,
                        pairs.width, pairs.inverse);
  else
    find_places(task.knots, task.widths, task.inverses, task.first_piece, pairs.distance, blocks,
                task.per_angstrom, below, pairs.node, pairs.part, pairs.width, pairs.inverse);
  fetch_pieces(task.nodes, rows, task.stride, pairs.node, size, pairs.value[0], pairs.bend[0],
               pairs.value[1], pairs.bend[1]);
  find_energies(pairs.value[0], pairs.bend[0], pairs.value[1], pairs.bend[1], pairs.distance,
                pairs.inverse_distance, pairs.part, pairs.width, pairs.inverse, blocks, task.cutoff,
                pairs.energy, pairs.pull);
  return sum_of(pairs.energy, size);
}

void add_pulls(const SmoothPairs& pairs, std::uint32_t i, const std::uint32_t* sites,
               std::size_t size, double* gradient) {
  add_pulls_to(gradient, i, sites, size, pairs.pull, pairs.dx, pairs.dy, pairs.dz);
}

}  // namespace potential
