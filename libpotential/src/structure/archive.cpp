#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <potential/structure/input.hpp>
#include <potential/support/error.hpp>
#include <vector>

#include "structure/archive.hpp"
#include "structure/gzip.hpp"
#include "structure/input_names.hpp"

namespace potential {
namespace {

/// Unpacks gzip for libarchive, whose own filter leaves the checksum unread.
/// What is not gzip passes unchanged.
class GzipStream {
 public:
  explicit GzipStream(const std::string& path)
      : file_(::gzopen(path.c_str(), "rb")), buffer_(std::size_t{1} << 18) {
    if (file_ == nullptr)
      throw FileError(path, std::string("cannot open: ") + std::strerror(errno));
    ::gzbuffer(file_, 1U << 17);
    struct stat info {};
    if (::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode)) size_ = info.st_size;
  }
  ~GzipStream() { ::gzclose(file_); }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  static la_ssize_t read(archive* reader, void* self, const void** bytes) {
    auto& stream = *static_cast<GzipStream*>(self);
    const int size =
        ::gzread(stream.file_, stream.buffer_.data(), static_cast<unsigned>(stream.buffer_.size()));
    int code = Z_OK;
    const char* message = ::gzerror(stream.file_, &code);
    if (size < 0 || code == Z_BUF_ERROR) {
      archive_set_error(reader, EIO, "%s",
                        code == Z_BUF_ERROR ? "the gzip data is cut short" : message);
      return -1;
    }
    *bytes = stream.buffer_.data();
    return size;
  }

  /// Seeks forward in what is not gzip. What is must be unpacked all the same,
  /// and so that its checksum is read. Only short of the end of the file: beyond
  /// it a seek would hide that something is missing.
  static la_int64_t skip(archive*, void* self, la_int64_t bytes) {
    auto& stream = *static_cast<GzipStream*>(self);
    if (::gzdirect(stream.file_) == 0 || ::gztell(stream.file_) + bytes > stream.size_) return 0;
    return ::gzseek(stream.file_, bytes, SEEK_CUR) < 0 ? 0 : bytes;
  }

 private:
  gzFile file_;
  std::vector<char> buffer_;
  z_off_t size_ = 0;  ///< of the file; 0 where it has none, as a pipe
};

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

}  // namespace

bool is_archive_name(const std::string& name) {
  return has_ending(name, {".tar", ".tar.gz", ".tgz", ".tar.zst"});
}

struct ArchiveReader::State {
  explicit State(const std::string& p) : path(p), stream(p), reader(archive_read_new()) {
    if (!reader) throw std::bad_alloc();
    archive_read_support_filter_zstd(reader.get());
    archive_read_support_format_tar(reader.get());
    if (archive_read_open2(reader.get(), &stream, nullptr, GzipStream::read, GzipStream::skip,
                           nullptr) != ARCHIVE_OK)
      fail();
  }

  [[noreturn]] void fail() const {
    const char* message = archive_error_string(reader.get());
    throw FormatError(path, std::string("the archive is damaged or cut short (") +
                                (message != nullptr ? message : "no reason known") +
                                "); what stands behind this place is lost");
  }

  /// The bytes of the member whose header was read last.
  std::shared_ptr<const std::string> read_bytes(std::size_t size) {
    auto bytes = std::make_shared<std::string>();
    bytes->reserve(std::min(size, std::size_t{1} << 26));
    std::array<char, 65536> part;
    while (true) {
      const la_ssize_t got = archive_read_data(reader.get(), part.data(), part.size());
      if (got == ARCHIVE_RETRY) continue;
      if (got < 0) fail();
      if (got == 0) break;
      bytes->append(part.data(), static_cast<std::size_t>(got));
    }
    if (bytes->size() != size) fail();
    return bytes;
  }

  /// What is left of the member, its padding included. Damage is thus met in the
  /// same member whether that is read or not, and every shard counts alike.
  void pass_over() {
    if (archive_read_data_skip(reader.get()) < ARCHIVE_WARN) fail();
  }

  std::string path;
  GzipStream stream;
  std::unique_ptr<archive, FreeArchive> reader;
};

ArchiveReader::ArchiveReader(const std::string& path) : state_(std::make_unique<State>(path)) {}
ArchiveReader::~ArchiveReader() = default;

std::optional<ArchiveReader::Member> ArchiveReader::next(bool wanted) {
  while (true) {
    archive_entry* entry = nullptr;
    const int result = archive_read_next_header(state_->reader.get(), &entry);
    if (result == ARCHIVE_EOF) return std::nullopt;
    if (result == ARCHIVE_RETRY) continue;
    if (result < ARCHIVE_WARN) state_->fail();
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr || !is_structure_file_name(name)) continue;
    if (archive_entry_filetype(entry) == AE_IFDIR) continue;
    Member member{name, nullptr, ""};
    if (!wanted) {
      state_->pass_over();
      return member;
    }
    const std::int64_t size = archive_entry_size(entry);
    if (archive_entry_hardlink(entry) != nullptr || archive_entry_filetype(entry) != AE_IFREG)
      member.problem = "is a link in the archive, without content of its own";
    else if (size < 0 || static_cast<std::uint64_t>(size) > largest_file)
      member.problem = "larger than 4 GiB";
    else
      member.bytes = state_->read_bytes(static_cast<std::size_t>(size));
    state_->pass_over();
    return member;
  }
}

}  // namespace potential
