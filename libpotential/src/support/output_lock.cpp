#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>
#include <potential/support/output_lock.hpp>

namespace potential {
namespace {

/// False when the run that held the lock before has removed the file meanwhile.
bool stands_at(const std::string& path, int descriptor) {
  struct stat open {
  }, named{};
  return ::fstat(descriptor, &open) == 0 && ::stat(path.c_str(), &named) == 0 &&
         open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

int lock_exclusive(int descriptor) {
  while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
    if (errno != EINTR) return errno;
  return 0;
}

}  // namespace

OutputLock::OutputLock(const std::string& output) {
  const std::filesystem::path target(output_target(output));
  path_ = folder_of(target.string()) + "/." + target.filename().string() + ".lock";
  while (true) {
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor_ < 0)
      throw FileError(output, "cannot be locked with " + path_ + ": " + std::strerror(errno));
    const int problem = lock_exclusive(descriptor_);
    if (problem == 0 && stands_at(path_, descriptor_)) return;
    if (problem != 0 && problem != EWOULDBLOCK) return;
    ::close(descriptor_);
    if (problem == EWOULDBLOCK)
      throw FileError(output, "another run is writing it and holds the lock " + path_ +
                                  "; wait for its end, or choose another output");
  }
}

OutputLock::~OutputLock() {
  ::unlink(path_.c_str());
  ::close(descriptor_);
}

}  // namespace potential
