#include "workflow/row_file.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <potential/support/error.hpp>

#include "common/test_files.hpp"

namespace {
bool disk_fails = false;
}

/// In place of that of libc: a disk that loses what was written.
extern "C" __attribute__((visibility("default"))) int fdatasync(int descriptor) {
  if (!disk_fails) return static_cast<int>(::syscall(SYS_fdatasync, descriptor));
  errno = EIO;
  return -1;
}

namespace potential {
namespace {
using test::bytes_of;
using test::Folder;
using ::testing::HasSubstr;

RowFormat tsv_rows() {
  RowFormat format;
  format.header = "model\tscore\n";
  format.line = [](const ModelScore&) { return std::string("a.pdb\t1\n"); };
  format.beginning = [](const std::string& id) { return id; };
  return format;
}

RowFormat json_rows() {
  RowFormat format;
  format.line = [](const ModelScore&) { return std::string("{\"model\":\"a.pdb\"}\n"); };
  format.beginning = [](const std::string& id) { return "{\"model\":\"" + id; };
  return format;
}

RowOutput appended(const std::string& path) {
  RowOutput output;
  output.path = path;
  output.append = true;
  return output;
}

TEST(RowFile, LeavesAFileWithoutAWholeLineThatIsNotOfTheseRows) {
  const Folder folder;
  for (const auto& format : {tsv_rows(), json_rows()})
    for (const char* text : {"x", "model,", "modelling", "[{\"model\":", "{\"name\":\"a"}) {
      const RowOutput output = appended(folder.write("notes", text));
      try {
        RowFile rows(format, output);
        ADD_FAILURE() << "goes on from " << text;
      } catch (const UsageError& error) {
        EXPECT_THAT(error.what(), HasSubstr("notes: its first line is not that of these rows"));
      }
      EXPECT_EQ(bytes_of(output.path), text);
    }
}

TEST(RowFile, BeginsAgainWhereTheFirstLineIsTorn) {
  const Folder folder;
  const auto begin = [&](const RowFormat& format, const std::string& text) {
    const RowOutput output = appended(folder.write("rows", text));
    RowFile rows(format, output);
    rows.add({});
    rows.finish();
    EXPECT_EQ(bytes_of(output.path), format.header + format.line({})) << text;
  };
  for (const char* text : {"", "m", "model\tsc", "model\tscore"}) begin(tsv_rows(), text);
  for (const char* text : {"", "{", "{\"model\":", "{\"model\":\"a.pdb\",\"score\":-1"})
    begin(json_rows(), text);
}

TEST(RowFile, SaysThatADiskFailed) {
  const Folder folder;
  const RowFormat format = tsv_rows();
  const RowOutput output = appended(folder / "rows");
  RowFile rows(format, output);
  rows.add({});
  disk_fails = true;
  try {
    rows.sync();
    ADD_FAILURE() << "was written";
  } catch (const FileError& error) {
    EXPECT_THAT(error.what(), HasSubstr("rows: cannot write: Input/output error"));
  }
  disk_fails = false;
  EXPECT_NO_THROW(rows.sync());
}

}  // namespace
}  // namespace potential
