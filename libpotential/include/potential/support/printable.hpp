#pragma once
#include <string>
#include <string_view>

namespace potential {

/// Text of a file, or its name, as it may be shown on a terminal or in a table:
/// each byte of a control character (U+0000 to U+001F, U+007F to U+009F, and a byte
/// 80 to 9F that is no part of UTF-8) becomes `\x1b` and the like. The one place
/// for it; all else stays as it is, Latin-1 letters included.
std::string printable(std::string_view text);

/// The first `size` bytes, or fewer so that no UTF-8 character is cut.
std::string_view beginning(std::string_view text, std::size_t size);

}  // namespace potential
