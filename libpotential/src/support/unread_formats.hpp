#pragma once
#include <string>
#include <string_view>

namespace potential {

/// @throws FormatError naming the format when bytes that should be text, or gzip,
///         are UTF-16 or packed in a way that is not read (bzip2, xz, zstd, zip, Z).
void refuse_unread(const std::string& path, std::string_view bytes);

/// `.bz2` and the like where a name ends so, else "".
std::string_view unread_ending(std::string_view name);

}  // namespace potential
