#pragma once
#include <vector>

#include <potential/core/potential_table.hpp>

namespace potential {

/// The weighted sum of potentials of one scheme. Bins and separation classes
/// may differ when nested: the sum has every edge and every division of its
/// parts, and where a part does not reach it adds 0 (a part with one class
/// 1+/inter serves every class).
///
/// Standard errors add in quadrature, as if the parts were independent. There
/// are no counts; `structures` is the largest number among the parts; options
/// are those of part k under `k.name`, with `weights`, and what `score` ranks
/// by (`normalize`) where the parts agree, else total.
/// @param weights  one a part, finite; none = 1 each
/// @throws UsageError when schemes or rows differ, bins or classes overlap
///         without being nested, or the weights do not fit.
PotentialTable combine(const std::vector<PotentialTable>& parts, std::vector<double> weights = {});

}  // namespace potential
