#pragma once
#include <potential/support/output_lock.hpp>
#include <potential/workflow/score_stream.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace potential {

/// The names in the first line of a TSV.
std::vector<std::string> columns_of(std::string_view header);

/// Rows on their way into an HDF5 table of scores, which cannot grow in its place: until
/// all are known they stand in a text beside it.
class PackedOutput {
 public:
  /// With `append` and without such a text, makes one of the table that is there.
  /// @throws UsageError when that is one of other options; FormatError, FileError.
  PackedOutput(const RowFormat& format, const RowOutput& output);

  /// How and where the rows are written as text. The first line ends in a digest of the
  /// options, so that rows of others are not mixed in.
  const RowFormat& format() const { return format_; }
  const RowOutput& rows() const { return rows_; }
  /// Makes the table of the text, and removes that. @throws FileError.
  void finish() const;

 private:
  void unpack_earlier() const;

  const RowOutput& output_;
  std::vector<std::string> columns_;
  RowFormat format_;
  RowOutput rows_;
  OutputLock lock_;
};

}  // namespace potential
