#include "structure/file_format.hpp"
#include <algorithm>

namespace potential {

std::optional<FileFormat> find_format(std::string_view text) {
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
