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

POTENTIAL_CLONES void find_distances(const SmoothTask& task, std::uint32_t i,
                                     const std::uint32_t* __restrict sites, std::size_t size,
                                     SmoothPairs& pairs) {
  const double x = task.x[i], y = task.y[i], z = task.z[i];
  const double* const xs = task.x;
  const double* const ys = task.y;
  const double* const zs = task.z;
  double* __restrict dxs = pairs.dx;
  double* __restrict dys = pairs.dy;
  double* __restrict dzs = pairs.dz;
  double* __restrict distances = pairs.distance;
  for (std::size_t k = 0; k < size; ++k) {
    const auto j = static_cast<std::int32_t>(sites[k]);
    const double dx = xs[j] - x, dy = ys[j] - y, dz = zs[j] - z;
    dxs[k] = dx, dys[k] = dy, dzs[k] = dz;
    distances[k] = __builtin_sqrt(dx * dx + dy * dy + dz * dz);
  }
}

POTENTIAL_CLONES void find_pieces(const SmoothTask& task, const std::uint32_t* __restrict rows,
                                  std::size_t size, SmoothPairs& pairs) {
  const double* const knots = task.knots + 1;
  const std::int32_t* const first = task.first_piece;
  const double* __restrict distances = pairs.distance;
  std::int32_t* __restrict nodes = pairs.node;
  std::int32_t* __restrict pieces = pairs.piece;
  const double per_angstrom = task.per_angstrom, cutoff = task.cutoff;
  const std::int32_t stride = task.stride;
  for (std::size_t k = 0; k < size; ++k) {
    const double r = distances[k] < cutoff ? distances[k] : cutoff;
    std::int32_t piece = first[static_cast<std::int32_t>(r * per_angstrom)];
    piece += r >= knots[piece] && r < cutoff ? 1 : 0;
    pieces[k] = piece;
    nodes[k] = static_cast<std::int32_t>(rows[k]) * stride + 2 * piece;
  }
}

/// Cubics by values f and second derivatives m at their ends.
POTENTIAL_CLONES void find_energies(const SmoothTask& task, std::size_t size, SmoothPairs& pairs) {
  const float* const table = task.nodes;
  const double cutoff = task.cutoff;
  double* __restrict energies = pairs.energy;
  double* __restrict pulls = pairs.pull;
  const double* __restrict distances = pairs.distance;
  const std::int32_t* __restrict pieces = pairs.piece;
  const std::int32_t* __restrict nodes = pairs.node;
  const double* const knots = task.knots;
  const double* const widths = task.widths;
  const double* const inverses = task.inverses;
  for (std::size_t k = 0; k < size; ++k) {
    const std::int32_t piece = pieces[k], node = nodes[k];
    const double r = distances[k], h = widths[piece], inverse = inverses[piece];
    const double t = (r - knots[piece]) * inverse, w = 1 - t;
    const double f0 = table[node], m0 = table[node + 1], f1 = table[node + 2], m1 = table[node + 3];
    const double ww = w * w, tt = t * t, sixth = h * (1.0 / 6);
    const double energy = w * f0 + t * f1 + h * sixth * ((ww - 1) * w * m0 + (tt - 1) * t * m1);
    const double slope = (f1 - f0) * inverse + sixth * ((1 - 3 * ww) * m0 + (3 * tt - 1) * m1);
    const bool near = r < cutoff;
    energies[k] = near ? energy : 0;
    // Two sites at one place: the wall has no direction there.
    pulls[k] = near && r > 0 ? slope / r : 0;
  }
}

}  // namespace

void smooth_pairs(const SmoothTask& task, std::uint32_t i, const std::uint32_t* sites,
                  const std::uint32_t* rows, std::size_t size, SmoothPairs& pairs) {
  find_distances(task, i, sites, size, pairs);
  find_pieces(task, rows, size, pairs);
  find_energies(task, size, pairs);
}

}  // namespace potential
