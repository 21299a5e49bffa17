#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "storage/envelope.hpp"
#include "support/sha256.hpp"

namespace potential::storage {
namespace {

constexpr std::string_view hdf5_magic("\x89HDF\r\n\x1a\n", 8);
constexpr std::string_view closing =
    "\nThe rest, from byte 512 on, is HDF5, which skips this block by itself; a digest that\n"
    "does not match means that the file was damaged. See docs/file-format.md of potential.\n";

std::string reason() { return std::strerror(errno); }

class Descriptor {
 public:
  explicit Descriptor(const std::string& path, int access = O_RDONLY)
      : path_(path), descriptor_(::open(path.c_str(), access | O_CLOEXEC | O_NONBLOCK)) {
    if (descriptor_ < 0) throw FileError(path, "cannot open: " + reason());
  }
  ~Descriptor() { ::close(descriptor_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  /// @throws FileError on anything but a regular file.
  std::size_t size() const {
    struct stat info {};
    if (::fstat(descriptor_, &info) != 0) throw FileError(path_, "cannot read: " + reason());
    if (S_ISDIR(info.st_mode)) throw FileError(path_, "is a folder, not a file");
    if (!S_ISREG(info.st_mode)) throw FileError(path_, "is not a regular file");
    return static_cast<std::size_t>(info.st_size);
  }

  /// Reads up to `size` bytes; fewer at the end of the file.
  std::size_t read(char* to, std::size_t size) const {
    std::size_t done = 0;
    while (done < size) {
      const ssize_t got = ::read(descriptor_, to + done, size - done);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw FileError(path_, "cannot read: " + reason());
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

  void write_at_begin(std::string_view bytes) const {
    if (::pwrite(descriptor_, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
      throw FileError(path_, "cannot write: " + reason());
  }

  /// A program that changes the file through HDF5 holds an exclusive lock.
  void refuse_if_locked() const {
    if (!lock_shared(descriptor_)) throw FileError(path_, locked_message);
  }

 private:
  const std::string& path_;
  int descriptor_;
};

/// What the envelope says, in the order of its lines.
struct Claims {
  FileKind kind = FileKind::other;
  int version = 0;
  std::string_view digest;
  std::size_t size = 0;
};

/// The text between `prefix` and the end of the first line; moves `text` on.
std::string_view take_line(std::string_view& text, std::string_view prefix) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  if (end == std::string_view::npos || line.substr(0, prefix.size()) != prefix) return {};
  text.remove_prefix(end + 1);
  return line.substr(prefix.size());
}

template <class Number>
Number to_number(std::string_view text) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

Claims read_claims(std::string_view text) {
  Claims claims;
  for (const FileKind kind : {FileKind::counts, FileKind::potential, FileKind::scores}) {
    const auto version = take_line(text, std::string(format_name(kind)) + " ");
    if (version.empty()) continue;
    claims.kind = kind;
    claims.version = to_number<int>(version);
    claims.digest = take_line(text, "sha256 ");
    claims.size = to_number<std::size_t>(take_line(text, "size "));
    break;
  }
  return claims;
}

std::string envelope_text(FileKind kind, int version, const std::string& digest, std::size_t size) {
  std::string text = std::string(format_name(kind)) + " " + std::to_string(version) + "\nsha256 " +
                     digest + "\nsize " + std::to_string(size) + "\n";
  text += closing;
  text.resize(envelope_size, '\n');
  return text;
}

[[noreturn]] void refuse_foreign(const std::string& path, std::string_view begin) {
  if (begin.empty()) throw FormatError(path, "is empty");
  const bool hdf5 = begin.substr(0, hdf5_magic.size()) == hdf5_magic;
  throw FormatError(path, hdf5 ? "is an HDF5 file, but not one that potential wrote (its first "
                                 "block with the digest is missing)"
                               : "is not a counts or potential file");
}

Claims check_claims(const std::string& path, std::string_view begin, std::size_t size) {
  const Claims claims = read_claims(begin);
  if (claims.kind == FileKind::other) refuse_foreign(path, begin);
  if (claims.version > newest_version(claims.kind))
    throw FormatError(path, "was written by a newer potential (format version " +
                                std::to_string(claims.version) + "; this one reads version " +
                                std::to_string(newest_version(claims.kind)) +
                                "); update potential");
  if (claims.size > size)
    throw FormatError(path, "is truncated: " + std::to_string(size) + " of " +
                                std::to_string(claims.size) + " bytes; make or copy it again");
  // One way to write it, so a change anywhere in the block is seen as well.
  if (claims.size != size || claims.version < 1 ||
      begin != envelope_text(claims.kind, claims.version, std::string(claims.digest), claims.size))
    throw FormatError(path, "is damaged in its first 512 bytes; make or copy it again");
  return claims;
}

}  // namespace

const char* format_name(FileKind kind) {
  if (kind == FileKind::scores) return "potential-scores";
  return kind == FileKind::counts ? "potential-counts" : "potential-table";
}

Image read_kind(const std::string& path, FileKind kind) {
  Image image = read_checked(path);
  if (image.kind == kind) return image;
  const auto what = [](FileKind k) {
    if (k == FileKind::scores) return "scores of models";
    return k == FileKind::counts ? "contact counts" : "a potential";
  };
  throw FormatError(
      path, std::string("holds ") + what(image.kind) + " where " + what(kind) +
                (kind == FileKind::potential ? " is expected; make one with 'potential train'"
                                             : " are expected"));
}

void sign(char* bytes, std::size_t size, FileKind kind, int version) {
  const Digest digest = sha256(bytes + envelope_size, size - envelope_size);
  const std::string text = envelope_text(kind, version, to_hex(digest), size);
  std::copy(text.begin(), text.end(), bytes);
}

void sign_file(const std::string& path, FileKind kind, int version) {
  const Descriptor file(path, O_RDWR);
  std::vector<char> block(std::size_t{1} << 18);
  file.read(block.data(), envelope_size);
  Sha256 hash;
  std::size_t size = envelope_size;
  while (const std::size_t got = file.read(block.data(), block.size())) {
    hash.update(block.data(), got);
    size += got;
  }
  file.write_at_begin(envelope_text(kind, version, to_hex(hash.finish()), size));
}

FileKind kind_of_envelope(std::string_view first_bytes) { return read_claims(first_bytes).kind; }

Image read_checked(const std::string& path) {
  const Descriptor file(path);
  Image image;
  image.size = file.size();
  file.refuse_if_locked();
  char begin[envelope_size];
  const std::string_view envelope(begin, file.read(begin, envelope_size));
  const Claims claims = check_claims(path, envelope, image.size);
  image.kind = claims.kind;
  image.bytes.reset(static_cast<char*>(std::malloc(image.size)));
  if (!image.bytes) throw FileError(path, "is larger than the memory that is left");
  char* bytes = image.bytes.get();
  std::copy(envelope.begin(), envelope.end(), bytes);

  // In pieces that stay in the cache from the copy to the digest.
  constexpr std::size_t piece = std::size_t{1} << 18;
  Sha256 hash;
  std::size_t done = envelope_size;
  while (done < image.size) {
    const std::size_t got = file.read(bytes + done, std::min(piece, image.size - done));
    if (got == 0) throw FormatError(path, "became shorter while it was read");
    hash.update(bytes + done, got);
    done += got;
  }
  if (to_hex(hash.finish()) != claims.digest)
    throw FormatError(path,
                      "is damaged: its content does not match its digest; make or copy it again");
  return image;
}

}  // namespace potential::storage

namespace potential {

FileKind kind_of_file(const std::string& path) {
  // A pipe can be read only once, and not by this.
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
    return FileKind::other;
  const storage::Descriptor file(path);
  file.size();
  char begin[storage::envelope_size];
  return storage::kind_of_envelope({begin, file.read(begin, sizeof begin)});
}

}  // namespace potential
