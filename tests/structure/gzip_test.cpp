#include "structure/gzip.hpp"
#include <random>

#include "fixtures.hpp"

namespace potential {
namespace {

using test::gzip;

std::string unpack(const std::string& packed) {
  return std::string(unpack_gzip(packed, "x.gz").view());
}

std::string sample(std::size_t size) {
  std::mt19937 random(7);
  std::string text(size, ' ');
  for (char& c : text) c = static_cast<char>('a' + random() % 8);
  return text;
}

TEST(Gzip, ComesBackWhole) {
  for (const std::size_t size : {0, 1, 100, 4096, 4097, 1'000'000})
    EXPECT_EQ(unpack(gzip(sample(size))), sample(size));
  EXPECT_EQ(unpack(gzip(std::string(20'000'000, 'x'))), std::string(20'000'000, 'x'));
}

TEST(Gzip, MembersFollowEachOther) {
  EXPECT_EQ(unpack(gzip("one ") + gzip("") + gzip(sample(100'000)) + gzip("x")),
            "one " + sample(100'000) + "x");
}

TEST(Gzip, EveryTruncationIsRefused) {
  const std::string packed = gzip(sample(3000));
  for (std::size_t size = 2; size < packed.size(); ++size)
    EXPECT_THROW(unpack(packed.substr(0, size)), FormatError) << size;
}

TEST(Gzip, AFlippedBitIsRefusedOrChangesNothing) {
  const std::string packed = gzip(sample(300));
  std::size_t refused = 0;
  for (std::size_t i = 10; i < packed.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = packed;
      damaged[i] = static_cast<char>(damaged[i] ^ 1 << bit);
      std::string text;
      try {
        text = unpack(damaged);
      } catch (const FormatError&) {
        ++refused;
        continue;
      }
      EXPECT_EQ(text, sample(300));  // bits that fill the last byte of the data
    }
  EXPECT_GT(refused, 8 * (packed.size() - 11));
}

TEST(Gzip, WhatFollowsMustBeGzip) {
  EXPECT_THROW(unpack(gzip("text") + "more"), FormatError);
  EXPECT_THROW(unpack(gzip("text") + std::string(10, '\0')), FormatError);
}

TEST(Gzip, ASizeThatLiesCostsNoMemory) {
  std::string packed = gzip("text");
  packed.replace(packed.size() - 4, 4, "\xff\xff\xff\xff");
  EXPECT_THROW(unpack(packed), FormatError);
}

}  // namespace
}  // namespace potential
