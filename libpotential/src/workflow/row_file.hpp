#pragma once
#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <potential/structure/input.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/output_lock.hpp>
#include <potential/workflow/score_stream.hpp>
#include <string>
#include <string_view>

namespace potential {

/// Rows that are written as they come. A file that grows in its place may have been left
/// by a killed run: then it is held against the inputs, row by row, before it goes on.
class RowFile {
 public:
  RowFile(const RowFormat& format, const RowOutput& output);
  ~RowFile();

  /// To be asked of each file in order: true when all its rows are there already.
  /// @throws UsageError when other rows stand in their place.
  bool holds(const InputFile& file);
  /// @throws UsageError when an earlier run made this row otherwise.
  void add(const ModelScore& row);
  /// Writes what is still held to disk.
  void sync();
  /// @throws UsageError when rows are left over that belong to no input.
  void finish();
  bool grows_in_place() const { return descriptor_ >= 0; }

 private:
  using Clock = std::chrono::steady_clock;
  class Earlier;

  void open_in_place();
  void begin_rows();
  void make_again(std::uint64_t begin, std::uint64_t end);
  bool stands_already(const std::string& line);
  void write();

  const RowFormat& format_;
  const RowOutput& output_;
  std::optional<OutputLock> lock_;
  std::optional<AtomicFile> whole_;
  int descriptor_ = -1;
  std::unique_ptr<Earlier> earlier_;  ///< rows not yet held against inputs
  std::ifstream again_;               ///< rows of the last file of an earlier run
  std::uint64_t again_left_ = 0;      ///< bytes of them that are still to be made again
  std::string text_;                  ///< not written yet
  Clock::time_point written_ = Clock::now();
};

}  // namespace potential
