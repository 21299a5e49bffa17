#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace potential {

/// A coordinate that cannot be used is kept as one of these until it is known
/// whether anything stands on it.
constexpr std::int32_t unreadable_coordinate = INT32_MIN;
constexpr std::int32_t distant_coordinate = INT32_MIN + 1;
/// Beyond ±2,000,000 Å.
constexpr std::int64_t largest_coordinate = 2'000'000'000;

inline bool is_usable(std::int32_t milli) { return milli > distant_coordinate; }

/// Several characters at once in one machine word, the first in the lowest byte.
namespace swar {
constexpr bool little_endian = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;

/// 0xff in each byte that is `c`, else 0.
constexpr std::uint32_t bytes_equal(std::uint32_t word, char c) {
  const std::uint32_t y = word ^ 0x01010101U * static_cast<unsigned char>(c);
  return (~(((y & 0x7f7f7f7fU) + 0x7f7f7f7fU) | y | 0x7f7f7f7fU) >> 7) * 0xffU;
}
constexpr bool are_digits(std::uint64_t word) {
  constexpr std::uint64_t high = 0xf0f0f0f0f0f0f0f0U;
  return ((word & high) | ((word + 0x0606060606060606U) & high) >> 4) == 0x3333333333333333U;
}
constexpr std::uint64_t value_of_digits(std::uint64_t word) {
  word = (word & 0x0f0f0f0f0f0f0f0fU) * 2561 >> 8;
  word = (word & 0x00ff00ff00ff00ffU) * 6553601 >> 16;
  return (word & 0x0000ffff0000ffffU) * 42949672960001U >> 32;
}
}  // namespace swar

/// A decimal in Å as whole mÅ, digit by digit: exact up to three decimals, more
/// of them round to the nearest mÅ, half away from zero. Blanks around it are
/// allowed; a form with an exponent goes through a double.
/// @returns unreadable_coordinate or distant_coordinate when it is not one.
std::int32_t parse_milli(std::string_view text);

/// The same for a PDB column of eight characters. Most are written as `%8.3f`:
/// these are taken as one word, without a branch on sign or number of digits.
inline std::int32_t parse_milli_column(const char* column) {
  std::uint32_t whole = 0;
  std::memcpy(&whole, column, 4);
  const std::uint32_t spaces = swar::bytes_equal(whole, ' ');
  const std::uint32_t minus = swar::bytes_equal(whole, '-');
  const std::uint32_t lead = spaces | minus;
  std::uint64_t digits = 0;
  std::memcpy(&digits, column, 8);
  digits = digits >> 40 << 40 | std::uint64_t{(whole & ~lead) | (lead & 0x30303030)} << 8 | '0';
  // Blanks first, then at most one sign, then digits up to the point in the fifth place.
  if (!swar::little_endian || column[4] != '.' || (spaces & (spaces + 1)) != 0 ||
      (lead & (lead + 1)) != 0 || (minus & minus >> 8) != 0 || !swar::are_digits(digits))
    return parse_milli({column, 8});
  const auto value = static_cast<std::int32_t>(swar::value_of_digits(digits));
  return minus != 0 ? -value : value;
}

/// An occupancy in millionths; 1 when there is none to read.
std::int64_t parse_occupancy(std::string_view text);

/// Any finite number; 0 when there is none to read.
double parse_number(std::string_view text);

}  // namespace potential
