#pragma once
#include <cstddef>
#include <cstdint>

namespace potential {

/// Scratch arrays of one batch of pairs around a site.
struct SmoothPairs {
  static constexpr std::size_t room = 1024;
  alignas(64) double dx[room];  ///< Å, from the site to its partner
  alignas(64) double dy[room];
  alignas(64) double dz[room];
  alignas(64) double distance[room];
  alignas(64) double energy[room];
  alignas(64) double pull[room];  ///< dE/dr / r
  alignas(64) std::int32_t node[room];
  alignas(64) std::int32_t piece[room];
};

/// What the loops read of a SmoothTable, and where sites stand.
struct SmoothTask {
  const double* x;  ///< Å, by site
  const double* y;
  const double* z;
  const double* knots;
  const double* widths;
  const double* inverses;
  const std::int32_t* first_piece;
  const float* nodes;
  double per_angstrom, cutoff;
  std::int32_t stride;
};

/// Energies and pulls of the pairs of site i with `sites`; of
/// each the row of its curve. 0 from the cut-off on.
void smooth_pairs(const SmoothTask& task, std::uint32_t i, const std::uint32_t* sites,
                  const std::uint32_t* rows, std::size_t size, SmoothPairs& pairs);

}  // namespace potential
