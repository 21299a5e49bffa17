#pragma once
#include <array>
#include <cstdint>
#include <string>

namespace potential {

/// A SHA-256 digest, 32 bytes.
using Digest = std::array<std::uint8_t, 32>;

/// 64 lower-case hexadecimal digits.
std::string to_hex(const Digest& digest);
/// The same of all bytes of a file, as sha256sum prints it. @throws FileError.
std::string file_sha256(const std::string& path);
/// @throws Error unless `text` is 64 hexadecimal digits.
Digest digest_from_hex(const std::string& text);

}  // namespace potential
