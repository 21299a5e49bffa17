#include <cerrno>
#include <cstring>
#include <fstream>
#include <potential/support/digest.hpp>
#include <potential/support/error.hpp>
#include <vector>

#include "support/sha256.hpp"

namespace potential {

std::string to_hex(const Digest& digest) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.size());
  for (const std::uint8_t byte : digest) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string file_sha256(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(path, std::string("cannot open: ") + std::strerror(errno));
  Sha256 hash;
  std::vector<char> block(std::size_t{1} << 18);
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())), file.gcount() > 0)
    hash.update(block.data(), static_cast<std::size_t>(file.gcount()));
  if (file.bad()) throw FileError(path, "cannot read");
  return to_hex(hash.finish());
}

Digest digest_from_hex(const std::string& text) {
  const auto value = [&](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    throw Error("not a SHA-256 digest: " + text);
  };
  Digest digest;
  if (text.size() != 2 * digest.size()) throw Error("not a SHA-256 digest: " + text);
  for (std::size_t i = 0; i < digest.size(); ++i)
    digest[i] = static_cast<std::uint8_t>(value(text[2 * i]) << 4 | value(text[2 * i + 1]));
  return digest;
}

}  // namespace potential
