#pragma once
#include <random>
#include <string>

#include "storage/parts.hpp"

#include "hdf5_checksums.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace potential::fuzz {

/// Reads the bytes behind the digest, as a file with a right digest and a
/// hostile content.
template <class Parse>
int read_table(const std::uint8_t* data, std::size_t size, FileKind kind, const Parse& parse) {
  if (size < storage::envelope_size) return 0;
  std::string file(reinterpret_cast<const char*>(data), size);
  storage::sign(file.data(), file.size(), kind);
  try {
    parse(file.data(), file.size(), "x.h5");
  } catch (const Error&) {
  }
  return 0;
}

/// Changes a few bytes or lets libFuzzer change many, then mends the checksums.
inline std::size_t mutate_table(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                unsigned seed) {
  std::minstd_rand random(seed);
  if (size <= storage::envelope_size || random() % 4 == 0)
    size = LLVMFuzzerMutate(data, size, max_size);
  else
    for (unsigned changes = 1 + random() % 3; changes > 0; --changes)
      data[storage::envelope_size + random() % (size - storage::envelope_size)] =
          static_cast<std::uint8_t>(random());
  seal_metadata(data, size, storage::envelope_size);
  return size;
}

}  // namespace potential::fuzz
