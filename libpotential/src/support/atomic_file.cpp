#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <new>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "support/unread_formats.hpp"

namespace potential {
namespace {

std::string reason() { return std::strerror(errno); }

mode_t mode_of_new_file(const std::string& path) {
  struct stat old {};
  if (::stat(path.c_str(), &old) == 0) return old.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags) : number_(::open(path.c_str(), flags)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

/// The file that is to be replaced may be in use.
void refuse_if_locked(const std::string& path) {
  const Descriptor old(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (old.get() >= 0 && !lock_shared(old.get())) throw FileError(path, locked_message);
}

void sync_folder(const std::string& folder) {
  const Descriptor open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (open.get() >= 0) ::fsync(open.get());
}

}  // namespace

const char* const locked_message =
    "is locked by another program, which may be writing it; try again when that is done, or "
    "set HDF5_USE_FILE_LOCKING=FALSE";

bool lock_shared(int descriptor) {
  const char* setting = std::getenv("HDF5_USE_FILE_LOCKING");
  if (setting != nullptr && (std::strcmp(setting, "FALSE") == 0 || *setting == '0')) return true;
  return ::flock(descriptor, LOCK_SH | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

std::string output_target(const std::string& path) {
  constexpr int max_links = 40;  // as the kernel
  std::filesystem::path target(path);
  for (int link = 0; link < max_links; ++link) {
    std::error_code error;
    const auto canonical = std::filesystem::canonical(target, error);
    if (!error) return canonical.string();
    const auto next = std::filesystem::read_symlink(target, error);
    if (error) return target.string();
    target = target.parent_path() / next;
  }
  throw FileError(path, "is a link that leads back to itself");
}

std::string folder_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

AtomicFile::AtomicFile(const std::string& path) : path_(output_target(path)) {
  const std::filesystem::path target(path_);
  std::error_code error;
  if (path.empty()) throw FileError("''", "an output file needs a name");
  if (std::filesystem::is_directory(target, error))
    throw FileError(path, "is a folder; give the name of a file");
  const std::string folder = folder_of(path_);
  if (!std::filesystem::is_directory(folder, error))
    throw FileError(path, "the folder " + folder + " does not exist; make it first");
  refuse_if_locked(path_);
  temporary_ = folder + "/." + target.filename().string() + ".XXXXXX.tmp";
  descriptor_ = ::mkstemps(temporary_.data(), 4);
  if (descriptor_ < 0) {
    temporary_.clear();
    throw FileError(path, "cannot write here: " + reason());
  }
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw FileError(path_, "cannot write: " + reason());
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void AtomicFile::commit() {
  if (::fchmod(descriptor_, mode_of_new_file(path_)) != 0 || ::fsync(descriptor_) != 0)
    throw FileError(path_, "cannot write: " + reason());
  const int descriptor = descriptor_;
  descriptor_ = -1;
  if (::close(descriptor) != 0) throw FileError(path_, "cannot write: " + reason());
  refuse_if_locked(path_);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0)
    throw FileError(path_, "cannot replace: " + reason());
  temporary_.clear();
  sync_folder(folder_of(path_));
}

bool same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return std::filesystem::equivalent(a, b, error) && !error;
}

std::string read_file(const std::string& path) try {
  constexpr std::size_t largest = std::size_t{4} << 30;
  const Descriptor file(path, O_RDONLY | O_CLOEXEC);
  if (file.get() < 0) throw FileError(path, "cannot open: " + reason());
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) throw FileError(path, "cannot read: " + reason());
  if (S_ISDIR(info.st_mode)) throw FileError(path, "is a folder, not a file");
  const std::size_t stated = S_ISREG(info.st_mode) ? static_cast<std::size_t>(info.st_size) : 0;
  const std::size_t expected = S_ISREG(info.st_mode) ? stated + 1 : 65536;
  std::string bytes(stated > largest ? 0 : expected, '\0');
  std::size_t size = 0;
  while (true) {
    if (std::max(size, stated) > largest) throw FileError(path, "is larger than 4 GiB");
    if (size == bytes.size()) bytes.resize(2 * size);
    const ssize_t got = ::read(file.get(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw FileError(path, "cannot read: " + reason());
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  refuse_unread(path, bytes);
  return bytes;
} catch (const std::bad_alloc&) {
  throw FileError(path, "needs more memory than there is");
}

}  // namespace potential
