#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>

#include <potential/storage/files.hpp>
#include <potential/storage/table_file.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "storage/parts.hpp"

#include "samples.hpp"

/// HDF5 1.10.8 does not free all it took when it meets damaged metadata.
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5"; }

namespace potential {
namespace {

using testing::HasSubstr;

void put(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// What is said about a file, after its path; empty when nothing.
std::string complaint(const std::string& path, const std::function<void()>& read) {
  try {
    read();
  } catch (const FileError& error) {
    const std::string what = error.what();
    EXPECT_EQ(what.substr(0, path.size() + 2), path + ": ");
    EXPECT_EQ(what.find('\n'), std::string::npos) << what;
    return what.substr(path.size() + 2);
  }
  return "";
}

std::string counts_complaint(const std::string& path) {
  return complaint(path, [&] { read_counts(path); });
}

/// A file of each kind, its bytes, and how it is read and written again.
struct Sample {
  std::string path;
  std::string bytes;
  std::function<void(const std::string& from, const std::string& to)> copy;
};

std::vector<Sample> samples(const TemporaryFolder& folder) {
  const TableAxes axes = axes_of("residue-cb", "seed", "1-3,inter");
  write_counts(random_counts(axes, 4), folder / "counts.h5");
  write_potential(random_potential(axes), folder / "table.h5");
  return {{folder / "counts.h5", read_file(folder / "counts.h5"),
           [](const auto& from, const auto& to) { write_counts(read_counts(from), to); }},
          {folder / "table.h5", read_file(folder / "table.h5"),
           [](const auto& from, const auto& to) { write_potential(read_potential(from), to); }}};
}

/// Refused with one line, or read back identical.
void expect_noticed(const Sample& sample, const TemporaryFolder& folder, const std::string& bytes) {
  put(folder / "bad.h5", bytes);
  const std::string said =
      complaint(folder / "bad.h5", [&] { sample.copy(folder / "bad.h5", folder / "again.h5"); });
  if (said.empty()) {
    EXPECT_EQ(read_file(folder / "again.h5"), sample.bytes);
  }
  EXPECT_NO_FATAL_FAILURE(kind_of_file(folder / "bad.h5"));
}

TEST(DamagedFile, FlippedBytesAreNoticed) {
  const TemporaryFolder folder;
  std::mt19937_64 random(7);
  for (const Sample& sample : samples(folder))
    for (int i = 0; i < 300; ++i) {
      std::string bytes = sample.bytes;
      const std::size_t at = i < 60 ? random() % 512 : random() % bytes.size();
      bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 + random() % 255));
      expect_noticed(sample, folder, bytes);
    }
}

TEST(DamagedFile, TruncationsAreNoticed) {
  const TemporaryFolder folder;
  std::mt19937_64 random(8);
  for (const Sample& sample : samples(folder)) {
    for (int i = 0; i < 100; ++i)
      expect_noticed(sample, folder, sample.bytes.substr(0, random() % sample.bytes.size()));
    put(folder / "cut.h5", sample.bytes.substr(0, sample.bytes.size() - 1));
    EXPECT_THAT(complaint(folder / "cut.h5", [&] { sample.copy(folder / "cut.h5", "x.h5"); }),
                HasSubstr("is truncated: "));
    put(folder / "long.h5", sample.bytes + "x");
    EXPECT_THAT(complaint(folder / "long.h5", [&] { sample.copy(folder / "long.h5", "x.h5"); }),
                HasSubstr("damaged"));
  }
}

/// Behind a right digest: what HDF5 itself may meet. Refused or read, no crash.
TEST(DamagedFile, FlippedBytesBehindARightDigestDoNotCrash) {
  const TemporaryFolder folder;
  std::mt19937_64 random(9);
  for (const Sample& sample : samples(folder))
    for (int i = 0; i < 100; ++i) {
      std::string bytes = sample.bytes;
      bytes[512 + random() % (bytes.size() - 512)] = static_cast<char>(random());
      storage::sign(bytes.data(), bytes.size(), kind_of_file(sample.path));
      put(folder / "bad.h5", bytes);
      complaint(folder / "bad.h5", [&] { sample.copy(folder / "bad.h5", folder / "again.h5"); });
    }
}

TEST(ForeignFile, IsNamedForWhatItIs) {
  const TemporaryFolder folder;
  put(folder / "empty.h5", "");
  put(folder / "text.h5", "pair\t0-3A\n");
  put(folder / "other.h5", std::string("\x89HDF\r\n\x1a\n", 8) + std::string(4000, '\0'));
  put(folder / "newer.h5", "potential-counts 3\nsha256 00\nsize 1\n");
  ::mkdir((folder / "folder.h5").c_str(), 0700);
  ::mkfifo((folder / "pipe").c_str(), 0600);
  const std::pair<const char*, const char*> cases[] = {
      {"empty.h5", "is empty"},
      {"text.h5", "is not a counts or potential file"},
      {"other.h5", "is an HDF5 file, but not one that potential wrote"},
      {"newer.h5", "was written by a newer potential (format version 3; this one reads version 2)"},
      {"folder.h5", "is a folder"},
      {"pipe", "is not a regular file"},
      {"none.h5", "cannot open: No such file"},
      {"none/none.h5", "cannot open: No such file"}};
  for (const auto& [name, expected] : cases)
    EXPECT_THAT(counts_complaint(folder / name), HasSubstr(expected)) << name;
  EXPECT_EQ(kind_of_file(folder / "text.h5"), FileKind::other);
  EXPECT_EQ(kind_of_file(folder / "empty.h5"), FileKind::other);
  EXPECT_EQ(kind_of_file(folder / "pipe"), FileKind::other);
  EXPECT_THROW(kind_of_file(folder / "none.h5"), FileError);
  EXPECT_THROW(kind_of_file(folder / "folder.h5"), FileError);
}

TEST(ForeignFile, OfTheOtherKindIsNamed) {
  const TemporaryFolder folder;
  const auto both = samples(folder);
  EXPECT_THAT(counts_complaint(both[1].path), HasSubstr("holds a potential"));
  EXPECT_THAT(complaint(both[0].path, [&] { read_potential(both[0].path); }),
              HasSubstr("holds contact counts"));
  // The envelope of one kind before the content of the other.
  std::string mixed = both[0].bytes;
  storage::sign(mixed.data(), mixed.size(), FileKind::potential);
  put(folder / "mixed.h5", mixed);
  EXPECT_THAT(complaint(folder / "mixed.h5", [&] { read_potential(folder / "mixed.h5"); }),
              HasSubstr("says its format is 'potential-counts'"));
}

TEST(LockedFile, IsRefusedUnlessLockingIsOff) {
  const TemporaryFolder folder;
  const auto both = samples(folder);
  const int holder = ::open(both[0].path.c_str(), O_RDONLY);
  ASSERT_EQ(::flock(holder, LOCK_EX), 0);
  EXPECT_THAT(counts_complaint(both[0].path), HasSubstr("HDF5_USE_FILE_LOCKING=FALSE"));
  ::setenv("HDF5_USE_FILE_LOCKING", "FALSE", 1);
  EXPECT_EQ(counts_complaint(both[0].path), "");
  ::unsetenv("HDF5_USE_FILE_LOCKING");
  ::close(holder);
  EXPECT_EQ(counts_complaint(both[0].path), "");
}

TEST(WrittenFile, LeavesTheOldOneWhenItFails) {
  const TemporaryFolder folder;
  const auto both = samples(folder);
  ContactCounts wrong = read_counts(both[0].path);
  wrong.structures[0].composition.pop_back();
  EXPECT_THROW(write_counts(wrong, both[0].path), Error);
  EXPECT_EQ(read_file(both[0].path), both[0].bytes);
  EXPECT_THROW(write_counts(wrong, folder / "none/a.h5"), FileError);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "")) {
    (void)entry;
    ++files;
  }
  EXPECT_EQ(files, both.size());
}

TEST(WrittenFile, HasTheSameBytesWhateverTheOrder) {
  const TemporaryFolder folder;
  ContactCounts counts = random_counts(axes_of("residue-ca", "seed", "1+"), 20);
  write_counts(counts, folder / "a.h5");
  std::mt19937_64 random(3);
  std::shuffle(counts.structures.begin(), counts.structures.end(), random);
  std::swap(counts.skipped[0], counts.skipped[1]);
  ::sleep(1);  // no time of day in it
  write_counts(counts, folder / "b.h5");
  EXPECT_EQ(read_file(folder / "a.h5"), read_file(folder / "b.h5"));
}

TEST(WrittenFile, TakesLongTexts) {
  const TemporaryFolder folder;
  ContactCounts counts = random_counts(axes_of("residue-ca", "seed", "1+"), 2);
  counts.options["note"] = std::string(300'000, 'x');
  counts.structures[1].id = std::string(9'000, 'y') + "\xff\xfe not UTF-8";
  counts.skipped[0].reason = std::string(999, 'z') + "\xc3\xa9 and more";
  counts.sort();
  write_counts(counts, folder / "a.h5");
  const ContactCounts back = read_counts(folder / "a.h5");
  EXPECT_EQ(back.options, counts.options);
  EXPECT_EQ(back.structures[1].id, counts.structures[1].id);
  EXPECT_EQ(back.skipped[0].reason, std::string(999, 'z'));  // cut between two characters
  counts.structures[1].id = std::string(70'000, 'y');
  EXPECT_THROW(write_counts(counts, folder / "a.h5"), Error);
}

}  // namespace
}  // namespace potential
