#pragma once
// Private to the storage room.
#include <memory>
#include <string>

#include "storage/parts.hpp"

namespace potential::storage {

/// The structures of a counts file, read block by block out of its packed bytes.
/// @param group  of a term, or "" = the file
/// @throws Error when the columns of /structures do not fit together.
std::shared_ptr<const StructureStream> stream_structures(std::shared_ptr<const Image> image,
                                                         const std::string& group,
                                                         const TableAxes& axes,
                                                         const std::string& path);

}  // namespace potential::storage
