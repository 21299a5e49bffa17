#include <algorithm>
#include <atomic>

#include "storage/hdf5.hpp"

namespace potential::storage {
namespace {

/// HDF5 has one state for the whole process, so its lock is one as well.
std::mutex& hdf5_mutex() {
  static std::mutex mutex;
  return mutex;
}

herr_t keep_innermost(unsigned position, const H5E_error2_t* error, void* text) {
  if (position == 0 && error->desc != nullptr) *static_cast<std::string*>(text) = error->desc;
  return 0;
}

}  // namespace

Session::Session() : lock_(hdf5_mutex()) {
  H5Eget_auto2(H5E_DEFAULT, &report_, &report_data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Session::~Session() { H5Eset_auto2(H5E_DEFAULT, report_, report_data_); }

void fail(const std::string& doing) {
  std::string cause;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &cause);
  H5Eclear2(H5E_DEFAULT);
  throw Error("cannot " + doing + (cause.empty() ? "" : " (HDF5: " + cause + ")"));
}

std::string new_memory_name() {
  static std::atomic<std::uint64_t> count{0};
  return "/dev/null/potential-" + std::to_string(++count);
}

std::string describe(const Shape& shape) {
  std::string text;
  for (const hsize_t size : shape) text += (text.empty() ? "" : " x ") + std::to_string(size);
  return text;
}

std::size_t row_width(const Shape& shape) {
  std::size_t width = 1;
  for (std::size_t axis = 1; axis < shape.size(); ++axis) width *= shape[axis];
  return width;
}

std::size_t block_rows(std::size_t chunk_rows, std::size_t row_size) {
  constexpr std::size_t block_bytes = std::size_t{1} << 20;
  constexpr std::size_t max_bytes = std::size_t{1} << 26;
  const std::size_t most = std::max<std::size_t>(max_bytes / row_size, 1);
  const std::size_t chunks = std::max<std::size_t>(block_bytes / row_size / chunk_rows, 1);
  return std::min(chunk_rows * chunks, most);
}

Selection::Selection(hid_t dataset, const Shape& start, const Shape& count,
                     const std::string& doing)
    : file_(H5Dget_space(dataset), H5Sclose, doing),
      memory_(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose,
              doing) {
  check(H5Sselect_hyperslab(file_.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(),
                            nullptr),
        doing);
}

}  // namespace potential::storage
