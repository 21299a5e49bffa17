#include <fcntl.h>
#include <hdf5_hl.h>
#include <unistd.h>

#include <algorithm>

#include "storage/memory_file.hpp"
#include "storage/writer.hpp"

namespace potential::storage {
namespace {

/// Pieces large enough to pack well, and small enough that the rows of one pair
/// are read in about a millisecond.
constexpr std::size_t chunk_bytes = std::size_t{1} << 17;
constexpr unsigned deflate_level = 1;
/// A path has at most 4096 bytes, an archive's member as many more.
constexpr std::size_t longest_string = 65535;

void check_length(const std::string& path, std::size_t length) {
  if (length > longest_string)
    throw Error("cannot write " + path + ": a text has more than " +
                std::to_string(longest_string) + " bytes");
}

Handle string_type(std::size_t length) {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a string type");
  check(H5Tset_size(type.get(), std::max<std::size_t>(length, 1)), "make a string type");
  check(H5Tset_cset(type.get(), H5T_CSET_UTF8), "make a string type");
  check(H5Tset_strpad(type.get(), H5T_STR_NULLPAD), "make a string type");
  return type;
}

Handle property_list(hid_t kind) {
  return Handle(H5Pcreate(kind), H5Pclose, "make a property list");
}

/// Without the times of day that HDF5 would note down.
Handle creation_list(hid_t kind) {
  Handle list = property_list(kind);
  check(H5Pset_obj_track_times(list.get(), false), "switch off object times");
  return list;
}

bool is_empty(const Shape& shape) {
  return std::find(shape.begin(), shape.end(), hsize_t{0}) != shape.end();
}

/// Links are kept in the order they were made, also when there are many.
Handle group_list(hid_t kind) {
  Handle list = creation_list(kind);
  check(H5Pset_link_phase_change(list.get(), 64, 32), "keep the order of links");
  return list;
}

/// Whole along every axis but one: the second of a table [K, P, B], so that a
/// pair has all its classes in one piece, the first of any other.
Shape chunk_shape(const Shape& shape, std::size_t item_size) {
  Shape chunk = shape;
  const std::size_t divided = shape.size() == 3 && shape[0] <= 64 && shape[1] > 64 ? 1 : 0;
  std::size_t slice = item_size;
  for (std::size_t axis = 0; axis < shape.size(); ++axis)
    if (axis != divided) slice *= shape[axis];
  chunk[divided] = std::clamp<hsize_t>(chunk_bytes / slice, 1, shape[divided]);
  return chunk;
}

}  // namespace

Writer::Writer() : memory_(std::make_unique<Image>()) {
  const Handle access = property_list(H5P_FILE_ACCESS);
  keep_in_memory(access.get(), *memory_);
  create_file(new_memory_name(), access.get(), "make a file in memory");
}

Writer::Writer(const std::string& path) {
  const std::string doing = "make " + path;
  const Handle access = property_list(H5P_FILE_ACCESS);
  // Nobody else knows the name; on some network disks there are no locks.
  check(H5Pset_file_locking(access.get(), false, true), doing);
  create_file(path, access.get(), doing);
}

void Writer::create_file(const std::string& name, hid_t access, const std::string& doing) {
  check(H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110), "choose the file format");
  const Handle creation = group_list(H5P_FILE_CREATE);
  check(H5Pset_userblock(creation.get(), envelope_size), "reserve the first block");
  file_ = Handle(H5Fcreate(name.c_str(), H5F_ACC_TRUNC, creation.get(), access), H5Fclose, doing);
}

/// After a failed write HDF5 1.10 keeps the file open, tries again when the
/// process ends, and crashes. What is given up is written to nowhere instead.
void Writer::abandon() const noexcept {
  void* descriptor = nullptr;
  if (memory_ || H5Fget_vfd_handle(file_.get(), H5P_DEFAULT, &descriptor) < 0) return;
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nowhere < 0) return;
  ::dup2(nowhere, *static_cast<int*>(descriptor));
  ::close(nowhere);
}

template <class Function>
void Writer::or_abandon(Function&& function) {
  try {
    function();
  } catch (...) {
    abandon();
    throw;
  }
}

void Writer::close() {
  or_abandon([&] { check(H5Fflush(file_.get(), H5F_SCOPE_LOCAL), "finish the file"); });
  file_.close("finish the file");
}

std::string Writer::located(const std::string& path) const {
  return path == "/" && !root_.empty() ? root_ : root_ + path;
}

void Writer::group(const std::string& path) {
  const Handle creation = group_list(H5P_GROUP_CREATE);
  Handle(H5Gcreate2(file_.get(), located(path).c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
         H5Gclose, "make the group " + path);
}

Handle Writer::open(const std::string& path) const {
  return Handle(H5Dopen2(file_.get(), located(path).c_str(), H5P_DEFAULT), H5Dclose,
                "open " + path);
}

void Writer::write_attribute(const std::string& object, const char* name, hid_t file_type,
                             hid_t memory_type, const void* data) {
  const std::string doing = "write the attribute " + std::string(name) + " of " + object;
  const Handle owner(H5Oopen(file_.get(), located(object).c_str(), H5P_DEFAULT), H5Oclose, doing);
  const Handle space(H5Screate(H5S_SCALAR), H5Sclose, doing);
  const Handle attribute(
      H5Acreate2(owner.get(), name, file_type, space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
      doing);
  check(H5Awrite(attribute.get(), memory_type, data), doing);
}

void Writer::attribute(const std::string& object, const char* name, std::string_view text) {
  const std::string padded(text.empty() ? std::string(1, '\0') : std::string(text));
  const Handle type = string_type(padded.size());
  write_attribute(object, name, type.get(), type.get(), padded.data());
}

void Writer::attribute(const std::string& object, const char* name, std::int32_t number) {
  write_attribute(object, name, H5T_STD_I32LE, H5T_NATIVE_INT32, &number);
}

void Writer::attribute(const std::string& object, const char* name, std::uint64_t number) {
  write_attribute(object, name, H5T_STD_U64LE, H5T_NATIVE_UINT64, &number);
}

void Writer::attribute(const std::string& object, const char* name, double number) {
  write_attribute(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &number);
}

Handle Writer::create(const std::string& path, const Shape& shape, hid_t type) {
  const std::string doing = "make " + path;
  const Handle creation = creation_list(H5P_DATASET_CREATE);
  if (!is_empty(shape)) {  // there are no pieces of nothing
    const Shape chunk = chunk_shape(shape, H5Tget_size(type));
    check(H5Pset_chunk(creation.get(), static_cast<int>(chunk.size()), chunk.data()), doing);
    check(H5Pset_shuffle(creation.get()), doing);
    check(H5Pset_deflate(creation.get(), deflate_level), doing);
    check(H5Pset_fletcher32(creation.get()), doing);
  }
  const Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
                     H5Sclose, doing);
  return Handle(H5Dcreate2(file_.get(), located(path).c_str(), type, space.get(), H5P_DEFAULT,
                           creation.get(), H5P_DEFAULT),
                H5Dclose, doing);
}

void Writer::write(const std::string& path, const Shape& shape, hid_t file_type, hid_t memory_type,
                   const void* data) {
  const std::string doing = "write " + path;
  Handle dataset = create(path, shape, file_type);
  if (is_empty(shape)) return;
  or_abandon([&] {
    check(H5Dwrite(dataset.get(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), doing);
    dataset.close(doing);
  });
}

void Writer::write_rows(const std::string& path, const Shape& shape, hid_t file_type,
                        hid_t memory_type, const std::function<void(std::size_t, char*)>& fill) {
  const std::string doing = "write " + path;
  Handle dataset = create(path, shape, file_type);
  if (is_empty(shape)) return;
  or_abandon([&] {
    fill_rows(dataset.get(), shape, memory_type, fill, doing);
    dataset.close(doing);
  });
}

void Writer::fill_rows(hid_t dataset, const Shape& shape, hid_t memory_type,
                       const std::function<void(std::size_t, char*)>& fill,
                       const std::string& doing) {
  const Handle file_type(H5Dget_type(dataset), H5Tclose, doing);
  const std::size_t row_size = row_width(shape) * H5Tget_size(memory_type);
  const std::size_t step =
      block_rows(chunk_shape(shape, H5Tget_size(file_type.get()))[0], row_size);
  std::vector<char> block;
  Shape start(shape.size(), 0), count = shape;
  for (std::size_t first = 0; first < shape[0]; first += step) {
    start[0] = first;
    count[0] = std::min<hsize_t>(step, shape[0] - first);
    block.assign(count[0] * row_size, '\0');
    for (std::size_t i = 0; i < count[0]; ++i) fill(first + i, &block[i * row_size]);
    const Selection selection(dataset, start, count, doing);
    check(H5Dwrite(dataset, memory_type, selection.memory(), selection.file(), H5P_DEFAULT,
                   block.data()),
          doing);
  }
}

void Writer::strings(const std::string& path, std::size_t size,
                     const std::function<std::string_view(std::size_t)>& item) {
  std::size_t length = 1;
  for (std::size_t i = 0; i < size; ++i) length = std::max(length, item(i).size());
  check_length(path, length);
  const Handle type = string_type(length);
  write_rows(path, {size}, type.get(), type.get(), [&](std::size_t i, char* to) {
    const std::string_view text = item(i);
    std::copy(text.begin(), text.end(), to);
  });
}

void Writer::strings(const std::string& path, const std::vector<std::string>& items) {
  strings(path, items.size(), [&](std::size_t i) -> std::string_view { return items[i]; });
}

Writer::Column Writer::text_column(const std::string& path, std::size_t size, std::size_t length) {
  check_length(path, length);
  Handle type = string_type(length);
  const hid_t memory_type = type.get();
  return {*this, path, size, std::move(type), memory_type};
}

Writer::Column::Column(Writer& writer, const std::string& path, std::size_t size, Handle file_type,
                       hid_t memory_type)
    : writer_(&writer),
      doing_("write " + path),
      dataset_(writer.create(path, {size}, file_type.get())),
      memory_type_(H5Tcopy(memory_type), H5Tclose, doing_),
      item_size_(H5Tget_size(memory_type)),
      step_(size == 0 ? 1 : block_rows(chunk_shape({size}, item_size_)[0], item_size_)) {}

char* Writer::Column::next() {
  if (at_ == step_) write();
  block_.resize((at_ + 1) * item_size_);
  return &block_[at_++ * item_size_];
}

void Writer::Column::write() {
  writer_->or_abandon([&] {
    const Selection selection(dataset_.get(), {first_}, {at_}, doing_);
    check(H5Dwrite(dataset_.get(), memory_type_.get(), selection.memory(), selection.file(),
                   H5P_DEFAULT, block_.data()),
          doing_);
  });
  first_ += at_;
  at_ = 0;
  block_.clear();
}

void Writer::Column::close() {
  if (at_ > 0) write();
  writer_->or_abandon([&] { dataset_.close(doing_); });
}

void Writer::scale(const std::string& path, const char* axis) {
  const Handle dataset = open(path);
  check(H5DSset_scale(dataset.get(), axis), "make " + path + " a dimension scale");
}

void Writer::link(const std::string& path, const std::string& name) {
  check(H5Lcreate_hard(file_.get(), located(path).c_str(), file_.get(), located(name).c_str(),
                       H5P_DEFAULT, H5P_DEFAULT),
        "link " + path + " as " + name);
}

void Writer::axes(const std::string& path, std::initializer_list<const char*> scales) {
  const Handle dataset = open(path);
  unsigned axis = 0;
  for (const char* scale : scales) {
    const Handle column = open(scale);
    check(H5DSattach_scale(dataset.get(), column.get(), axis), "label the axes of " + path);
    ++axis;
  }
}

Image Writer::finish() {
  file_.close("finish the file in memory");
  cut_to_size(*memory_);
  return {std::move(memory_->bytes), memory_->size, FileKind::other};
}

}  // namespace potential::storage
