#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace potential::fuzz {

/// The checksum of HDF5 metadata: lookup3 "hashlittle" of Bob Jenkins (2006,
/// public domain), here byte by byte.
inline std::uint32_t hdf5_checksum(const std::uint8_t* bytes, std::size_t size) {
  const auto rotate = [](std::uint32_t x, int k) { return x << k | x >> (32 - k); };
  std::uint32_t a = 0xdeadbeef + static_cast<std::uint32_t>(size), b = a, c = a;
  const auto take = [&](std::size_t count) {
    std::uint32_t* const words[] = {&a, &b, &c};
    for (std::size_t i = 0; i < count; ++i)
      *words[i / 4] += std::uint32_t{bytes[i]} << (8 * (i % 4));
    bytes += count;
    size -= count;
  };
  while (size > 12) {
    take(12);
    a -= c, a ^= rotate(c, 4), c += b;
    b -= a, b ^= rotate(a, 6), a += c;
    c -= b, c ^= rotate(b, 8), b += a;
    a -= c, a ^= rotate(c, 16), c += b;
    b -= a, b ^= rotate(a, 19), a += c;
    c -= b, c ^= rotate(b, 4), b += a;
  }
  if (size == 0) return c;
  take(size);
  c ^= b, c -= rotate(b, 14);
  a ^= c, a -= rotate(c, 11);
  b ^= a, b -= rotate(a, 25);
  c ^= b, c -= rotate(b, 16);
  a ^= c, a -= rotate(c, 4);
  b ^= a, b -= rotate(a, 14);
  c ^= b, c -= rotate(b, 24);
  return c;
}

/// Writes the checksum of `size` bytes behind them, if there is room.
inline void seal(std::uint8_t* file, std::size_t file_size, std::size_t start, std::size_t size) {
  if (size > file_size || start > file_size - size || file_size - size - start < 4) return;
  const std::uint32_t sum = hdf5_checksum(file + start, size);
  for (int i = 0; i < 4; ++i) file[start + size + i] = static_cast<std::uint8_t>(sum >> (8 * i));
}

/// The bytes of an object header (version 2) up to its checksum; 0 = not known.
inline std::size_t header_size(const std::uint8_t* header, std::size_t room) {
  if (room < 32) return 0;
  const unsigned flags = header[5];
  std::size_t at = 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
  std::uint64_t chunk = 0;
  const std::size_t width = std::size_t{1} << (flags & 3);
  for (std::size_t i = 0; i < width; ++i) chunk |= std::uint64_t{header[at + i]} << (8 * i);
  at += width;
  return chunk < room ? at + static_cast<std::size_t>(chunk) : 0;
}

/// Makes the checksums of the superblock and of all object headers right again,
/// so that changes get behind them.
inline void seal_metadata(std::uint8_t* file, std::size_t size, std::size_t superblock) {
  seal(file, size, superblock, 44);
  for (std::size_t at = superblock; at + 32 < size; ++at)
    if (std::memcmp(file + at, "OHDR", 4) == 0)
      if (const std::size_t length = header_size(file + at, size - at))
        seal(file, size, at, length);
}

}  // namespace potential::fuzz
