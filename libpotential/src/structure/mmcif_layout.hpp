#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "structure/residue_rules.hpp"

namespace potential {

/// Where the models of an mmCIF file stand.
struct MmcifLayout {
  /// What makes rows of the file an mmCIF text of their own: a block and the tags of the loop.
  std::string heading;
  std::size_t lines_before = 0;  ///< of the first row
  /// Bytes of the text before the rows of each model and, last, behind those of the last.
  std::vector<std::int64_t> begins;
};

/// Reads through the file once, holding a block of it at a time.
/// @returns nothing unless it has several models, written as one would expect: one loop of
///          atoms in which those of a model stand together, each on a line of its own,
///          and no error but in coordinates.
/// @throws FileError when it cannot be opened.
std::optional<MmcifLayout> find_mmcif_layout(const std::string& path, std::uintmax_t file_size,
                                             const ResidueRules& rules);

}  // namespace potential
