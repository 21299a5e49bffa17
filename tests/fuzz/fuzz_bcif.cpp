#include "structures.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return potential::fuzz::read_structure("x.bcif", data, size);
}
