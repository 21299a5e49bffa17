#include <libdeflate.h>

#include <algorithm>
#include <cstring>
#include <potential/support/error.hpp>

#include "structure/gzip.hpp"

namespace potential {
namespace {

/// Deflate cannot pack better than 1032 to 1.
constexpr std::size_t best_ratio = 1032;

/// The size that the last member claims; only a hint, since it may lie.
std::size_t claimed_size(std::string_view packed) {
  std::size_t size = 0;
  for (std::size_t i = 1; i <= 4 && i <= packed.size(); ++i)
    size = size << 8 | static_cast<unsigned char>(packed[packed.size() - i]);
  return size;
}

std::size_t bound(std::size_t size, std::size_t packed) {
  const std::size_t most = packed > largest_file / best_ratio ? largest_file : packed * best_ratio;
  return std::min(std::max(size, std::size_t{4096}), std::max(most, std::size_t{4096}));
}

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

}  // namespace

void ByteBuffer::set_size(std::size_t size) {
  size_ = size;
  bytes_[size] = '\0';
}

void ByteBuffer::grow(std::size_t capacity) {
  std::unique_ptr<char[]> larger(new char[capacity + 1]);
  std::memcpy(larger.get(), bytes_.get(), size_);
  bytes_ = std::move(larger);
  capacity_ = capacity;
}

bool is_gzip(std::string_view bytes) {
  return bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

ByteBuffer unpack_gzip(std::string_view packed, const std::string& id) {
  std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(
      libdeflate_alloc_decompressor());
  if (!decompressor) throw std::bad_alloc();
  ByteBuffer out(bound(claimed_size(packed), packed.size()));
  std::string_view rest = packed;
  while (!rest.empty()) {
    if (!is_gzip(rest)) throw FormatError(id, "something that is not gzip follows the gzip data");
    std::size_t read = 0, written = 0;
    const auto result = libdeflate_gzip_decompress_ex(decompressor.get(), rest.data(), rest.size(),
                                                      out.data() + out.size(),
                                                      out.capacity() - out.size(), &read, &written);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE) {
      if (out.capacity() >= largest_file) throw FormatError(id, "larger than 4 GiB when unpacked");
      out.grow(std::min(2 * out.capacity(), largest_file));
      continue;
    }
    if (result != LIBDEFLATE_SUCCESS)
      throw FormatError(id, "the gzip data is damaged or cut short");
    out.set_size(out.size() + written);
    rest.remove_prefix(read);
  }
  return out;
}

}  // namespace potential
