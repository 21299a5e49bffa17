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

// Plain arguments: only of a parameter does the compiler believe __restrict, and without
// that it does not gather.

POTENTIAL_CLONES void find_distances(const double* xs, const double* ys, const double* zs,
                                     std::uint32_t i, const std::uint32_t* sites, std::size_t size,
                                     double* __restrict dxs, double* __restrict dys,
                                     double* __restrict dzs, double* __restrict distances) {
  const double x = xs[i], y = ys[i], z = zs[i];
  for (std::size_t k = 0; k < size; ++k) {
    const auto j = static_cast<std::int32_t>(sites[k]);
    const double dx = xs[j] - x, dy = ys[j] - y, dz = zs[j] - z;
    dxs[k] = dx, dys[k] = dy, dzs[k] = dz;
    distances[k] = __builtin_sqrt(dx * dx + dy * dy + dz * dz);
  }
}

/// @param upper  where each piece ends
/// @param below  the largest distance below the cut-off
POTENTIAL_CLONES void find_pieces(const double* upper, const std::int32_t* first,
                                  const double* distances, const std::uint32_t* rows,
                                  std::size_t size, double per_angstrom, double below,
                                  std::int32_t stride, std::int32_t* __restrict nodes,
                                  std::int32_t* __restrict pieces) {
  for (std::size_t k = 0; k < size; ++k) {
    const double r = distances[k] < below ? distances[k] : below;
    std::int32_t piece = first[static_cast<std::int32_t>(r * per_angstrom)];
    piece += r >= upper[piece] ? 1 : 0;
    pieces[k] = piece;
    nodes[k] = static_cast<std::int32_t>(rows[k]) * stride + 2 * piece;
  }
}

/// Cubics by values f and second derivatives m at their ends.
POTENTIAL_CLONES void find_energies(const float* table, const double* knots, const double* widths,
                                    const double* inverses, const double* distances,
                                    const std::int32_t* pieces, const std::int32_t* nodes,
                                    std::size_t size, double cutoff, double* __restrict energies,
                                    double* __restrict pulls) {
  for (std::size_t k = 0; k < size; ++k) {
    const std::int32_t piece = pieces[k], node = nodes[k];
    const double r = distances[k], h = widths[piece], inverse = inverses[piece];
    const double t = (r - knots[piece]) * inverse, w = 1 - t;
    const double f0 = table[node], m0 = table[node + 1], f1 = table[node + 2], m1 = table[node + 3];
    const double ww = w * w, tt = t * t, sixth = h * (1.0 / 6);
    const double energy = w * f0 + t * f1 + h * sixth * ((ww - 1) * w * m0 + (tt - 1) * t * m1);
    const double slope = (f1 - f0) * inverse + sixth * ((1 - 3 * ww) * m0 + (3 * tt - 1) * m1);
    energies[k] = r < cutoff ? energy : 0;
    // Two sites at one place: the wall has no direction there.
    pulls[k] = ((r < cutoff) & (r > 0)) ? slope / r : 0;
  }
}

}  // namespace

void smooth_pairs(const SmoothTask& task, std::uint32_t i, const std::uint32_t* sites,
                  const std::uint32_t* rows, std::size_t size, SmoothPairs& pairs) {
  find_distances(task.x, task.y, task.z, i, sites, size, pairs.dx, pairs.dy, pairs.dz,
                 pairs.distance);
  find_pieces(task.knots + 1, task.first_piece, pairs.distance, rows, size, task.per_angstrom,
              __builtin_nextafter(task.cutoff, 0), task.stride, pairs.node, pairs.piece);
  find_energies(task.nodes, task.knots, task.widths, task.inverses, pairs.distance, pairs.piece,
                pairs.node, size, task.cutoff, pairs.energy, pairs.pull);
}

}  // namespace potential
