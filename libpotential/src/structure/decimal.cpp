#include "structure/decimal.hpp"
#include <cmath>
#include <gemmi/atof.hpp>

namespace potential {
namespace {

bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// True when the whole text is one finite number.
bool read_double(std::string_view text, double& value) {
  text = trim(text);
  const char* end = text.data() + text.size();
  const auto result = gemmi::fast_from_chars(text.data(), end, value);
  return result.ec == std::errc() && result.ptr == end && !text.empty() && std::isfinite(value);
}

std::int32_t parse_with_exponent(std::string_view text) {
  double value = 0;
  if (!read_double(text, value)) return unreadable_coordinate;
  if (std::fabs(value) * 1000 > static_cast<double>(largest_coordinate)) return distant_coordinate;
  return static_cast<std::int32_t>(std::lround(value * 1000));
}

}  // namespace

std::int32_t parse_milli(std::string_view text) {
  const char* p = text.data();
  const char* end = p + text.size();
  while (p != end && is_blank(*p)) ++p;
  while (p != end && is_blank(end[-1])) --end;
  const bool negative = p != end && *p == '-';
  if (p != end && (*p == '-' || *p == '+')) ++p;

  const char* const first = p;
  std::int64_t value = 0;
  bool distant = false;
  for (; p != end && is_digit(*p); ++p) {
    value = 10 * value + (*p - '0');
    if (value > largest_coordinate) distant = true, value = 0;
  }
  std::ptrdiff_t digits = p - first;
  value *= 1000;
  if (p != end && *p == '.') {
    const char* const point = p++;
    for (std::int64_t unit = 100; p != end && is_digit(*p); ++p, unit /= 10) {
      value += unit * (*p - '0');
      if (p - point == 4 && *p >= '5') ++value;
    }
    digits += p - point - 1;
  }
  if (p != end && (*p == 'e' || *p == 'E')) return parse_with_exponent(text);
  if (p != end || digits == 0) return unreadable_coordinate;
  if (distant || value > largest_coordinate) return distant_coordinate;
  return static_cast<std::int32_t>(negative ? -value : value);
}

std::int64_t parse_occupancy(std::string_view text) {
  double value = 1;
  if (!read_double(text, value) || std::fabs(value) > 1e6) return 1'000'000;
  return std::llround(value * 1e6);
}

double parse_number(std::string_view text) {
  double value = 0;
  return read_double(text, value) ? value : 0;
}

}  // namespace potential
