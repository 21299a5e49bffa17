#pragma once
#include <atomic>
#include <optional>
#include <vector>

#include <potential/core/potential_table.hpp>

namespace potential {

struct CombineOptions {
  /// The types of the sum; by default those of the first part that all others
  /// nest in.
  std::optional<Scheme> types;
  /// Scores and errors are rounded to multiples of 2^-n, -1 = not. (Multiples of a
  /// power of ten have all their bits set, and do not pack.)
  int binary_digits = -1;
  std::optional<Calibration> calibration =
      std::nullopt;                           ///< of the sum; those of the parts do not add up
  const std::atomic<bool>* cancel = nullptr;  ///< when true the sum ends with Cancelled
};

/// The weighted sum of potentials. Schemes and bins may differ when nested,
/// classes in any way: the sum has every edge and every division of its parts,
/// and where a part does not reach it adds 0 (a part with one class 1+/inter
/// serves every class; a part with types on CA serves the CA of the sum).
///
/// Standard errors add in quadrature, as if the parts were independent. There
/// are no counts; `structures` is the largest number among the parts; the recipe
/// has those of the parts, the residues in the contacts of all parts, and what
/// `score` ranks by where the parts agree, else total.
/// @param weights  one a part, finite; none = 1 each
/// @throws UsageError when types or bins overlap without being nested, rows of
///         imported maps differ, the weights do not fit, or the calibration is not
///         usable.
PotentialTable combine(const std::vector<PotentialTable>& parts, std::vector<double> weights = {},
                       const CombineOptions& options = {});

}  // namespace potential
