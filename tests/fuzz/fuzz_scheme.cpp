#include <cstdint>
#include <string>

#include <potential/core/scheme.hpp>
#include <potential/support/error.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    potential::Scheme::parse(std::string(reinterpret_cast<const char*>(data), size), "x.scheme");
  } catch (const potential::Error&) {
  }
  return 0;
}
