#include "storage/memory_file.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace potential::storage {
namespace {

/// Where the file ends, as its superblock (version 3) has it. The memory goes on
/// a little, since it grows by whole megabytes.
std::size_t end_of_file(const char* superblock) {
  std::uint64_t end = 0;
  for (int byte = 7; byte >= 0; --byte)
    end = end << 8 | static_cast<unsigned char>(superblock[28 + byte]);
  return end;
}

/// Memory that HDF5 writes the file in, and leaves to us when it closes it.
/// (H5Fget_file_image spoils a checksum of files with a user block.)
H5FD_file_image_callbacks_t keep_memory_in(Image& image) {
  H5FD_file_image_callbacks_t callbacks{};
  callbacks.image_malloc = [](std::size_t size, H5FD_file_image_op_t, void*) {
    return std::malloc(size);
  };
  callbacks.image_memcpy = [](void* to, const void* from, std::size_t size, H5FD_file_image_op_t,
                              void*) { return std::memcpy(to, from, size); };
  callbacks.image_realloc = [](void* bytes, std::size_t size, H5FD_file_image_op_t, void* to) {
    static_cast<Image*>(to)->size = size;
    return std::realloc(bytes, size);
  };
  callbacks.image_free = [](void* bytes, H5FD_file_image_op_t operation, void* to) {
    if (operation == H5FD_FILE_IMAGE_OP_FILE_CLOSE)
      static_cast<Image*>(to)->bytes.reset(static_cast<char*>(bytes));
    else
      std::free(bytes);
    return herr_t{0};
  };
  callbacks.udata_copy = [](void* to) { return to; };
  callbacks.udata_free = [](void*) { return herr_t{0}; };
  callbacks.udata = &image;
  return callbacks;
}

}  // namespace

void keep_in_memory(hid_t access, Image& image) {
  H5FD_file_image_callbacks_t callbacks = keep_memory_in(image);
  check(H5Pset_fapl_core(access, std::size_t{1} << 20, false), "make a file in memory");
  check(H5Pset_file_image_callbacks(access, &callbacks), "make a file in memory");
}

void cut_to_size(Image& image) {
  image.size = std::min(image.size, end_of_file(image.bytes.get() + envelope_size));
}

}  // namespace potential::storage
