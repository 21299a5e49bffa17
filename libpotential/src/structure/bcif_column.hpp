#pragma once
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "structure/bcif_encoding.hpp"

namespace potential {

/// Texts that are made while a file is read and live as long as its tables.
class TextStore {
 public:
  std::string_view keep(std::string_view text);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t used_ = 0, size_ = 0;  ///< of the last
};

/// A column of BinaryCIF, as the text that mmCIF would have in its place.
class BcifColumn {
 public:
  /// @param column  its map `data`, `mask`
  /// @throws FormatError when it is damaged or has not `rows` values.
  BcifColumn(const PackedValue& column, std::size_t rows, TextStore& texts,
             const SourceText& source);

  /// True when the text of this row is that of the one before it, as most are.
  bool repeats(std::size_t row) const {
    if (row == 0 || (!mask_.empty() && mask_[row] != mask_[row - 1])) return false;
    return values_.has_reals() ? values_.real[row] == values_.real[row - 1]
                               : values_.whole[row] == values_.whole[row - 1];
  }
  /// Quoted where it would not be a value otherwise; `.` or `?` where there is none.
  std::string_view text(std::size_t row);
  /// The same as parse_milli() of the text, mostly without making it.
  std::int32_t milli(std::size_t row);

 private:
  bool is_masked(std::size_t row) const { return !mask_.empty() && mask_[row] != 0; }
  std::string_view render(std::size_t row);

  BcifValues values_;
  std::vector<std::int64_t> mask_;
  TextStore& texts_;
  std::size_t last_row_ = 0;  ///< that of last_, the text made last
  std::string_view last_;
};

}  // namespace potential
