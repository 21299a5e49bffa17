#pragma once
#include <optional>
#include <string_view>

namespace potential {

enum class FileFormat { pdb, mmcif };

/// The format of a structure file by the records or blocks its text begins with.
std::optional<FileFormat> find_format(std::string_view text);

}  // namespace potential
