#pragma once
#include <string>
#include <string_view>

namespace potential {

/// RFC 4648, with padding, in one line.
std::string encode_base64(std::string_view bytes);

}  // namespace potential
