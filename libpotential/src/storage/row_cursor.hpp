#pragma once
// Private to the storage room.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/reader.hpp"

namespace potential::storage {

/// Rows of a column that is read as a stream.
constexpr std::size_t max_rows = 1'000'000'000;

/// The rows of a dataset one after another, unpacked a block at a time.
class RowCursor {
 public:
  RowCursor(Dataset dataset, std::size_t item_size)
      : dataset_(std::move(dataset)),
        row_size_(row_width(dataset_.shape()) * item_size),
        step_(row_size_ == 0 ? 1 : block_rows(dataset_.chunk(0), row_size_)) {}

  std::size_t size() const { return dataset_.size(0); }
  const char* next() {
    if (at_ == rows_) load();
    return block_.data() + row_size_ * at_++;
  }

 private:
  void load() {
    if (first_ + rows_ >= size()) throw Error(dataset_.path() + " is too short");
    first_ += rows_;
    rows_ = std::min<std::size_t>(step_, size() - first_);
    at_ = 0;
    block_.assign(rows_ * row_size_, '\0');
    Shape start(dataset_.shape().size(), 0), count = dataset_.shape();
    start[0] = first_;
    count[0] = rows_;
    if (row_size_ > 0) dataset_.read(start, count, block_.data());
  }

  Dataset dataset_;
  std::size_t row_size_, step_;
  std::size_t first_ = 0, rows_ = 0, at_ = 0;
  std::vector<char> block_;
};

template <class Number>
class NumberCursor {
 public:
  NumberCursor(const Reader& reader, const std::string& path, const Shape& shape)
      : width_(row_width(shape)), rows_(open(reader, path, shape), sizeof(Number)) {}
  Number next() { return *next_row(); }
  void next(std::vector<Number>& to) {
    const Number* row = next_row();
    to.assign(row, row + width_);
  }

 private:
  static Dataset open(const Reader& reader, const std::string& path, const Shape& shape) {
    Dataset dataset = reader.numbers<Number>(path, shape.size());
    dataset.expect_shape(shape);
    return dataset;
  }
  const Number* next_row() { return reinterpret_cast<const Number*>(rows_.next()); }

  std::size_t width_;
  RowCursor rows_;
};

class TextCursor {
 public:
  TextCursor(const Reader& reader, const std::string& path, hsize_t size) {
    Dataset dataset = reader.texts(path, max_rows, length_);
    dataset.expect_shape({size});
    rows_.emplace(std::move(dataset), length_);
  }
  std::string_view next() {
    const char* text = rows_->next();
    return {text, static_cast<std::size_t>(std::find(text, text + length_, '\0') - text)};
  }

 private:
  std::size_t length_ = 0;
  std::optional<RowCursor> rows_;
};

}  // namespace potential::storage
