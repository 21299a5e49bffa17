#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <potential/core/merge.hpp>
#include <potential/storage/files.hpp>
#include <potential/storage/merge_files.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "samples.hpp"

namespace potential {
namespace {

MergeFilesOptions with_memory(std::size_t bytes) {
  MergeFilesOptions options;
  options.memory = bytes;
  return options;
}

/// Counts in files of their own: parts of one run.
struct Parts {
  TemporaryFolder folder;
  std::vector<ContactCounts> counts;
  std::vector<std::string> paths;

  explicit Parts(int number, const TableAxes& axes) {
    for (int k = 1; k <= number; ++k) {
      counts.push_back(random_counts(axes, k % 4 == 0 ? 0 : 5 + k % 3, unsigned(k)));
      if (k % 4 == 0) counts.back().counts.setZero();  // an empty shard
      counts.back().skipped.push_back({"x" + std::to_string(k), "unreadable"});
      counts.back().options["shard"] = std::to_string(k) + "/" + std::to_string(number);
      paths.push_back(folder / ("part" + std::to_string(k) + ".h5"));
      write(k);
    }
  }
  void write(int k) { write_counts(counts[std::size_t(k - 1)], paths[std::size_t(k - 1)]); }
  /// The single run.
  std::string expected() const {
    const std::string path = folder / "sum.h5";
    write_counts(merge_counts(counts), path);
    return read_file(path);
  }
  std::string merge(const MergeFilesOptions& options) const {
    const std::string path = folder / "merged.h5";
    merge_counts_files(paths, path, options);
    return read_file(path);
  }
  /// What a merge says that does not succeed, and leaves nothing behind.
  std::string refusal(int expected) const {
    MergeFilesOptions options;
    options.expected = expected;
    try {
      merge(options);
    } catch (const Error& error) {
      EXPECT_FALSE(std::filesystem::exists(folder / "merged.h5"));
      return error.what();
    }
    return "no error";
  }
};

std::string has(const std::string& text, const std::string& part) {
  return text.find(part) == std::string::npos ? "'" + part + "' is not in: " + text : "";
}

TEST(MergeFiles, AreTheSumByteForByteInAnyOrderAndMemory) {
  for (const auto& axes :
       {axes_of("residue-cb", "seed", "1,2+,inter"), axes_of("heavy-atom", "rapdf", "1+")}) {
    Parts parts(9, axes);
    const std::string expected = parts.expected();
    for (const std::size_t memory : {std::size_t{1} << 27, std::size_t{6000}, std::size_t{100}}) {
      std::reverse(parts.paths.begin(), parts.paths.end());
      std::swap(parts.paths[2], parts.paths[7]);
      MergeFilesOptions options = with_memory(memory);
      options.expected = 9;
      EXPECT_EQ(parts.merge(options) == expected, true) << memory;
    }
  }
}

TEST(MergeFiles, InGroupsAreTheSumToo) {
  Parts parts(6, axes_of("residue-ca", "half", "1+"));
  const std::string a = parts.folder / "a.h5", b = parts.folder / "b.h5";
  const auto& p = parts.paths;
  merge_counts_files({p[4], p[0], p[2]}, a, with_memory(100));
  merge_counts_files({p[3], p[5], p[1]}, b, with_memory(1 << 20));
  const std::string expected = parts.expected();
  parts.paths = {b, a};
  EXPECT_EQ(parts.merge({}) == expected, true);
}

TEST(MergeFiles, OneFileComesBackAsItIs) {
  Parts parts(2, axes_of("residue-cb", "seed", "1+"));
  parts.paths = {parts.paths[1]};
  EXPECT_EQ(parts.merge(with_memory(100)) == read_file(parts.paths[0]), true);
}

TEST(MergeFiles, TheSameStructureIsRefusedByBothNamesAndFiles) {
  for (const std::size_t memory : {std::size_t{1} << 27, std::size_t{100}}) {
    Parts parts(3, axes_of("residue-cb", "seed", "1+"));
    auto &first = parts.counts[0].structures[2], &second = parts.counts[2].structures[1];
    second.sha256 = first.sha256;
    parts.write(3);
    try {
      parts.merge(with_memory(memory));
      ADD_FAILURE() << "merged";
    } catch (const FormatError& error) {
      for (const auto& part :
           {parts.paths[2] + ": cannot be added", first.id + " (in " + parts.paths[0], second.id})
        EXPECT_EQ(has(error.what(), part), "");
    }
    MergeFilesOptions allowed = with_memory(memory);
    allowed.allow_duplicates = true;
    const std::string sum = parts.folder / "sum.h5";
    write_counts(merge_counts(parts.counts, true), sum);
    EXPECT_EQ(parts.merge(allowed) == read_file(sum), true);
    // What was allowed once is no obstacle to later merges.
    parts.paths = {parts.folder / "merged.h5"};
    EXPECT_EQ(parts.merge(with_memory(memory)) == read_file(sum), true);
  }
}

TEST(MergeFiles, OtherLayoutsAndDamagedFilesAreRefusedByName) {
  Parts parts(3, axes_of("residue-cb", "seed", "1+"));
  write_counts(random_counts(axes_of("residue-cb", "half", "1+"), 2, 9), parts.paths[1]);
  EXPECT_EQ(has(parts.refusal(0), parts.paths[1] + ": cannot be added: the bins differ"), "");
  ContactCounts imported = random_counts(axes_of("residue-cb", "seed", "1+"), 0, 9);
  write_counts(imported, parts.paths[1]);
  EXPECT_EQ(has(parts.refusal(0), parts.paths[1] + ": cannot be added: an imported"), "");
  parts.paths[1] = parts.folder / "none.h5";
  EXPECT_EQ(has(parts.refusal(0), parts.paths[1] + ": cannot open"), "");
}

TEST(MergeFiles, WhatDoesNotFitOnTheDiskLeavesTheOldFile) {
  Parts parts(3, axes_of("heavy-atom", "rapdf", "1+"));
  const std::string old = parts.merge(with_memory(100));
  parts.paths.pop_back();
  for (const auto memory : {std::size_t{100}, std::size_t{1} << 20}) {
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit small{100'000, limit.rlim_max};  // too little for the table
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &small);
    EXPECT_THROW(parts.merge(with_memory(memory)), FileError) << memory;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, handler);
    EXPECT_EQ(read_file(parts.folder / "merged.h5") == old, true);
    std::filesystem::directory_iterator files(
        std::filesystem::path(parts.folder / "merged.h5").parent_path());
    EXPECT_EQ(std::distance(begin(files), end(files)), 4);  // nothing is left over
  }
}

TEST(MergeFiles, MissingPartsAreNamed) {
  Parts parts(8, axes_of("residue-cb", "seed", "1+"));
  const auto all = parts.paths;
  parts.paths = {all[7], all[0], all[1], all[5]};
  EXPECT_EQ(has(parts.refusal(8), "missing are parts 3-5, 7 of 8"), "");
  parts.paths = {all.begin(), all.end() - 1};
  EXPECT_EQ(has(parts.refusal(8), "missing is part 8 of 8"), "");
  parts.paths.push_back(all[2]);
  EXPECT_EQ(has(parts.refusal(8), all[2] + ": is part 3/8, which " + all[2] + " is too"), "");
  parts.paths = all;
  EXPECT_EQ(has(parts.refusal(9), "is part 1/8 of its inputs, but 9 parts are expected"), "");
  parts.counts[4].options["models"] = "all";
  parts.write(5);
  EXPECT_EQ(has(parts.refusal(8), all[4] + ": was made with --models all, but " + all[0] +
                                      ", another part, with --models first"),
            "");
}

/// After `files` files are read, in little memory and in much.
void expect_stopped_after(std::size_t files, std::size_t memory) {
  const Parts parts(4, axes_of("residue-cb", "seed", "1+"));
  std::atomic<bool> stop{files == 0};
  MergeFilesOptions options = with_memory(memory);
  options.cancel = &stop;
  options.after_each = [&](std::size_t done) { stop = done >= files; };
  EXPECT_THROW(parts.merge(options), Cancelled) << files << " " << memory;
  EXPECT_FALSE(std::filesystem::exists(parts.folder / "merged.h5"));
}

TEST(MergeFiles, CanBeStoppedWhileTheyAreReadAndWhileTheSumIsWritten) {
  for (const std::size_t files : {0, 2, 4})
    for (const std::size_t memory : {1000, 1 << 27}) expect_stopped_after(files, memory);
}

}  // namespace
}  // namespace potential
