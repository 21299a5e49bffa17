#pragma once
#include <Eigen/Core>
#include <cstdint>

#include <potential/core/contact_counts.hpp>

namespace potential {

/// The RAPDF of Samudrala & Moult (1998), the kernel of this library:
///
///     s_ij(d) = -ln[ (n_ij(d) / max(Σ_d n_ij(d), 1)) / (Σ_ij n_ij(d) / Σ_d Σ_ij n_ij(d)) ]
///
/// with n = N + pseudocount, in natural-log units.
///
/// @param counts       [P, B], P >= 1, B >= 1
/// @param pseudocount  added to each cell, 0 or 1e-100 to 1e100; at 0 an empty cell
///                     scores +inf, and a cell of an empty column scores 0
/// @param decimals     scores are rounded as NumPy rounds (half to even, times
///                     10^decimals); negative = not rounded
/// @param score        [P, B], overwritten. Margins are exact; each score lies
///                     within 4 ulp of the formula with std::log.
/// @throws UsageError  on shapes that differ, an empty table, or another pseudocount
/// @throws Error       when the counts add up to more than 2^64 - 1
void rapdf(const Eigen::Ref<const CountTable>& counts, double pseudocount, int decimals,
           Eigen::Ref<ScoreTable> score);

}  // namespace potential
