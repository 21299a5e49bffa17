#pragma once
// Private to the storage room.
#include <cstddef>
#include <string>
#include <vector>

#include "storage/hdf5.hpp"

namespace potential::storage {

/// How a dataset is divided and packed.
struct ChunkLayout {
  Shape shape;  ///< items along each axis; empty when the dataset is in one piece
  std::size_t item_size = 0;
  /// Those used, in this order: shuffle, deflate, fletcher32.
  std::vector<H5Z_filter_t> filters;

  std::size_t bytes() const;
};

/// The layout of an open dataset. @param rank its axes. @param path named in
/// errors. @throws Error when it keeps data elsewhere, is packed in a way that
/// Writer does not use, or has chunks of more than 64 MiB.
ChunkLayout read_layout(hid_t dataset, std::size_t rank, const std::string& path);

/// Reads a block of a chunked dataset. HDF5 only finds the packed chunks and they
/// are unpacked here: HDF5 1.10 reads on behind a chunk that unpacks to fewer
/// bytes than its shape has.
/// @param start, count a block within the dataset. @param to room for it, in the
///        type and byte order of the file.
/// @throws Error naming `path` when a chunk is missing or does not unpack to its
///         size.
void read_chunks(hid_t dataset, const ChunkLayout& layout, const Shape& start, const Shape& count,
                 char* to, const std::string& path);

}  // namespace potential::storage
