#pragma once
#include <cstddef>
#include <cstdint>

namespace potential {

/// Pieces of one width that follow one another.
struct SmoothRun {
  static constexpr std::size_t number = 4;  ///< those of a curve; one that is not there begins late
  double begin, width, inverse;             ///< Å; 1 / width
  double first, last;                       ///< number of the first piece; of the last, from it
};

/// Scratch arrays of one batch of pairs around a site.
struct SmoothPairs {
  static constexpr std::size_t room = 1024;
  alignas(64) double dx[room];  ///< Å, from the site to its partner
  alignas(64) double dy[room];
  alignas(64) double dz[room];
  alignas(64) double distance[room];
  alignas(64) double energy[room];
  alignas(64) double pull[room];     ///< dE/dr / r
  alignas(64) double part[room];     ///< of the piece of the curve, from 0 to 1
  alignas(64) double width[room];    ///< of that piece, Å
  alignas(64) double inverse[room];  ///< 1 / width
  alignas(64) std::int32_t node[room];
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
  const SmoothRun* runs;  ///< nullptr when there are more than SmoothRun::number
  const float* nodes;
  double per_angstrom, cutoff;
  std::int32_t stride;
};

/// Energies and pulls of the pairs of site i with `sites`; of
/// each the row of its curve. 0 from the cut-off on.
void smooth_pairs(const SmoothTask& task, std::uint32_t i, const std::uint32_t* sites,
                  const std::uint32_t* rows, std::size_t size, SmoothPairs& pairs);

}  // namespace potential
