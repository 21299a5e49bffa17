#include <openssl/evp.h>

#include <algorithm>

#include "support/base64.hpp"

namespace potential {

std::string encode_base64(std::string_view bytes) {
  // OpenSSL takes an int: whole groups of three bytes at a time.
  constexpr std::size_t most = std::size_t{3} << 24;
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4 + 1);
  while (!bytes.empty()) {
    const std::size_t size = std::min(bytes.size(), most);
    const std::size_t at = text.size();
    text.resize(at + (size + 2) / 3 * 4 + 1);
    const int written = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(&text[at]),
                                        reinterpret_cast<const unsigned char*>(bytes.data()),
                                        static_cast<int>(size));
    text.resize(at + static_cast<std::size_t>(written));
    bytes.remove_prefix(size);
  }
  return text;
}

}  // namespace potential
