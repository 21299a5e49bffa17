#pragma once
#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace potential {

struct MergeFilesOptions {
  bool allow_duplicates = false;  ///< count a structure again that is in two files
  /// When not 0, all this many files must be there. Files that are parts K/N of
  /// one extraction (its option `shard`) must then be the parts 1 to N, each
  /// once, made with the same options.
  int expected = 0;
  /// Bytes to hold of the rows of structures; more go to temporary files in the
  /// folder of the output. Beside them the memory holds the table, one input at
  /// a time and the skipped inputs.
  std::size_t memory = std::size_t{128} << 20;
  std::function<void(std::size_t done)> after_each;  ///< file; what it throws ends the merge
  const std::atomic<bool>* cancel = nullptr;         ///< when true the merge ends with Cancelled
};

/// Adds up counts files as merge_into() does, one at a time, however many and
/// in whatever order they come: the result is byte for byte that of
/// write_counts() for their sum.
/// @throws FileError, FormatError naming the file that cannot be added and why
///         (another layout, a structure that an earlier file has, a part too
///         many); Error naming the parts that are missing. Then an older file
///         at `output` is untouched.
void merge_counts_files(const std::vector<std::string>& paths, const std::string& output,
                        const MergeFilesOptions& options);

}  // namespace potential
