#include <cmath>
#include <cstring>
#include <potential/core/model.hpp>

#include "support/sha256.hpp"

namespace potential {
namespace {

/// Little-endian whatever the machine: the digest is stored in files.
template <class Integer>
char* put(char* bytes, Integer value) {
  for (std::size_t i = 0; i < sizeof value; ++i)
    bytes[i] = static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xff);
  return bytes + sizeof value;
}

__extension__ using int128 = __int128;

/// n·Σx² − (Σx)², exactly.
int128 scaled_variance(const std::vector<std::int32_t>& values) {
  int128 sum = 0, squares = 0;
  for (const std::int32_t value : values) {
    sum += value;
    squares += static_cast<std::int64_t>(value) * value;
  }
  return squares * static_cast<int128>(values.size()) - sum * sum;
}

}  // namespace

Digest identity_of(const Model& model) {
  std::vector<char> bytes(model.size() * 22);
  char* end = bytes.data();
  for (std::size_t i = 0; i < model.size(); ++i) {
    const Residue& residue = model.residues[model.residue[i]];
    end = put(end, model.type[i]);
    end = put(end, residue.chain);
    end = put(end, residue.position);
    end = put(end, model.x[i]);
    end = put(end, model.y[i]);
    end = put(end, model.z[i]);
  }
  return sha256(bytes.data(), bytes.size());
}

double radius_of_gyration(const Model& model) {
  if (model.size() == 0) return 0;
  const int128 total =
      scaled_variance(model.x) + scaled_variance(model.y) + scaled_variance(model.z);
  const auto n = static_cast<double>(model.size());
  return std::sqrt(static_cast<double>(total)) / n / 1000.0;
}

}  // namespace potential
