#pragma once
#include <vector>

#include <potential/core/scheme.hpp>

namespace potential {

/// For each type of `fine` the type of `coarse` that its sites belong to, or -1
/// when `coarse` has no site there. A residue scheme is taken as one on atoms:
/// `ca` on CA, `cb` on CB (GLY: CA), `centroid` on the side chain's centroid.
/// @throws UsageError unless `coarse` nests in `fine`: each of its sites is one
///         of `fine`, and none of the types of `fine` is divided.
std::vector<int> nest_types(const Scheme& coarse, const Scheme& fine);

/// True where nest_types does not throw.
bool nests(const Scheme& coarse, const Scheme& fine);

}  // namespace potential
