#pragma once
#include <optional>
#include <string_view>

namespace potential {

enum class FileFormat { pdb, mmcif, bcif };

/// The format of a structure file by the records, blocks or keys it begins with.
std::optional<FileFormat> find_format(std::string_view text);

}  // namespace potential
