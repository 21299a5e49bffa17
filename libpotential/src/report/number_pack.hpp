#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace potential {

/// The numbers of a page, 16 bits each, compressed in one block. A value is
/// bend · sinh(q · step): the same number of digits for small and large ones.
class NumberPack {
 public:
  /// @param coarsest  at most this relative error, to save space; 0: as exact
  ///                  as 16 bits allow, about four digits
  /// @returns where the page's script finds them and how it unpacks them: at
  ///          (the first byte), size, bend, step. NaN and infinities are missing.
  nlohmann::ordered_json add(const std::vector<double>& values, double coarsest = 0);

  /// RFC 1950 (zlib), in base64. Each array is its high bytes, then its low ones.
  std::string base64() const;

 private:
  std::string bytes_;
};

/// What of a value that is missing is written.
constexpr std::int16_t missing_number = -32768;

}  // namespace potential
