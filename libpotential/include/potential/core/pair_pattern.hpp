#pragma once
#include <string>
#include <vector>

#include <potential/core/scheme.hpp>
#include <potential/core/type_pairs.hpp>

namespace potential {

/// Rows of a table that a pattern names: `ALA:CB-LEU:CB` in either order, with
/// `*` and `?` as in file names (`ALA:*-*`); where a type is a residue also
/// `ALA:CYS`. A row's own label always names that row alone.
/// @returns row numbers, ascending, never empty.
/// @throws UsageError when nothing matches, naming what is near.
std::vector<int> find_pairs(const Scheme& scheme, const TypePairs& pairs,
                            const std::string& pattern);

}  // namespace potential
