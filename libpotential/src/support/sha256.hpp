#pragma once
#include <cstddef>
#include <memory>

#include <potential/support/digest.hpp>

namespace potential {

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

}  // namespace potential
