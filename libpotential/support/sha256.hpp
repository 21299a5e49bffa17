#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace potential {

/// A SHA-256 digest, 32 bytes.
using Digest = std::array<std::uint8_t, 32>;

/// Incremental SHA-256 (FIPS 180-4), computed by OpenSSL.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(const void* data, std::size_t size);
  /// The digest of everything passed so far; the object starts anew.
  Digest finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

Digest sha256(const void* data, std::size_t size);

/// 64 lower-case hexadecimal digits.
std::string to_hex(const Digest& digest);
/// @throws Error unless `text` is 64 hexadecimal digits.
Digest digest_from_hex(const std::string& text);

}  // namespace potential
