#include "storage/reader.hpp"
#include <algorithm>

namespace potential::storage {
namespace {

constexpr std::size_t longest_string = 65535;
constexpr std::size_t longest_attribute = std::size_t{1} << 24;
/// Of those read row by row; a table is held to less (parts.hpp).
constexpr std::size_t largest_dataset = std::size_t{1} << 43;
/// deflate packs at most 1032 to 1.
constexpr std::size_t best_packing = 1040;

Handle file_type_of(hid_t dataset, const std::string& path) {
  return Handle(H5Dget_type(dataset), H5Tclose, "read the type of " + path);
}

/// Length of a fixed-length string type that pads with NUL. @throws Error.
std::size_t string_length(hid_t type, const std::string& name, std::size_t most) {
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0 ||
      H5Tget_strpad(type) == H5T_STR_SPACEPAD)
    throw Error(name + " does not hold strings of a fixed length");
  const std::size_t length = H5Tget_size(type);
  if (length == 0 || length > most)
    throw Error(name + " holds strings of " + std::to_string(length) + " bytes");
  return length;
}

std::string_view without_padding(const char* text, std::size_t length) {
  return {text, static_cast<std::size_t>(std::find(text, text + length, '\0') - text)};
}

/// Lets HDF5 read memory of ours where it is; without this it would copy it.
H5FD_file_image_callbacks_t read_in_place(char* bytes) {
  H5FD_file_image_callbacks_t callbacks{};
  callbacks.image_malloc = [](std::size_t, H5FD_file_image_op_t, void* image) { return image; };
  callbacks.image_memcpy = [](void* to, const void*, std::size_t, H5FD_file_image_op_t, void*) {
    return to;
  };
  callbacks.image_realloc = [](void*, std::size_t, H5FD_file_image_op_t, void*) -> void* {
    return nullptr;  // a file that is only read does not grow
  };
  callbacks.image_free = [](void*, H5FD_file_image_op_t, void*) { return herr_t{0}; };
  callbacks.udata_copy = [](void* image) { return image; };
  callbacks.udata_free = [](void*) { return herr_t{0}; };
  callbacks.udata = bytes;
  return callbacks;
}

}  // namespace

void Dataset::expect_shape(const Shape& shape) const {
  if (shape_ != shape)
    throw Error(path_ + " has the shape " + describe(shape_) + " where " + describe(shape) +
                " is expected");
}

void Dataset::read(const Shape& start, const Shape& count, void* to) const {
  if (!chunks_.shape.empty()) {
    read_chunks(id_.get(), chunks_, start, count, static_cast<char*>(to), path_);
    to_memory_type(count, to);
    return;
  }
  const std::string doing = "read " + path_;
  const Selection selection(id_.get(), start, count, doing);
  check(
      H5Dread(id_.get(), memory_type_.get(), selection.memory(), selection.file(), H5P_DEFAULT, to),
      doing);
}

/// Turns numbers of the file's byte order into this machine's.
void Dataset::to_memory_type(const Shape& count, void* items) const {
  const Handle file_type = file_type_of(id_.get(), path_);
  if (H5Tequal(file_type.get(), memory_type_.get()) > 0) return;
  check(H5Tconvert(file_type.get(), memory_type_.get(), row_width(count) * count[0], items, nullptr,
                   H5P_DEFAULT),
        "read " + path_);
}

Reader::Reader(const char* bytes, std::size_t size) : file_size_(size) {
  const std::string doing = "open the HDF5 part";
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, doing);
  // The image is only read; the cast is the interface's.
  H5FD_file_image_callbacks_t callbacks = read_in_place(const_cast<char*>(bytes));
  check(H5Pset_fapl_core(access.get(), 1, false), doing);
  check(H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG), doing);
  check(H5Pset_file_image_callbacks(access.get(), &callbacks), doing);
  check(H5Pset_file_image(access.get(), callbacks.udata, size), doing);
  file_ = Handle(H5Fopen(new_memory_name().c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose, doing);
}

std::string Reader::located(const std::string& path) const {
  return path == "/" && !root_.empty() ? root_ : root_ + path;
}

/// Every step of a path must be a hard link: others lead out of the file.
void Reader::check_link(const std::string& path) const {
  for (auto end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string part = path.substr(0, end);
    if (H5Lexists(file_.get(), part.c_str(), H5P_DEFAULT) <= 0) throw Error(part + " is missing");
    H5L_info_t info;
    check(H5Lget_info(file_.get(), part.c_str(), &info, H5P_DEFAULT), "read the link " + part);
    if (info.type != H5L_TYPE_HARD) throw Error(part + " is a link to elsewhere");
    if (end == std::string::npos) return;
  }
}

bool Reader::has(const std::string& path) const {
  return H5Lexists(file_.get(), located(path).c_str(), H5P_DEFAULT) > 0;
}

Dataset Reader::open_any(const std::string& name, std::size_t rank) const {
  const std::string path = located(name);
  check_link(path);
  Dataset dataset;
  dataset.path_ = path;
  dataset.id_ = Handle(H5Dopen2(file_.get(), path.c_str(), H5P_DEFAULT), H5Dclose, "open " + path);
  const Handle space(H5Dget_space(dataset.id_.get()), H5Sclose, "read the shape of " + path);
  const int axes = H5Sget_simple_extent_type(space.get()) == H5S_SIMPLE
                       ? H5Sget_simple_extent_ndims(space.get())
                       : 0;
  if (axes < 0 || static_cast<std::size_t>(axes) != rank)
    throw Error(path + " has " + std::to_string(axes) + " axes where " + std::to_string(rank) +
                " are expected");
  dataset.shape_.resize(rank);
  check(H5Sget_simple_extent_dims(space.get(), dataset.shape_.data(), nullptr),
        "read the shape of " + path);
  dataset.chunks_ = read_layout(dataset.id_.get(), rank, path);
  for (std::size_t axis = 0; axis < dataset.chunks_.shape.size(); ++axis)
    if (dataset.chunk(axis) > dataset.size(axis))
      throw Error(path + " has the shape " + describe(dataset.shape()) + ", less than one chunk, " +
                  describe(dataset.chunks_.shape));
  return dataset;
}

/// A shape is believed only when the bytes of the file can unpack to it.
void Reader::check_size(const Dataset& dataset, std::size_t item_size) const {
  std::size_t bytes = item_size;
  for (const hsize_t size : dataset.shape_)
    if (__builtin_mul_overflow(bytes, size, &bytes)) bytes = SIZE_MAX;
  const std::size_t stored =
      std::min<std::size_t>(H5Dget_storage_size(dataset.id_.get()), file_size_);
  if (bytes > largest_dataset || bytes / best_packing > stored)
    throw Error(dataset.path_ + " claims the shape " + describe(dataset.shape_) +
                ", more than the file holds");
}

void Reader::check_rows(const Dataset& dataset, std::size_t most) {
  if (dataset.size(0) > most)
    throw Error(dataset.path_ + " has " + std::to_string(dataset.size(0)) + " rows, more than " +
                std::to_string(most));
}

Dataset Reader::open(const std::string& name, std::size_t rank, hid_t file_type, hid_t memory_type,
                     const char* type_name) const {
  Dataset dataset = open_any(name, rank);
  const std::string& path = dataset.path();
  const Handle type = file_type_of(dataset.id_.get(), path);
  if (H5Tequal(type.get(), file_type) <= 0)
    throw Error(path + " does not hold " + std::string(type_name));
  dataset.memory_type_ = Handle(H5Tcopy(memory_type), H5Tclose, "copy a type");
  check_size(dataset, H5Tget_size(memory_type));
  return dataset;
}

void Reader::read_rows(const Dataset& dataset,
                       const std::function<void(std::size_t, const char*)>& row) {
  const std::size_t row_size = row_width(dataset.shape_) * H5Tget_size(dataset.memory_type_.get());
  if (row_size == 0) return;
  const std::size_t step = block_rows(dataset.chunk(0), row_size);
  std::vector<char> block;
  Shape start(dataset.shape_.size(), 0), count = dataset.shape_;
  for (std::size_t first = 0; first < dataset.size(0); first += step) {
    start[0] = first;
    count[0] = std::min<hsize_t>(step, dataset.size(0) - first);
    block.assign(count[0] * row_size, '\0');
    dataset.read(start, count, block.data());
    for (std::size_t i = 0; i < count[0]; ++i) row(first + i, &block[i * row_size]);
  }
}

Dataset Reader::texts(const std::string& path, std::size_t most, std::size_t& length) const {
  Dataset dataset = open_any(path, 1);
  check_rows(dataset, most);
  dataset.memory_type_ = file_type_of(dataset.id_.get(), path);
  length = string_length(dataset.memory_type_.get(), path, longest_string);
  check_size(dataset, length);
  return dataset;
}

void Reader::strings(const std::string& path, std::size_t most,
                     const std::function<void(std::size_t, std::string_view)>& item) const {
  std::size_t length = 0;
  const Dataset dataset = texts(path, most, length);
  read_rows(dataset,
            [&](std::size_t i, const char* text) { item(i, without_padding(text, length)); });
}

std::vector<std::string> Reader::strings(const std::string& path, std::size_t most) const {
  std::vector<std::string> items;
  strings(path, most, [&](std::size_t, std::string_view text) { items.emplace_back(text); });
  return items;
}

Handle Reader::open_attribute(const std::string& of, const char* name) const {
  const std::string object = located(of);
  const std::string full = "the attribute " + std::string(name) + " of " + object;
  if (object != "/") check_link(object);
  const Handle owner(H5Oopen(file_.get(), object.c_str(), H5P_DEFAULT), H5Oclose, "open " + object);
  if (H5Aexists(owner.get(), name) <= 0) throw Error(full + " is missing");
  Handle attribute(H5Aopen(owner.get(), name, H5P_DEFAULT), H5Aclose, "open " + full);
  const Handle space(H5Aget_space(attribute.get()), H5Sclose, "read " + full);
  if (H5Sget_simple_extent_type(space.get()) != H5S_SCALAR)
    throw Error(full + " is not a single value");
  return attribute;
}

bool Reader::has_attribute(const std::string& object, const char* name) const {
  const htri_t found = H5Aexists_by_name(file_.get(), located(object).c_str(), name, H5P_DEFAULT);
  if (found < 0) fail("look for the attribute " + std::string(name) + " of " + object);
  return found > 0;
}

std::string Reader::text_attribute(const std::string& object, const char* name) const {
  const std::string full = "the attribute " + std::string(name) + " of " + object;
  const Handle attribute = open_attribute(object, name);
  const Handle type(H5Aget_type(attribute.get()), H5Tclose, "read " + full);
  std::string text(string_length(type.get(), full, longest_attribute), '\0');
  check(H5Aread(attribute.get(), type.get(), text.data()), "read " + full);
  text.resize(without_padding(text.data(), text.size()).size());
  return text;
}

void Reader::read_attribute(const std::string& object, const char* name, hid_t file_type,
                            hid_t memory_type, const char* type_name, void* to) const {
  const std::string full = "the attribute " + std::string(name) + " of " + object;
  const Handle attribute = open_attribute(object, name);
  const Handle type(H5Aget_type(attribute.get()), H5Tclose, "read " + full);
  if (H5Tequal(type.get(), file_type) <= 0)
    throw Error(full + " is not one of " + std::string(type_name));
  check(H5Aread(attribute.get(), memory_type, to), "read " + full);
}

}  // namespace potential::storage
