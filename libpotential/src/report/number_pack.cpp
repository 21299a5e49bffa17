#include "report/number_pack.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <potential/support/error.hpp>

#include "support/base64.hpp"

namespace potential {
namespace {

struct Curve {
  double bend = 1, step = 1;
};

/// Below `bend` steps are even, beyond it they grow with the value.
Curve curve_of(const std::vector<double>& values, double coarsest) {
  std::vector<double> magnitudes;
  for (const double value : values)
    if (std::isfinite(value) && value != 0) magnitudes.push_back(std::abs(value));
  if (magnitudes.empty()) return {};
  const double largest = *std::max_element(magnitudes.begin(), magnitudes.end());
  const auto tenth = magnitudes.begin() + static_cast<std::ptrdiff_t>(magnitudes.size() / 10);
  std::nth_element(magnitudes.begin(), tenth, magnitudes.end());
  const double bend = std::max(*tenth, largest * 1e-6);
  // Rounding is to half a step.
  return {bend, std::max(std::asinh(largest / bend) / 32767, 2 * coarsest)};
}

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const {
    libdeflate_free_compressor(compressor);
  }
};

}  // namespace

nlohmann::ordered_json NumberPack::add(const std::vector<double>& values, double coarsest) {
  const auto [bend, step] = curve_of(values, coarsest);
  const std::size_t at = bytes_.size();
  bytes_.resize(at + 2 * values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto q = std::isfinite(values[i])
                       ? static_cast<std::int16_t>(std::lround(std::asinh(values[i] / bend) / step))
                       : missing_number;
    const auto bits = static_cast<std::uint16_t>(q);
    bytes_[at + i] = static_cast<char>(bits >> 8);
    bytes_[at + values.size() + i] = static_cast<char>(bits & 0xff);
  }
  return {{"at", at}, {"size", values.size()}, {"bend", bend}, {"step", step}};
}

std::string NumberPack::base64() const {
  const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(
      libdeflate_alloc_compressor(9));
  if (!compressor) throw Error("no memory to compress the page's numbers");
  std::string packed(libdeflate_zlib_compress_bound(compressor.get(), bytes_.size()), '\0');
  packed.resize(libdeflate_zlib_compress(compressor.get(), bytes_.data(), bytes_.size(),
                                         packed.data(), packed.size()));
  return encode_base64(packed);
}

}  // namespace potential
