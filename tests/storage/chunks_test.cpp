#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <zlib.h>

#include <cstring>
#include <numeric>
#include <random>
#include <set>

#include <potential/support/atomic_file.hpp>

#include "storage/reader.hpp"

#include "samples.hpp"

namespace potential::storage {
namespace {

using testing::HasSubstr;

/// A file with one dataset /numbers, as HDF5 alone would write it.
class NumbersFile {
 public:
  NumbersFile(const Shape& shape, const Shape& chunk, const std::set<H5Z_filter_t>& filters,
              H5F_libver_t format = H5F_LIBVER_V110, const Shape& most = {})
      : space_(H5Screate_simple(static_cast<int>(shape.size()), shape.data(),
                                most.empty() ? nullptr : most.data()),
               H5Sclose, "make a space"),
        creation_(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "make a list") {
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "make a list");
    H5Pset_libver_bounds(access.get(), format, H5F_LIBVER_V110);
    file_ = Handle(H5Fcreate((folder_ / "x.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()),
                   H5Fclose, "make a file");
    H5Pset_chunk(creation_.get(), static_cast<int>(chunk.size()), chunk.data());
    if (filters.count(H5Z_FILTER_SHUFFLE) != 0) H5Pset_shuffle(creation_.get());
    if (filters.count(H5Z_FILTER_DEFLATE) != 0) H5Pset_deflate(creation_.get(), 1);
    if (filters.count(H5Z_FILTER_FLETCHER32) != 0) H5Pset_fletcher32(creation_.get());
  }

  void create() {
    dataset_ = Handle(H5Dcreate2(file_.get(), "numbers", H5T_STD_U32LE, space_.get(), H5P_DEFAULT,
                                 creation_.get(), H5P_DEFAULT),
                      H5Dclose, "make numbers");
  }
  void write(const std::vector<std::uint32_t>& numbers) {
    create();
    check(
        H5Dwrite(dataset_.get(), H5T_NATIVE_UINT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()),
        "write numbers");
  }
  /// Stores a chunk as it is. @param skipped the filters it is said to have passed by.
  void write_packed(const Shape& offset, const std::string& bytes, std::uint32_t skipped) {
    check(H5Dwrite_chunk(dataset_.get(), H5P_DEFAULT, skipped, offset.data(), bytes.size(),
                         bytes.data()),
          "write a chunk");
  }

  hid_t creation() const { return creation_.get(); }

  /// The bytes of the file, now complete.
  std::string image() {
    dataset_.close("write numbers");
    file_.close("write the file");
    return read_file(folder_ / "x.h5");
  }

 private:
  TemporaryFolder folder_;
  Handle file_, space_, creation_, dataset_;
};

std::size_t product(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

/// The items of a block, found one by one.
std::vector<std::uint32_t> pick(const std::vector<std::uint32_t>& all, const Shape& shape,
                                const Shape& start, const Shape& count) {
  std::vector<std::uint32_t> items;
  for (std::size_t i = 0; i < all.size(); ++i) {
    bool within = true;
    for (std::size_t axis = shape.size(), rest = i; axis-- > 0; rest /= shape[axis]) {
      const std::size_t at = rest % shape[axis];
      within = within && at >= start[axis] && at < start[axis] + count[axis];
    }
    if (within) items.push_back(all[i]);
  }
  return items;
}

TEST(Chunks, GiveEveryBlockOfWhatHdf5Wrote) {
  const Session session;
  std::mt19937 random(5);
  const std::set<H5Z_filter_t> filters[] = {
      {H5Z_FILTER_SHUFFLE},
      {H5Z_FILTER_DEFLATE},
      {H5Z_FILTER_FLETCHER32},
      {H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE},
      {H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE, H5Z_FILTER_FLETCHER32}};
  for (int round = 0; round < 120; ++round) {
    Shape shape, chunk;
    for (std::size_t axes = 1 + random() % 3; axes > 0; --axes) {
      shape.push_back(1 + random() % 20);
      chunk.push_back(1 + random() % shape.back());
    }
    // Some that pack well, and some that deflate gives up on.
    std::vector<std::uint32_t> numbers(product(shape));
    const std::uint32_t most = round % 2 == 0 ? 3 : UINT32_MAX;
    for (auto& number : numbers) number = static_cast<std::uint32_t>(random()) & most;
    NumbersFile file(shape, chunk, filters[static_cast<std::size_t>(round) % std::size(filters)]);
    file.write(numbers);
    const auto image = file.image();
    const Reader reader(image.data(), image.size());
    const Dataset dataset = reader.numbers<std::uint32_t>("/numbers", shape.size());
    for (int block = 0; block < 10; ++block) {
      Shape start, count;
      for (const hsize_t size : shape) {
        start.push_back(random() % size);
        count.push_back(1 + random() % (size - start.back()));
      }
      std::vector<std::uint32_t> items(product(count));
      dataset.read(start, count, items.data());
      EXPECT_EQ(items, pick(numbers, shape, start, count)) << "round " << round;
    }
  }
}

std::string complaint(const std::string& image) {
  try {
    const Reader reader(image.data(), image.size());
    reader.column<std::uint32_t>("/numbers", 1000);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

std::string complaint(NumbersFile& file) { return complaint(file.image()); }

std::string deflated(const std::string& bytes) {
  std::string packed(::compressBound(bytes.size()), '\0');
  uLongf size = packed.size();
  ::compress(reinterpret_cast<Bytef*>(packed.data()), &size,
             reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  return packed.substr(0, size);
}

/// Two chunks of 400 bytes, shuffled, deflated and summed up.
struct HostileFile : NumbersFile {
  HostileFile()
      : NumbersFile({200}, {100}, {H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE, H5Z_FILTER_FLETCHER32}) {
    create();
    write_packed({0}, deflated(std::string(400, 'a')) + "sum.", 0);
  }
};

TEST(Chunks, OfAnotherSizeAreRefused) {
  const Session session;
  const std::string sum = "sum.";
  const std::pair<std::string, std::uint32_t> wrong[] = {
      {deflated(std::string(399, 'a')) + sum, 0},  // too short
      {deflated(std::string(401, 'a')) + sum, 0},  // too long
      {deflated("") + sum, 0},
      {std::string(404, '\0'), 0},             // not deflate
      {deflated(std::string(400, 'a')), 0},    // without a sum
      {deflated(std::string(400, 'a')), 2},    // said to be not deflated
      {std::string(40, 'a'), 2 | 4},           // shuffled only, and short
      {std::string(40, 'a'), 1 | 2 | 4},       // as it is, and short
      {std::string(500, 'a'), 1 | 2 | 4},      // and long
      {std::string(1 << 20, 'a'), 1 | 2 | 4},  // and much too long
      {"abc", 3}};                             // shorter than its sum
  for (const auto& [bytes, skipped] : wrong) {
    HostileFile file;
    file.write_packed({100}, bytes, skipped);
    EXPECT_THAT(complaint(file),
                HasSubstr("/numbers has a piece that is missing or does not unpack to its size"))
        << bytes.size() << " bytes, filters skipped " << skipped;
  }
  HostileFile right;
  right.write_packed({100}, std::string(400, 'a'), 1 | 2 | 4);
  EXPECT_EQ(complaint(right), "");
}

TEST(Chunks, ThatAreMissingAreRefused) {
  const Session session;
  HostileFile file;
  EXPECT_THAT(complaint(file), HasSubstr("cannot read a piece of /numbers (HDF5: "));
}

TEST(Chunks, PackedInAnotherWayAreRefused) {
  const Session session;
  const std::pair<std::function<void(hid_t)>, const char*> ways[] = {
      {[](hid_t list) { H5Pset_nbit(list); }, "filter this program does not use (number 5)"},
      // The order is that of the writer.
      {[](hid_t list) { H5Pset_deflate(list, 1), H5Pset_shuffle(list); }, "(number 2)"},
      {[](hid_t list) { H5Pset_deflate(list, 1), H5Pset_deflate(list, 1); }, "(number 1)"},
      {[](hid_t) {}, "has chunks that are not packed"},
      {[](hid_t list) {
         H5Pset_deflate(list, 1);
         H5Pset_chunk_opts(list, H5D_CHUNK_DONT_FILTER_PARTIAL_CHUNKS);
       },
       "not all packed in one way"},
      {[](hid_t list) { H5Pset_layout(list, H5D_COMPACT); }, "stored in a way"}};
  for (const auto& [change, expected] : ways) {
    NumbersFile file({200}, {70}, {});
    change(file.creation());
    file.write(std::vector<std::uint32_t>(200, 7));
    EXPECT_THAT(complaint(file), HasSubstr(expected));
  }
}

TEST(Chunks, LargerThanTheirDatasetAreRefused) {
  const Session session;
  NumbersFile file({3}, {4096}, {H5Z_FILTER_SHUFFLE}, H5F_LIBVER_V110, {H5S_UNLIMITED});
  file.write({1, 2, 3});
  EXPECT_THAT(complaint(file), HasSubstr("has the shape 3, less than one chunk, 4096"));
}

/// The index of the oldest format states how long each chunk is, without a sum
/// over it, and HDF5 believes it.
TEST(Chunks, ThatClaimToBeLongAreRefused) {
  const Session session;
  const std::set<H5Z_filter_t> all[] = {
      {}, {H5Z_FILTER_SHUFFLE}, {H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE, H5Z_FILTER_FLETCHER32}};
  for (const auto& filters : all) {
    NumbersFile file({100}, {100}, filters, H5F_LIBVER_EARLIEST);
    file.write(std::vector<std::uint32_t>(100, 7));
    std::string image = file.image();
    // After "TREE": type 1, level, entries, two siblings; then the length.
    std::size_t tree = image.find(std::string("TREE\x01", 5));
    ASSERT_NE(tree, std::string::npos);
    const std::uint32_t length = 600'000;
    std::memcpy(&image[tree + 24], &length, sizeof length);
    EXPECT_THAT(complaint(image), HasSubstr(filters.empty() ? "not packed" : "does not unpack"));
  }
}

}  // namespace
}  // namespace potential::storage
