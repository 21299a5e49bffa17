#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "support/sha256.hpp"

namespace potential {
namespace {
namespace fs = std::filesystem;

struct Folder : testing::Test {
  fs::path path =
      fs::path(testing::TempDir()) /
      (std::string("potential_") + testing::UnitTest::GetInstance()->current_test_info()->name());
  void SetUp() override {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  void TearDown() override { fs::remove_all(path); }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path), fs::directory_iterator{}));
  }
};

TEST(Sha256Test, TheAnswersOfFips180) {
  EXPECT_EQ(to_hex(sha256("", 0)),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc", 3)),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 parts;
  parts.update("a", 1);
  parts.update("bc", 2);
  EXPECT_EQ(parts.finish(), sha256("abc", 3));
  EXPECT_EQ(digest_from_hex(to_hex(sha256("abc", 3))), sha256("abc", 3));
  EXPECT_THROW(digest_from_hex("zz"), Error);
  EXPECT_THROW(digest_from_hex(std::string(64, 'g')), Error);
}

using AtomicFileTest = Folder;

TEST_F(AtomicFileTest, AppearsOnlyWithTheCommit) {
  const std::string target = path / "out.txt";
  {
    AtomicFile file(target);
    file.write("half");
    EXPECT_FALSE(fs::exists(target));
  }
  EXPECT_EQ(files(), 0U);  // nothing left behind
  AtomicFile file(target);
  file.write("whole");
  file.commit();
  EXPECT_EQ(read_file(target), "whole");
  EXPECT_EQ(files(), 1U);
}

TEST_F(AtomicFileTest, AnOlderFileStaysUntilThenAndKeepsItsMode) {
  const std::string target = path / "out.txt";
  std::ofstream(target) << "old";
  ::chmod(target.c_str(), 0640);
  {
    AtomicFile file(target);
    file.write("new");
  }
  EXPECT_EQ(read_file(target), "old");
  AtomicFile file(target);
  file.write("new");
  file.commit();
  EXPECT_EQ(read_file(target), "new");
  EXPECT_EQ(fs::status(target).permissions(), fs::perms(0640));
}

TEST_F(AtomicFileTest, ALinkIsFollowed) {
  std::ofstream(path / "real.txt") << "old";
  fs::create_symlink("real.txt", path / "link.txt");
  AtomicFile file(path / "link.txt");
  file.write("new");
  file.commit();
  EXPECT_TRUE(fs::is_symlink(path / "link.txt"));
  EXPECT_EQ(read_file(path / "real.txt"), "new");
}

TEST_F(AtomicFileTest, ALinkToNothingYetIsFollowedToo) {
  fs::create_directory(path / "d");
  fs::create_symlink("d/link.txt", path / "link.txt");
  fs::create_symlink("real.txt", path / "d" / "link.txt");
  AtomicFile file(path / "link.txt");
  file.write("new");
  file.commit();
  EXPECT_TRUE(fs::is_symlink(path / "link.txt"));
  EXPECT_EQ(read_file(path / "d" / "real.txt"), "new");
  fs::create_symlink("circle", path / "circle");
  EXPECT_THROW(AtomicFile(path / "circle"), FileError);
  fs::create_symlink("missing/x", path / "astray");
  EXPECT_THROW(AtomicFile(path / "astray"), FileError);
}

TEST_F(AtomicFileTest, APlaceThatCannotBeWrittenIsAnErrorAtOnce) {
  EXPECT_THROW(AtomicFile(path / "missing" / "out.txt"), FileError);
  EXPECT_THROW(AtomicFile{path.string()}, FileError);
  EXPECT_THROW(AtomicFile(""), FileError);
}

std::string refusal_of(const fs::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
  try {
    read_file(path);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "";
}

TEST_F(AtomicFileTest, FormatsThatAreNotReadAreNamed) {
  using namespace std::literals;
  const std::pair<std::string_view, const char*> formats[] = {{"BZh91AY&SY"sv, "bzip2"},
                                                              {"\xfd"
                                                               "7zXZ\0"sv,
                                                               "xz"},
                                                              {"\x28\xb5\x2f\xfd..."sv, "zstd"},
                                                              {"PK\x03\x04..."sv, "zip"},
                                                              {"\xff\xfe"
                                                               "A\0T\0"sv,
                                                               "UTF-16"},
                                                              {"\xfe\xff\0A\0T"sv, "UTF-16"},
                                                              {"A\0T\0O\0M\0"sv, "UTF-16"},
                                                              {"\0A\0T\0O"sv, "UTF-16"}};
  for (const auto& [bytes, name] : formats)
    EXPECT_NE(refusal_of(path / "x", bytes).find(name), std::string::npos) << name;
  for (const std::string_view bytes :
       {""sv, "A"sv, "ATOM"sv, "BZ"sv, "BZh9.pdb\n"sv, "\x1f\x8b\x08\0"sv, "\0\0\0\0"sv})
    EXPECT_EQ(refusal_of(path / "x", bytes), "");
}

TEST_F(AtomicFileTest, ReadingWhatIsNotThere) {
  EXPECT_THROW(read_file(path / "missing"), FileError);
  EXPECT_THROW(read_file(path), FileError);
  std::ofstream(path / "empty");
  EXPECT_EQ(read_file(path / "empty"), "");
  EXPECT_FALSE(same_file(path / "empty", path / "missing"));
  EXPECT_TRUE(same_file(path / "empty", path / "." / "empty"));
}

}  // namespace
}  // namespace potential
