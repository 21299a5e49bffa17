#pragma once
#include <cstdint>
#include <string_view>

namespace potential {

/// A coordinate that cannot be used is kept as one of these until it is known
/// whether anything stands on it.
constexpr std::int32_t unreadable_coordinate = INT32_MIN;
constexpr std::int32_t distant_coordinate = INT32_MIN + 1;
/// Beyond ±2,000,000 Å.
constexpr std::int64_t largest_coordinate = 2'000'000'000;

inline bool is_usable(std::int32_t milli) { return milli > distant_coordinate; }

/// A decimal in Å as whole mÅ, digit by digit: exact up to three decimals, more
/// of them round to the nearest mÅ, half away from zero. Blanks around it are
/// allowed; a form with an exponent goes through a double.
/// @returns unreadable_coordinate or distant_coordinate when it is not one.
std::int32_t parse_milli(std::string_view text);

/// An occupancy in millionths; 1 when there is none to read.
std::int64_t parse_occupancy(std::string_view text);

/// Any finite number; 0 when there is none to read.
double parse_number(std::string_view text);

}  // namespace potential
