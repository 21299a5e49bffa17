#pragma once
#include <cstdint>
#include <cstdlib>
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

  /// Adds `bit` to those of the first rows.size() rows whose text may differ from that of the row
  /// before; few do.
  void mark_changes(std::uint32_t bit, std::vector<std::uint32_t>& rows) const;
  /// Quoted where it would not be a value otherwise; `.` or `?` where there is none.
  std::string_view text(std::size_t row);
  /// The same as parse_milli() of the text, mostly without making it.
  std::int32_t milli(std::size_t row) {
    if (is_milli_ && std::abs(std::int64_t{values_.whole[row]}) < max_milli)
      return values_.whole[row];
    return milli_of_other(row);
  }

 private:
  static constexpr std::int64_t max_milli = 1'000'000'000;  ///< further out the text decides

  std::int32_t milli_of_other(std::size_t row);
  bool is_masked(std::size_t row) const { return !mask_.empty() && mask_[row] != 0; }
  std::string_view render(std::size_t row);

  BcifValues values_;
  std::vector<std::int32_t> mask_;
  bool is_milli_ = false;  ///< of whole mÅ, none of them masked
  TextStore& texts_;
  std::size_t last_row_ = 0;  ///< that of last_, the text made last
  std::string_view last_;
};

}  // namespace potential
