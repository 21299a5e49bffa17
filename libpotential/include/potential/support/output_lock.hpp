#pragma once
#include <string>

namespace potential {

/// Keeps every other run away from an output for as long as it lives: of two runs
/// that go on from one file, the later would write over what the earlier added. A
/// lock of the kernel on a file beside the output, `.NAME.lock`, so that it is
/// gone when the run dies, whatever it dies of; the file is removed at the end and
/// may be left over after SIGKILL, without harm. Where the file system has no
/// locks, nobody is kept away.
class OutputLock {
 public:
  /// @throws FileError when another run holds it, or the file cannot be made.
  explicit OutputLock(const std::string& output);
  ~OutputLock();
  OutputLock(const OutputLock&) = delete;
  OutputLock& operator=(const OutputLock&) = delete;

 private:
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace potential
