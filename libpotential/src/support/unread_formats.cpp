#include "support/unread_formats.hpp"
#include <potential/support/error.hpp>

namespace potential {
namespace {

struct Packing {
  std::string_view name, ending, magic;
  std::size_t begin = 0;  ///< of the magic
};
constexpr Packing packings[] = {
    {"bzip2", ".bz2", "1AY&SY", 4},  // BZh9 before it could begin a list of names
    {"xz", ".xz",
     "\xfd"
     "7zXZ"},
    {"zstd", ".zst", "\x28\xb5\x2f\xfd"},
    {"zip", ".zip", "PK\x03\x04"},
    {"compress", ".Z", "\x1f\x9d"},
};

/// By its mark, or by a NUL in every second place.
bool is_utf16(std::string_view bytes) {
  const std::string_view mark = bytes.substr(0, 2);
  if (mark == "\xff\xfe" || mark == "\xfe\xff") return true;
  if (bytes.size() < 4) return false;
  const bool nul[] = {bytes[0] == 0, bytes[1] == 0, bytes[2] == 0, bytes[3] == 0};
  return nul[0] != nul[1] && nul[0] == nul[2] && nul[1] == nul[3];
}

}  // namespace

void refuse_unread(const std::string& path, std::string_view bytes) {
  if (is_utf16(bytes))
    throw FormatError(path, "is UTF-16 text, which is not read; save it as UTF-8");
  for (const Packing& packing : packings)
    if (bytes.size() >= packing.begin + packing.magic.size() &&
        bytes.compare(packing.begin, packing.magic.size(), packing.magic) == 0)
      throw FormatError(path, "is packed with " + std::string(packing.name) +
                                  ", which is not read; unpack it, or pack it with gzip");
}

std::string_view unread_ending(std::string_view name) {
  for (const Packing& packing : packings)
    if (name.size() > packing.ending.size() &&
        name.substr(name.size() - packing.ending.size()) == packing.ending)
      return packing.ending;
  return "";
}

}  // namespace potential
