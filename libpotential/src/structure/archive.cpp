#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <potential/structure/input.hpp>
#include <potential/support/error.hpp>
#include <vector>

#include "structure/archive.hpp"
#include "structure/gzip.hpp"
#include "structure/gzip_stream.hpp"
#include "structure/input_names.hpp"

namespace potential {
namespace {

constexpr std::size_t block_of_tar = 512;

/// Gives libarchive what GzipStream unpacks: its own filter leaves the checksum
/// of gzip unread.
struct Source {
  explicit Source(const std::string& path) : stream(path) {}

  static la_ssize_t read(archive* reader, void* self, const void** bytes) {
    auto& source = *static_cast<Source*>(self);
    source.last = source.stream.next();
    if (!source.stream.problem().empty()) {
      archive_set_error(reader, EIO, "%s", source.stream.problem().c_str());
      return -1;
    }
    source.note_zeros();
    *bytes = source.last.data();
    return static_cast<la_ssize_t>(source.last.size());
  }
  static la_int64_t skip(archive*, void* self, la_int64_t bytes) {
    auto& source = *static_cast<Source*>(self);
    const la_int64_t skipped = source.stream.skip(bytes);
    if (skipped > 0) source.last = {}, source.zeros = 0;
    return skipped;
  }

  /// True when anything but zeros comes from this position on, to the end.
  /// Reads all of it.
  bool has_content_from(std::int64_t position) {
    while (true) {
      const std::int64_t begin = stream.position() - static_cast<std::int64_t>(last.size());
      last.remove_prefix(std::min(
          last.size(), static_cast<std::size_t>(std::max<std::int64_t>(position - begin, 0))));
      if (last.find_first_not_of('\0') != last.npos) return true;
      last = stream.next();
      if (last.empty()) return false;
      note_zeros();
    }
  }

  void note_zeros() {
    const std::size_t content = last.find_last_not_of('\0');
    zeros = content == last.npos ? zeros + last.size() : last.size() - 1 - content;
  }

  GzipStream stream;
  std::string_view last;  ///< block handed out
  std::size_t zeros = 0;  ///< that all blocks so far end with
};

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

}  // namespace

bool is_archive_name(const std::string& name) {
  return name == archive_on_standard_input ||
         has_ending(name, {".tar", ".tar.gz", ".tgz", ".tar.zst"});
}

struct ArchiveReader::State {
  explicit State(const std::string& p) : path(p), source(p), reader(archive_read_new()) {
    if (!reader) throw std::bad_alloc();
    archive_read_support_filter_zstd(reader.get());
    archive_read_support_format_tar(reader.get());
    if (archive_read_open2(reader.get(), &source, nullptr, Source::read, Source::skip, nullptr) !=
        ARCHIVE_OK)
      fail();
  }

  [[noreturn]] void fail() const {
    const char* message = archive_error_string(reader.get());
    fail(message != nullptr ? message : "no reason known");
  }
  [[noreturn]] void fail(const std::string& problem) const {
    throw FormatError(path, "the archive is damaged or cut short (" + problem +
                                "); what stands behind this place is lost");
  }

  /// After the last member there are only zeros; what else is there may be another
  /// archive. (Of .zst libarchive alone sees the content.)
  void check_end() {
    if (archive_filter_count(reader.get()) > 1) return;
    const bool more = source.has_content_from(archive_filter_bytes(reader.get(), 0));
    if (!source.stream.problem().empty()) fail(source.stream.problem());
    if (more)
      throw FormatError(path,
                        "something follows the end of the archive, which is not read; is it "
                        "several archives in one file?");
    if (source.zeros < block_of_tar)
      throw FormatError(path,
                        "the archive breaks off between two members (its end is not marked): what "
                        "should follow is lost");
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
  Source source;
  std::unique_ptr<archive, FreeArchive> reader;
};

ArchiveReader::ArchiveReader(const std::string& path) : state_(std::make_unique<State>(path)) {}
ArchiveReader::~ArchiveReader() = default;

std::optional<ArchiveReader::Member> ArchiveReader::next(bool wanted) {
  while (true) {
    archive_entry* entry = nullptr;
    const int result = archive_read_next_header(state_->reader.get(), &entry);
    if (result == ARCHIVE_EOF) {
      state_->check_end();
      return std::nullopt;
    }
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
