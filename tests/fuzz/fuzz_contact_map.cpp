#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include <potential/storage/contact_map.hpp>
#include <potential/support/error.hpp>

namespace {

/// A file in memory that has a path.
int memory_file() {
  static const int descriptor = ::memfd_create("map.tsv", 0);
  return descriptor;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int file = memory_file();
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, data, size, 0) != static_cast<ssize_t>(size))
    std::abort();
  try {
    const auto counts = potential::read_contact_map("/proc/self/fd/" + std::to_string(file));
    // What was read can be written, and reads as the same.
    const std::string text = potential::format_counts(counts);
    if (::ftruncate(file, 0) != 0 ||
        ::pwrite(file, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
      std::abort();
    const auto again = potential::read_contact_map("/proc/self/fd/" + std::to_string(file));
    if (potential::format_counts(again) != text) std::abort();
  } catch (const potential::Error&) {
  }
  return 0;
}
