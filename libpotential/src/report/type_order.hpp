#pragma once
#include <string>
#include <vector>

namespace potential {

/// What a type belongs to: the residue of `LEU:CB`, else the whole name.
std::string group_of_type(const std::string& type);

/// Numbers of the types such that those of one group stand together, groups and
/// types else in their order: a centroid stands by the atoms of its residue.
std::vector<int> types_by_group(const std::vector<std::string>& types);

}  // namespace potential
