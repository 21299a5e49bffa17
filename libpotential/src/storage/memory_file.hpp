#pragma once
#include "storage/envelope.hpp"
#include "storage/hdf5.hpp"

namespace potential::storage {

/// Lets a file that is created with this access list lie in `image`, which has its bytes
/// once the file is closed.
void keep_in_memory(hid_t access, Image& image);

/// Cuts off what the memory has beyond the end of the closed file.
void cut_to_size(Image& image);

}  // namespace potential::storage
