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

/// Scratch arrays of some pairs around a site: no more than the nearest cache holds beside
/// the curves of a type.
struct SmoothPairs {
  static constexpr std::size_t room = 128;
  alignas(64) double dx[room];  ///< Å, from the site to its partner
  alignas(64) double dy[room];
  alignas(64) double dz[room];
  alignas(64) double distance[room];
  alignas(64) double inverse_distance[room];  ///< 1/Å; 0 of two sites at one place
  alignas(64) double energy[room];
  alignas(64) double pull[room];        ///< dE/dr / r
  alignas(64) double part[room];        ///< of the piece of the curve, from 0 to 1
  alignas(64) double width[room];       ///< of that piece, Å
  alignas(64) double inverse[room];     ///< 1 / width
  alignas(64) std::int32_t node[room];  ///< from the beginning of its curve
  alignas(64) float value[2][room];     ///< at both ends of the piece,
  alignas(64) float bend[2][room];      ///< and the second derivatives there
};

/// What the loops read of a SmoothTable, and where sites stand.
struct SmoothTask {
  const double* places;  ///< [sites, 4] x, y, z in Å, and 0
  const double* knots;
  const double* widths;
  const double* inverses;
  const std::int32_t* first_piece;
  const SmoothRun* runs;  ///< nullptr when there are more than SmoothRun::number
  const float* nodes;
  double per_angstrom, cutoff;
  std::size_t stride;
};

/// Energies and pulls of the pairs of site i with `sites`, at most SmoothPairs::room; of
/// each the row of its curve. 0 from the cut-off on. @returns the sum of the energies.
double smooth_pairs(const SmoothTask& task, std::uint32_t i, const std::uint32_t* sites,
                    const std::uint32_t* rows, std::size_t size, SmoothPairs& pairs);

/// Adds what those pairs pull to the gradient. @param gradient  [sites, 4] by x, y, z, and 0
void add_pulls(const SmoothPairs& pairs, std::uint32_t i, const std::uint32_t* sites,
               std::size_t size, double* gradient);

}  // namespace potential
