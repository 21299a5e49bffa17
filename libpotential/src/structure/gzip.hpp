#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace potential {

/// Bytes that are not set to zero before they are written, with a NUL behind.
class ByteBuffer {
 public:
  explicit ByteBuffer(std::size_t capacity) : bytes_(new char[capacity + 1]), capacity_(capacity) {
    bytes_[0] = '\0';
  }
  char* data() { return bytes_.get(); }
  std::size_t capacity() const { return capacity_; }
  std::size_t size() const { return size_; }
  std::string_view view() const { return {bytes_.get(), size_}; }
  /// The first `size` bytes count, with a NUL after them.
  void set_size(std::size_t size);
  /// Makes room for `capacity` bytes and keeps those there are.
  void grow(std::size_t capacity);

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0, size_ = 0;
};

/// No structure file is larger than this when it is unpacked.
constexpr std::size_t largest_file = std::size_t{4} << 30;

bool is_gzip(std::string_view bytes);

/// Unpacks all members of a .gz and checks their sums.
/// @throws FormatError naming `id` when it is damaged, cut short, followed by
///         something else, or larger than 4 GiB.
ByteBuffer unpack_gzip(std::string_view packed, const std::string& id);

}  // namespace potential
