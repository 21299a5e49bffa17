#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <potential/support/error.hpp>

#include "structure/archive.hpp"
#include "structure/gzip.hpp"
#include "structure/gzip_stream.hpp"

namespace potential {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18;
constexpr int window_of_gzip = 15 + 16;  // and no other format

int open_stream(const std::string& path) {
  if (path == archive_on_standard_input) return ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
  return ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
}

}  // namespace

GzipStream::GzipStream(const std::string& path) : descriptor_(open_stream(path)), in_(block_bytes) {
  if (descriptor_ < 0) throw FileError(path, std::string("cannot open: ") + std::strerror(errno));
  struct stat info {};
  if (::fstat(descriptor_, &info) == 0 && S_ISREG(info.st_mode)) file_size_ = info.st_size;
}

GzipStream::~GzipStream() {
  ::inflateEnd(&zip_);
  ::close(descriptor_);
}

/// @returns false at the end, or when reading fails.
bool GzipStream::fill() {
  ssize_t got = 0;
  do got = ::read(descriptor_, in_.data(), in_.size());
  while (got < 0 && errno == EINTR);
  if (got < 0) problem_ = std::string("cannot read: ") + std::strerror(errno);
  rest_ = {in_.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
  return got > 0;
}

std::string_view GzipStream::next() {
  if (!problem_.empty()) return {};
  if (!begun_) {
    begun_ = true;
    if (!fill()) return {};
    packed_ = is_gzip(rest_);
    if (packed_) {
      out_.resize(block_bytes);
      if (::inflateInit2(&zip_, window_of_gzip) != Z_OK) throw std::bad_alloc();
      inside_member_ = true;
    }
  } else if (!packed_ && !fill()) {
    return {};
  }
  const std::string_view block = packed_ ? unpack() : rest_;
  position_ += static_cast<std::int64_t>(block.size());
  return block;
}

std::string_view GzipStream::unpack() {
  while (true) {
    if (rest_.empty() && !fill()) {
      if (problem_.empty() && inside_member_) problem_ = "the gzip data is cut short";
      return {};
    }
    if (!inside_member_) {
      if (rest_[0] != '\x1f') {
        problem_ = "something that is not gzip follows the gzip data";
        return {};
      }
      ::inflateReset(&zip_);
      inside_member_ = true;
    }
    zip_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest_.data()));
    zip_.avail_in = static_cast<uInt>(rest_.size());
    zip_.next_out = reinterpret_cast<Bytef*>(out_.data());
    zip_.avail_out = static_cast<uInt>(out_.size());
    const int result = ::inflate(&zip_, Z_NO_FLUSH);
    rest_.remove_prefix(rest_.size() - zip_.avail_in);
    if (result == Z_STREAM_END) {
      inside_member_ = false;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      problem_ = "the gzip data is damaged";
      return {};
    }
    if (const std::size_t size = out_.size() - zip_.avail_out) return {out_.data(), size};
  }
}

std::int64_t GzipStream::skip(std::int64_t bytes) {
  if (packed_ || !begun_ || position_ + bytes > file_size_) return 0;
  if (::lseek(descriptor_, bytes, SEEK_CUR) < 0) return 0;
  position_ += bytes;
  return bytes;
}

}  // namespace potential
