#pragma once
// Private to the storage room.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "storage/envelope.hpp"
#include "storage/hdf5.hpp"

namespace potential::storage {

/// Builds an HDF5 file, in memory or, where it may be larger than that, on disk.
/// The same calls give the same bytes: nothing of the time, the machine or the
/// order of memory enters.
class Writer {
 public:
  Writer();
  /// Writes into the file at `path`, which exists.
  explicit Writer(const std::string& path);

  /// All paths from here on are those in this group, such as /terms/a; "" = the file.
  void enter(const std::string& group) { root_ = group; }

  void group(const std::string& path);
  /// Attributes of a group ("/" is the file) or dataset.
  void attribute(const std::string& object, const char* name, std::string_view text);
  void attribute(const std::string& object, const char* name, std::int32_t number);
  void attribute(const std::string& object, const char* name, std::uint64_t number);
  void attribute(const std::string& object, const char* name, double number);

  /// A column of strings, each as wide as the longest.
  void strings(const std::string& path, std::size_t size,
               const std::function<std::string_view(std::size_t)>& item);
  void strings(const std::string& path, const std::vector<std::string>& items);

  /// A whole array.
  template <class Number>
  void numbers(const std::string& path, const Shape& shape, const Number* data) {
    write(path, shape, NumberType<Number>::file(), NumberType<Number>::memory(), data);
  }
  template <class Number>
  void numbers(const std::string& path, const std::vector<Number>& data) {
    numbers(path, {data.size()}, data.data());
  }
  /// An array row by row; `row(i)` points to the numbers of row i.
  template <class Number, class Row>
  void rows(const std::string& path, const Shape& shape, const Row& row) {
    const std::size_t width = row_width(shape);
    write_rows(path, shape, NumberType<Number>::file(), NumberType<Number>::memory(),
               [&](std::size_t i, char* to) {
                 const Number* from = row(i);
                 std::memcpy(to, from, width * sizeof(Number));
               });
  }

  /// A column that is filled from its first item to its last; several can be filled side
  /// by side, each with about a megabyte in memory.
  class Column;
  template <class Number>
  Column number_column(const std::string& path, std::size_t size);
  Column text_column(const std::string& path, std::size_t size, std::size_t length);

  /// Makes a column the labels of an axis (a dimension scale).
  void scale(const std::string& path, const char* axis);
  /// A second name for a dataset. netCDF and xarray look for the labels of an
  /// axis only in the groups above a dataset, and h5py names them by the first
  /// link made: labels of tables are made at the root and linked to their group.
  void link(const std::string& path, const std::string& name);
  /// Attaches such columns to the axes of a dataset, in order.
  void axes(const std::string& path, std::initializer_list<const char*> scales);

  /// Closes the file and returns it, its envelope still empty.
  Image finish();
  /// Closes the file on disk, its envelope still empty.
  void close();

 private:
  template <class Function>
  void or_abandon(Function&& function);
  void abandon() const noexcept;
  std::string located(const std::string& path) const;
  void create_file(const std::string& name, hid_t access, const std::string& doing);
  Handle create(const std::string& path, const Shape& shape, hid_t type);
  Handle open(const std::string& path) const;
  void write(const std::string& path, const Shape& shape, hid_t file_type, hid_t memory_type,
             const void* data);
  void write_rows(const std::string& path, const Shape& shape, hid_t file_type, hid_t memory_type,
                  const std::function<void(std::size_t, char*)>& fill);
  static void fill_rows(hid_t dataset, const Shape& shape, hid_t memory_type,
                        const std::function<void(std::size_t, char*)>& fill,
                        const std::string& doing);
  void write_attribute(const std::string& object, const char* name, hid_t file_type,
                       hid_t memory_type, const void* data);

  std::unique_ptr<Image> memory_;
  Handle file_;
  std::string root_;
};

class Writer::Column {
 public:
  /// Room for the next item, all 0.
  char* next();
  void add(std::string_view text) { std::copy(text.begin(), text.end(), next()); }
  template <class Number>
  void add(Number number) {
    std::memcpy(next(), &number, sizeof number);
  }
  /// Writes what is left and closes the dataset. All items must have been added.
  void close();

 private:
  friend class Writer;
  Column(Writer& writer, const std::string& path, std::size_t size, Handle file_type,
         hid_t memory_type);
  void write();

  Writer* writer_;
  std::string doing_;
  Handle dataset_, memory_type_;
  std::size_t item_size_, step_;
  std::size_t first_ = 0, at_ = 0;  ///< of the block, and in it
  std::vector<char> block_;
};

template <class Number>
Writer::Column Writer::number_column(const std::string& path, std::size_t size) {
  return {*this, path, size, Handle(H5Tcopy(NumberType<Number>::file()), H5Tclose, "copy a type"),
          NumberType<Number>::memory()};
}

}  // namespace potential::storage
