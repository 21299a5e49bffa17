#pragma once
// Private to the storage room: a thin owner layer over the HDF5 C API.
#include <hdf5.h>

#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <potential/support/error.hpp>

namespace potential::storage {

/// Keeps HDF5 to one thread at a time and silent while it lives; errors are
/// taken from its stack by fail(). Every public function of this room opens one.
class Session {
 public:
  Session();
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

 private:
  std::unique_lock<std::mutex> lock_;
  H5E_auto2_t report_ = nullptr;
  void* report_data_ = nullptr;
};

/// Throws Error: `doing`, then what HDF5 says the innermost cause is.
[[noreturn]] void fail(const std::string& doing);

/// For results below 0.
inline void check(herr_t status, const std::string& doing) {
  if (status < 0) fail(doing);
}

/// Owns one HDF5 identifier.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);
  Handle() = default;
  /// @throws Error with `doing` when the id is negative.
  Handle(hid_t id, Close close, const std::string& doing) : id_(id), close_(close) {
    if (id < 0) fail(doing);
  }
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle() {
    if (id_ >= 0) close_(id_);
  }
  hid_t get() const { return id_; }
  /// Closes now, so that a failure is seen.
  void close(const std::string& doing) {
    const hid_t id = std::exchange(id_, -1);
    if (id >= 0) check(close_(id), doing);
  }

 private:
  hid_t id_ = -1;
  Close close_ = nullptr;
};

/// A name for a file in memory. HDF5 looks whether such a file exists on disk,
/// which this one cannot, and takes files of one name for the same: it is new
/// each time.
std::string new_memory_name();

using Shape = std::vector<hsize_t>;

/// As "210 x 6", for errors.
std::string describe(const Shape& shape);

/// Items in one row of an array, that is along all axes but the first.
std::size_t row_width(const Shape& shape);
/// Rows to move at a time: about a megabyte, in whole chunks of `chunk_rows`.
std::size_t block_rows(std::size_t chunk_rows, std::size_t row_size);

/// A block of a dataset, and an array in memory of the same shape.
class Selection {
 public:
  Selection(hid_t dataset, const Shape& start, const Shape& count, const std::string& doing);
  hid_t file() const { return file_.get(); }
  hid_t memory() const { return memory_.get(); }

 private:
  Handle file_, memory_;
};

/// The type of a number in the file (little-endian) and in memory.
template <class Number>
struct NumberType;
template <>
struct NumberType<std::uint16_t> {
  static hid_t file() { return H5T_STD_U16LE; }
  static hid_t memory() { return H5T_NATIVE_UINT16; }
  static constexpr const char* name = "unsigned 16-bit integers";
};
template <>
struct NumberType<std::uint32_t> {
  static hid_t file() { return H5T_STD_U32LE; }
  static hid_t memory() { return H5T_NATIVE_UINT32; }
  static constexpr const char* name = "unsigned 32-bit integers";
};
template <>
struct NumberType<std::uint64_t> {
  static hid_t file() { return H5T_STD_U64LE; }
  static hid_t memory() { return H5T_NATIVE_UINT64; }
  static constexpr const char* name = "unsigned 64-bit integers";
};
template <>
struct NumberType<std::int32_t> {
  static hid_t file() { return H5T_STD_I32LE; }
  static hid_t memory() { return H5T_NATIVE_INT32; }
  static constexpr const char* name = "32-bit integers";
};
template <>
struct NumberType<double> {
  static hid_t file() { return H5T_IEEE_F64LE; }
  static hid_t memory() { return H5T_NATIVE_DOUBLE; }
  static constexpr const char* name = "64-bit floats";
};

}  // namespace potential::storage
