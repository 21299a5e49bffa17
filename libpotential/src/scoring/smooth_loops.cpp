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

/// By tables, for any curve. @param below  the largest distance below the cut-off
POTENTIAL_CLONES void find_places(const double* knots, const double* all_widths,
                                  const double* all_inverses, const std::int32_t* first,
                                  const double* distances, const std::uint32_t* rows,
                                  std::size_t size, double per_angstrom, double below,
                                  std::int32_t stride, std::int32_t* __restrict nodes,
                                  double* __restrict parts, double* __restrict widths,
                                  double* __restrict inverses) {
  for (std::size_t k = 0; k < size; ++k) {
    const double r = distances[k] < below ? distances[k] : below;
    std::int32_t piece = first[static_cast<std::int32_t>(r * per_angstrom)];
    piece += r >= knots[piece + 1] ? 1 : 0;
    nodes[k] = static_cast<std::int32_t>(rows[k]) * stride + 2 * piece;
    inverses[k] = all_inverses[piece];
    widths[k] = all_widths[piece];
    parts[k] = (r - knots[piece]) * inverses[k];
  }
}

/// By arithmetic, for curves of a few runs of pieces of one width, as nearly all are: a
/// choice between four values takes less than a gather from a table.
POTENTIAL_CLONES void find_places_in_runs(const SmoothRun* runs, const double* distances,
                                          const std::uint32_t* rows, std::size_t size, double below,
                                          std::int32_t stride, std::int32_t* __restrict nodes,
                                          double* __restrict parts, double* __restrict widths,
                                          double* __restrict inverses) {
  const SmoothRun a = runs[0], b = runs[1], c = runs[2], d = runs[3];
  for (std::size_t k = 0; k < size; ++k) {
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
    nodes[k] = static_cast<std::int32_t>(rows[k]) * stride +
               2 * (piece + static_cast<std::int32_t>(first));
    parts[k] = pieces - piece;
    widths[k] = width;
    inverses[k] = inverse;
  }
}

/// Cubics by values f and second derivatives m at their ends.
/// @param parts  of its piece that a pair has behind it
POTENTIAL_CLONES void find_energies(const float* table, const double* distances,
                                    const std::int32_t* nodes, const double* parts,
                                    const double* widths, const double* inverses, std::size_t size,
                                    double cutoff, double* __restrict energies,
                                    double* __restrict pulls) {
  for (std::size_t k = 0; k < size; ++k) {
    const std::int32_t node = nodes[k];
    const double r = distances[k], h = widths[k], t = parts[k], w = 1 - t;
    const double f0 = table[node], m0 = table[node + 1], f1 = table[node + 2], m1 = table[node + 3];
    const double ww = w * w, tt = t * t, sixth = h * (1.0 / 6);
    const double energy = w * f0 + t * f1 + h * sixth * ((ww - 1) * w * m0 + (tt - 1) * t * m1);
    const double slope = (f1 - f0) * inverses[k] + sixth * ((1 - 3 * ww) * m0 + (3 * tt - 1) * m1);
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
  const double below = __builtin_nextafter(task.cutoff, 0);
  if (task.runs != nullptr)
    find_places_in_runs(task.runs, pairs.distance, rows, size, below, task.stride, pairs.node,
                        pairs.part, pairs.width, pairs.inverse);
  else
    find_places(task.knots, task.widths, task.inverses, task.first_piece, pairs.distance, rows,
                size, task.per_angstrom, below, task.stride, pairs.node, pairs.part, pairs.width,
                pairs.inverse);
  find_energies(task.nodes, pairs.distance, pairs.node, pairs.part, pairs.width, pairs.inverse,
                size, task.cutoff, pairs.energy, pairs.pull);
}

}  // namespace potential
