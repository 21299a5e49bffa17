#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <optional>
#include <potential/support/error.hpp>
#include <potential/support/output_lock.hpp>

#include "common/test_files.hpp"

namespace potential::test {
namespace {

bool is_free(const std::string& output) {
  try {
    const OutputLock lock(output);
    return true;
  } catch (const FileError& error) {
    EXPECT_NE(std::string(error.what()).find("another run is writing it"), std::string::npos);
    return false;
  }
}

TEST(OutputLock, OneAtATime) {
  const Folder folder;
  const std::string output = folder / "c.h5";
  std::optional<OutputLock> first(output);
  EXPECT_FALSE(is_free(output));
  EXPECT_TRUE(is_free(folder / "other.h5"));
  first.reset();
  EXPECT_TRUE(is_free(output));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(OutputLock, HoldsForEveryNameOfTheOutput) {
  const Folder folder;
  std::filesystem::create_symlink("c.h5", folder / "link.h5");  // nothing there yet
  const OutputLock first(folder / "c.h5");
  EXPECT_FALSE(is_free(folder / "link.h5"));
  folder.write("c.h5", "");
  EXPECT_FALSE(is_free(folder / "link.h5"));
  EXPECT_FALSE(is_free(folder / "./c.h5"));
}

TEST(OutputLock, EndsWithTheProcessHoweverThatEnds) {
  const Folder folder;
  const std::string output = folder / "c.h5";
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const OutputLock lock(output);
    [[maybe_unused]] const auto told = ::write(ready[1], "x", 1);
    while (true) ::pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_FALSE(is_free(output));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(is_free(output));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));  // what was left over, too
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST(OutputLock, APlaceThatCannotBeWritten) {
  EXPECT_THROW(OutputLock("/no/such/folder/c.h5"), FileError);
}

}  // namespace
}  // namespace potential::test
