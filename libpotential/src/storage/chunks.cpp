#include <libdeflate.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "storage/chunks.hpp"

namespace potential::storage {
namespace {

constexpr std::size_t largest_chunk = std::size_t{1} << 26;
constexpr H5Z_filter_t known_filters[] = {H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE,
                                          H5Z_FILTER_FLETCHER32};
constexpr std::size_t sum_size = 4;

std::vector<H5Z_filter_t> read_filters(hid_t creation, const std::string& path) {
  const int count = H5Pget_nfilters(creation);
  if (count < 0) fail("read the filters of " + path);
  std::vector<H5Z_filter_t> filters;
  auto next = std::begin(known_filters);
  for (int i = 0; i < count; ++i) {
    unsigned flags = 0;
    std::size_t values = 0;
    filters.push_back(H5Pget_filter2(creation, static_cast<unsigned>(i), &flags, &values, nullptr,
                                     0, nullptr, nullptr));
    if (filters.back() < 0) fail("read the filters of " + path);
    next = std::find(next, std::end(known_filters), filters.back());
    if (next == std::end(known_filters))
      throw Error(path + " is packed by a filter this program does not use (number " +
                  std::to_string(filters.back()) + ")");
    ++next;
  }
  return filters;
}

/// HDF5's shuffle puts the first bytes of all items first, then all second ones.
void unshuffle(const std::vector<char>& from, std::size_t item_size, std::vector<char>& to) {
  to.resize(from.size());
  const std::size_t items = from.size() / item_size;
  for (std::size_t byte = 0; byte < item_size; ++byte) {
    const char* plane = from.data() + byte * items;
    char* item = to.data() + byte;
    for (std::size_t i = 0; i < items; ++i, item += item_size) *item = plane[i];
  }
}

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

/// One chunk at a time, in memory that is used again.
class Unpacker {
 public:
  Unpacker(hid_t dataset, const ChunkLayout& layout, const std::string& path)
      : dataset_(dataset),
        layout_(layout),
        path_(path),
        size_(layout.bytes()),
        decompressor_(libdeflate_alloc_decompressor()) {
    if (!decompressor_) throw std::bad_alloc();
  }

  /// The items of the chunk that begins at `offset`, edges that stand out of the
  /// dataset included. Good until the next call.
  const std::vector<char>& chunk(const Shape& offset) {
    const unsigned skipped = read_packed(offset);
    for (std::size_t i = layout_.filters.size(); i-- > 0;)
      if ((skipped >> i & 1) == 0) undo(layout_.filters[i]);
    if (bytes_.size() != size_) refuse();
    return bytes_;
  }

 private:
  /// @return bit i is set when filter i was left out, as where packing saves nothing.
  unsigned read_packed(const Shape& offset) {
    const std::string doing = "read a piece of " + path_;
    hsize_t stored = 0;
    check(H5Dget_chunk_storage_size(dataset_, offset.data(), &stored), doing);
    // A little more than the items: what could not be packed, with its sum.
    if (stored == 0 || stored > size_ + size_ / 16 + 1024) refuse();
    bytes_.resize(stored);
    std::uint32_t skipped = 0;
    check(H5Dread_chunk(dataset_, H5P_DEFAULT, offset.data(), &skipped, bytes_.data()), doing);
    return skipped;
  }

  void undo(H5Z_filter_t filter) {
    if (filter == H5Z_FILTER_FLETCHER32) {
      // Not compared: the digest of the file speaks for every byte.
      if (bytes_.size() < sum_size) refuse();
      bytes_.resize(bytes_.size() - sum_size);
      return;
    }
    if (filter == H5Z_FILTER_DEFLATE) {
      other_.resize(size_);
      // Without a place for the size, any other than this one is an error.
      if (libdeflate_zlib_decompress(decompressor_.get(), bytes_.data(), bytes_.size(),
                                     other_.data(), size_, nullptr) != LIBDEFLATE_SUCCESS)
        refuse();
    } else {
      if (bytes_.size() != size_) refuse();
      unshuffle(bytes_, layout_.item_size, other_);
    }
    bytes_.swap(other_);
  }

  [[noreturn]] void refuse() const {
    throw Error(path_ + " has a piece that is missing or does not unpack to its size");
  }

  hid_t dataset_;
  const ChunkLayout& layout_;
  const std::string& path_;
  std::size_t size_;
  std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor_;
  std::vector<char> bytes_, other_;
};

/// Moves `at` to the next position within [begin, end), `step` apart, the last
/// of the first `axes` axes fastest. False when there is none.
bool advance(Shape& at, const Shape& begin, const Shape& end, const Shape& step, std::size_t axes) {
  for (std::size_t axis = axes; axis-- > 0;) {
    at[axis] += step[axis];
    if (at[axis] < end[axis]) return true;
    at[axis] = begin[axis];
  }
  return false;
}

/// Where an item is in an array that begins at `origin`.
std::size_t position(const Shape& item, const Shape& origin, const Shape& shape) {
  std::size_t index = 0;
  for (std::size_t axis = 0; axis < shape.size(); ++axis)
    index = index * shape[axis] + (item[axis] - origin[axis]);
  return index;
}

/// Copies what a chunk and the block have in common, run by run of the last axis.
void copy_common(const std::vector<char>& chunk, const Shape& offset, const ChunkLayout& layout,
                 const Shape& start, const Shape& count, char* to) {
  const std::size_t last = count.size() - 1;
  Shape begin(count.size()), end(count.size());
  for (std::size_t axis = 0; axis <= last; ++axis) {
    begin[axis] = std::max(offset[axis], start[axis]);
    end[axis] = std::min(offset[axis] + layout.shape[axis], start[axis] + count[axis]);
  }
  const Shape ones(count.size(), 1);
  const std::size_t run = (end[last] - begin[last]) * layout.item_size;
  Shape at = begin;
  do {
    std::memcpy(to + position(at, start, count) * layout.item_size,
                chunk.data() + position(at, offset, layout.shape) * layout.item_size, run);
  } while (advance(at, begin, end, ones, last));
}

}  // namespace

std::size_t ChunkLayout::bytes() const {
  std::size_t bytes = item_size;
  for (const hsize_t size : shape)
    if (__builtin_mul_overflow(bytes, size, &bytes)) return SIZE_MAX;
  return bytes;
}

ChunkLayout read_layout(hid_t dataset, std::size_t rank, const std::string& path) {
  const Handle creation(H5Dget_create_plist(dataset), H5Pclose, "read the layout of " + path);
  const H5D_layout_t kind = H5Pget_layout(creation.get());
  if (kind != H5D_CHUNKED && kind != H5D_CONTIGUOUS)
    throw Error(path + " is stored in a way this program does not use");
  if (H5Pget_external_count(creation.get()) != 0)
    throw Error(path + " keeps its data in other files");
  ChunkLayout layout;
  layout.filters = read_filters(creation.get(), path);
  if (kind != H5D_CHUNKED) return layout;
  // The size that HDF5 1.10 states of a chunk is that of the chunk as it is stored
  // only when there are filters.
  if (layout.filters.empty()) throw Error(path + " has chunks that are not packed");
  layout.shape.resize(rank);
  unsigned edges = 0;
  if (H5Pget_chunk(creation.get(), static_cast<int>(rank), layout.shape.data()) !=
      static_cast<int>(rank))
    fail("read the chunks of " + path);
  check(H5Pget_chunk_opts(creation.get(), &edges), "read the chunks of " + path);
  const Handle type(H5Dget_type(dataset), H5Tclose, "read the type of " + path);
  layout.item_size = H5Tget_size(type.get());
  if (edges != 0) throw Error(path + " has chunks that are not all packed in one way");
  if (layout.bytes() == 0 || layout.bytes() > largest_chunk)
    throw Error(path + " has chunks of " + describe(layout.shape) + ", which are " +
                (layout.bytes() == 0 ? "empty" : "too large"));
  return layout;
}

void read_chunks(hid_t dataset, const ChunkLayout& layout, const Shape& start, const Shape& count,
                 char* to, const std::string& path) {
  Unpacker unpacker(dataset, layout, path);
  const std::size_t axes = count.size();
  Shape first(axes), end(axes);
  for (std::size_t axis = 0; axis < axes; ++axis) {
    if (count[axis] == 0) return;
    first[axis] = start[axis] - start[axis] % layout.shape[axis];
    end[axis] = start[axis] + count[axis];
  }
  Shape offset = first;
  do {
    copy_common(unpacker.chunk(offset), offset, layout, start, count, to);
  } while (advance(offset, first, end, layout.shape, axes));
}

}  // namespace potential::storage
