#pragma once
// Private to the storage room.
#include <cstdint>
#include <potential/storage/contact_map.hpp>
#include <string>
#include <vector>

namespace potential::storage {

/// The rows of a map as they come, before it is known what scheme they belong to.
struct MapRows {
  std::vector<std::string> bin_labels, class_labels, pair_labels;
  /// The names of types in order of first appearance, and the two of each pair.
  std::vector<std::string> types;
  std::vector<std::uint16_t> first, second;
  std::vector<std::uint32_t> pair_of;   ///< of each line
  std::vector<std::uint16_t> class_of;  ///< of each line
  bool scores = false;                  ///< which of the two below holds the cells
  std::string because;  ///< the cell that made them scores, where they were not asked for
  std::vector<std::uint64_t> counts;  ///< [lines, B] in order of the file
  std::vector<double> score_cells;    ///< likewise
};

/// @throws as import_map(), but for the scheme.
MapRows read_map_rows(const std::string& path, const MapOptions& options);

}  // namespace potential::storage
