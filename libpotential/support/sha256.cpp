#include <openssl/evp.h>

#include <potential/support/error.hpp>
#include <potential/support/sha256.hpp>

namespace potential {

struct Sha256::Context {
  EVP_MD_CTX* md = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(md); }

  void start() {
    if (md == nullptr || EVP_DigestInit_ex(md, EVP_sha256(), nullptr) != 1)
      throw Error("SHA-256 is not available in this OpenSSL");
  }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) { context_->start(); }
Sha256::~Sha256() = default;

void Sha256::update(const void* data, std::size_t size) {
  if (EVP_DigestUpdate(context_->md, data, size) != 1) throw Error("SHA-256 failed");
}

Digest Sha256::finish() {
  Digest digest;
  if (EVP_DigestFinal_ex(context_->md, digest.data(), nullptr) != 1) throw Error("SHA-256 failed");
  context_->start();
  return digest;
}

Digest sha256(const void* data, std::size_t size) {
  Sha256 hash;
  hash.update(data, size);
  return hash.finish();
}

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
