#pragma once
// Private to the storage room (and its tests and fuzzers).
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include <potential/storage/files.hpp>

namespace potential::storage {

/// Bytes before the HDF5 part: kind, version, digest and size in plain text.
constexpr std::size_t envelope_size = 512;
/// The version of the file format that is written, and the newest that is read.
/// Files of one table have the first version, those of several terms the second.
constexpr int format_version = 1, terms_version = 2;

/// The newest version of files of a kind that is read.
constexpr int newest_version(FileKind kind) {
  return kind == FileKind::scores ? format_version : terms_version;
}

/// `potential-counts`, `potential-table` or `potential-scores`.
const char* format_name(FileKind kind);

/// A file in memory, the envelope included.
struct Image {
  struct Free {
    void operator()(char* memory) const { std::free(memory); }
  };
  std::unique_ptr<char, Free> bytes;
  std::size_t size = 0;
  FileKind kind = FileKind::other;
  int version = format_version;
};

/// Fills in the first 512 bytes of a file, for all after them.
void sign(char* bytes, std::size_t size, FileKind kind, int version = format_version);

/// The same for a file on disk, which is read once for it. @throws FileError.
void sign_file(const std::string& path, FileKind kind, int version = format_version);

/// What the first bytes of a file claim; nothing is checked.
FileKind kind_of_envelope(std::string_view first_bytes);

/// Reads a whole file and holds it against its digest.
/// @throws FileError when it cannot be opened or is locked; FormatError when it
///         is no file of this library, too new, cut short, or changed.
Image read_checked(const std::string& path);
/// @throws FormatError also when the file is of another kind.
Image read_kind(const std::string& path, FileKind kind);

}  // namespace potential::storage
