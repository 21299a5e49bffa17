#pragma once
// Private to the storage room.
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace potential::storage {

/// Reads a tab-separated file line by line, never more than one line at a time.
/// CR before the line end is dropped.
class TsvReader {
 public:
  /// @throws FileError when it cannot be opened.
  explicit TsvReader(const std::string& path);

  /// Takes the next line apart. @returns false at the end of the file.
  /// @throws FileError; FormatError when a line is longer than a megabyte or
  ///         holds a NUL byte.
  bool next();
  /// Of the line read last; valid until next().
  const std::vector<std::string_view>& cells() const { return cells_; }
  std::size_t line() const { return line_; }  ///< counted from 1

  /// @throws FormatError "PATH: line N: problem".
  [[noreturn]] void fail(const std::string& problem) const;
  /// @throws FormatError "PATH: line N, column C (CELL): problem", column from 1.
  [[noreturn]] void fail_in(std::size_t column, const std::string& problem) const;

 private:
  std::string path_;
  std::ifstream stream_;
  std::string buffer_;
  std::vector<std::string_view> cells_;
  std::size_t line_ = 0;
};

/// Text of a file as it can be shown in one line of a message: printable(), cut
/// when long.
std::string shown(std::string_view text);

}  // namespace potential::storage
