#pragma once
#include <string>
#include <string_view>

namespace potential {

/// A file that appears whole or not at all: it is written under a temporary
/// name in the same folder and takes its real name in `commit()`. Destroyed
/// without a commit, it leaves nothing behind and an older file untouched.
class AtomicFile {
 public:
  /// A link is followed, so that its target is replaced (or made) and not the link.
  /// @throws FileError when the folder is missing or cannot be written, `path` is
  ///         a folder, or another program holds a lock on the file that is there.
  explicit AtomicFile(const std::string& path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Where to write until the commit (an empty file already exists there).
  const std::string& temporary_path() const { return temporary_; }

  /// Appends bytes. @throws FileError (disk full, ...).
  void write(std::string_view bytes);

  /// Flushes to disk (fsync) and renames over the real path. Keeps the mode of
  /// the file that is replaced. @throws FileError, also when that is locked now;
  /// the old file is then still whole.
  void commit();

 private:
  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
};

/// Takes a shared lock on an open file, for as long as it is open. @returns false
/// when another program holds an exclusive one, as HDF5 does on a file that it
/// changes, unless HDF5_USE_FILE_LOCKING is FALSE.
bool lock_shared(int descriptor);
/// What is said of such a file.
extern const char* const locked_message;

/// The file that a path leads to, links followed, be it there or not.
/// @throws FileError when links lead in a circle.
std::string output_target(const std::string& path);

/// The folder a path stands in, `.` for a bare name.
std::string folder_of(const std::string& path);

/// True when both names lead to one existing file (links followed).
bool same_file(const std::string& a, const std::string& b);

/// The bytes of a text file, or one packed with gzip, in one read. @throws
/// FileError, also when it is larger than 4 GiB; FormatError when it is UTF-16 or
/// packed in another way.
std::string read_file(const std::string& path);

}  // namespace potential
