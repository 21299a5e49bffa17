#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <potential/structure/archive.hpp>
#include <potential/structure/gzip.hpp>
#include <potential/structure/input.hpp>
#include <potential/structure/input_names.hpp>
#include <potential/support/error.hpp>
#include <vector>

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

 private:
  gzFile file_;
  std::vector<char> buffer_;
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
    if (archive_read_open(reader.get(), &stream, nullptr, GzipStream::read, nullptr) != ARCHIVE_OK)
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

  std::string path;
  GzipStream stream;
  std::unique_ptr<archive, FreeArchive> reader;
};

ArchiveReader::ArchiveReader(const std::string& path) : state_(std::make_unique<State>(path)) {}
ArchiveReader::~ArchiveReader() = default;

std::optional<ArchiveReader::Member> ArchiveReader::next() {
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
    const std::int64_t size = archive_entry_size(entry);
    if (archive_entry_hardlink(entry) != nullptr || archive_entry_filetype(entry) != AE_IFREG)
      member.problem = "is a link in the archive, without content of its own";
    else if (size < 0 || static_cast<std::uint64_t>(size) > largest_file)
      member.problem = "larger than 4 GiB";
    else
      member.bytes = state_->read_bytes(static_cast<std::size_t>(size));
    return member;
  }
}

}  // namespace potential
