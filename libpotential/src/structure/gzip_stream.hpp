#pragma once
#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace potential {

/// A file or pipe as a stream of blocks, unpacked when it is gzip: all of its
/// members, and nothing but gzip after them. What is not gzip passes unchanged.
class GzipStream {
 public:
  /// @param path  of a file or pipe; `tar:-` is standard input, from where it stands
  /// @throws FileError when it cannot be opened.
  explicit GzipStream(const std::string& path);
  ~GzipStream();
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  /// The next block, good until the next call. Empty at the end, and when there is
  /// a problem.
  std::string_view next();
  /// What is wrong with the file, or nothing.
  const std::string& problem() const { return problem_; }
  /// Bytes that were handed out or skipped.
  std::int64_t position() const { return position_; }
  /// Skips bytes of what is not gzip, as long as they do not reach beyond the end
  /// of the file: there a seek would hide that something is missing.
  /// @returns how many, which may be 0.
  std::int64_t skip(std::int64_t bytes);

 private:
  bool fill();
  std::string_view unpack();

  int descriptor_;
  std::int64_t file_size_ = 0;  ///< 0 where there is none, as for a pipe
  std::int64_t position_ = 0;
  std::string problem_;
  bool begun_ = false, packed_ = false, inside_member_ = false;
  z_stream zip_{};
  std::vector<char> in_, out_;
  std::string_view rest_;  ///< of in_
};

}  // namespace potential
