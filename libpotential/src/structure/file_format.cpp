#include "structure/file_format.hpp"
#include <algorithm>

namespace potential {
namespace {

/// A map of MessagePack in which one of the first keys is that of BinaryCIF.
bool is_bcif(std::string_view bytes) {
  if (bytes.empty()) return false;
  const auto first = static_cast<unsigned char>(bytes.front());
  const bool map = (first & 0xf0U) == 0x80 || first == 0xde || first == 0xdf;
  return map && bytes.substr(0, 1000).find("dataBlocks") != bytes.npos;
}

}  // namespace

std::optional<FileFormat> find_format(std::string_view text) {
  if (is_bcif(text)) return FileFormat::bcif;
  for (int line = 0; line < 1000 && !text.empty(); ++line) {
    const std::string_view record = text.substr(0, text.find('\n'));
    for (const char* begin : {"ATOM  ", "HETATM", "HEADER", "MODEL ", "REMARK", "CRYST1", "TITLE "})
      if (record.compare(0, 6, begin) == 0) return FileFormat::pdb;
    if (record.compare(0, 5, "data_") == 0) return FileFormat::mmcif;
    text.remove_prefix(std::min(record.size() + 1, text.size()));
  }
  return std::nullopt;
}

}  // namespace potential
