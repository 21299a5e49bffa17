#pragma once
// Private to the storage room.
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/chunks.hpp"
#include "storage/envelope.hpp"
#include "storage/hdf5.hpp"

namespace potential::storage {

/// An open dataset whose layout was found harmless and whose shape is known.
class Dataset {
 public:
  const std::string& path() const { return path_; }
  const Shape& shape() const { return shape_; }
  std::size_t size(std::size_t axis) const { return shape_[axis]; }
  /// Items of a chunk along an axis; 1 when there are no chunks.
  std::size_t chunk(std::size_t axis) const {
    return chunks_.shape.empty() ? 1 : chunks_.shape[axis];
  }

  /// @throws Error naming both when the shape is another.
  void expect_shape(const Shape& shape) const;
  /// Reads a block. The type was checked when the dataset was opened.
  void read(const Shape& start, const Shape& count, void* to) const;

 private:
  friend class Reader;
  void to_memory_type(const Shape& count, void* items) const;

  std::string path_;
  Shape shape_;
  ChunkLayout chunks_;
  Handle id_;
  Handle memory_type_;
};

/// Reads the HDF5 part of a file in memory. Nothing of it is believed: links
/// must lead to datasets of the file itself, and types, shapes and sizes are
/// looked at before anything is allocated.
class Reader {
 public:
  /// @param bytes the whole file, envelope included; must outlive the reader.
  Reader(const char* bytes, std::size_t size);

  /// All paths from here on are those in this group, such as /terms/a; "" = the file.
  void enter(const std::string& group) { root_ = group; }

  bool has(const std::string& path) const;
  /// Number of rows of a dataset with one axis.
  std::size_t length(const std::string& path) const { return open_any(path, 1).size(0); }

  bool has_attribute(const std::string& object, const char* name) const;
  std::string text_attribute(const std::string& object, const char* name) const;
  template <class Number>
  Number number_attribute(const std::string& object, const char* name) const {
    Number number = 0;
    read_attribute(object, name, NumberType<Number>::file(), NumberType<Number>::memory(),
                   NumberType<Number>::name, &number);
    return number;
  }

  /// @param rank number of axes. @throws Error when missing, or of another type
  ///        or rank, or larger than the file can hold.
  template <class Number>
  Dataset numbers(const std::string& path, std::size_t rank) const {
    return open(path, rank, NumberType<Number>::file(), NumberType<Number>::memory(),
                NumberType<Number>::name);
  }

  /// A column of numbers. @throws Error also when it has more than `most` rows.
  template <class Number>
  std::vector<Number> column(const std::string& path, std::size_t most) const {
    const Dataset dataset = numbers<Number>(path, 1);
    check_rows(dataset, most);
    std::vector<Number> items(dataset.size(0));
    if (!items.empty()) dataset.read({0}, dataset.shape(), items.data());
    return items;
  }
  /// Calls row(i, pointer to the numbers of row i) for every row.
  template <class Number, class Row>
  void rows(const Dataset& dataset, const Row& row) const {
    read_rows(dataset, [&](std::size_t i, const char* from) {
      row(i, reinterpret_cast<const Number*>(from));
    });
  }

  /// A column of strings, each `length` bytes padded with NUL.
  Dataset texts(const std::string& path, std::size_t most, std::size_t& length) const;
  std::vector<std::string> strings(const std::string& path, std::size_t most) const;
  void strings(const std::string& path, std::size_t most,
               const std::function<void(std::size_t, std::string_view)>& item) const;

 private:
  std::string located(const std::string& path) const;
  void check_link(const std::string& path) const;
  Dataset open(const std::string& path, std::size_t rank, hid_t file_type, hid_t memory_type,
               const char* type_name) const;
  Dataset open_any(const std::string& path, std::size_t rank) const;
  void check_size(const Dataset& dataset, std::size_t item_size) const;
  static void check_rows(const Dataset& dataset, std::size_t most);
  Handle open_attribute(const std::string& object, const char* name) const;
  void read_attribute(const std::string& object, const char* name, hid_t file_type,
                      hid_t memory_type, const char* type_name, void* to) const;
  static void read_rows(const Dataset& dataset,
                        const std::function<void(std::size_t, const char*)>& row);

  std::size_t file_size_;
  Handle file_;
  std::string root_;
};

}  // namespace potential::storage
