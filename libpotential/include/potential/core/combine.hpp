#pragma once
#include <atomic>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <potential/core/potential_table.hpp>

namespace potential {

struct CombineOptions {
  /// The types of the sum; by default those of the first part that all others
  /// nest in.
  std::optional<Scheme> types;
  /// Label of the class of the sum that judges pairs between chains too, where no
  /// part has one for them; empty = none.
  std::string inter_as = {};
  /// The classes of the sum, each in one that the parts give; pairs in none of
  /// them do not count. Default: all.
  std::optional<SeparationClasses> separations = std::nullopt;
  /// Scores and errors are rounded to multiples of 2^-n, -1 = not. (Multiples of a
  /// power of ten have all their bits set, and do not pack.)
  int binary_digits = -1;
  std::optional<Calibration> calibration =
      std::nullopt;  ///< of the sum; those of the parts do not add up
  /// Names of the terms, one a part; none = the parts are not kept. A single part is
  /// no sum of terms.
  std::vector<std::string> names = {};
  /// For weights that depend on it: the number of residues of the model.
  double residues = std::numeric_limits<double>::infinity();
  const std::atomic<bool>* cancel = nullptr;  ///< when true the sum ends with Cancelled
};

/// The weighted sum of potentials. Schemes may differ when nested, bins and
/// classes in any way: the sum has every edge and every division of its parts,
/// and where a part does not reach it adds 0 (a part with one class 1+/inter
/// serves every class; a part with types on CA serves the CA of the sum).
///
/// Standard errors add in quadrature, as if the parts were independent. There
/// are no counts; `structures` is the largest number among the parts, `training` all
/// that they list; the recipe has those of the parts, the residues in the contacts of all parts,
/// and what `score` ranks by where the parts agree, else total.
/// @param weights  one a part, within 1e6; none = 1 each. One that depends on the size of
///                 the model needs `names`.
/// @throws UsageError when types overlap without being nested, rows of
///         imported maps differ, the weights do not fit, the calibration is not
///         usable, `inter_as` or `separations` do not fit the classes, a name is none or comes
///         twice, or the sum would have more than 2^27 cells.
PotentialTable combine(const std::vector<PotentialTable>& parts, std::vector<Weight> weights = {},
                       const CombineOptions& options = {});

/// The sum as it is for a model of so many residues: the scores, errors and weights of
/// its terms are those of this size. Unchanged where no weight depends on it.
PotentialTable at_size(const PotentialTable& sum, double residues);

}  // namespace potential
