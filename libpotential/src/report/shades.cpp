#include "report/shades.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace potential {

Shades::Shades(const std::vector<double>& values) {
  for (const double value : values)
    if (std::isfinite(value)) sizes_.push_back(std::abs(value));
  std::sort(sizes_.begin(), sizes_.end());
}

double Shades::position(double value) const {
  if (!std::isfinite(value)) return NAN;
  if (value == 0) return 0;
  if (sizes_.size() < 2) return std::copysign(1, value);
  const double size = std::abs(value), last = static_cast<double>(sizes_.size() - 1);
  const auto above = std::lower_bound(sizes_.begin(), sizes_.end(), size);
  if (above == sizes_.end()) return std::copysign(1, value);
  double at = static_cast<double>(above - sizes_.begin());
  if (above != sizes_.begin()) at -= (*above - size) / (*above - *(above - 1));
  return std::copysign(at / last, value);
}

std::vector<std::pair<double, std::string>> Shades::ticks() const {
  std::vector<std::pair<double, std::string>> ticks{{0, "0"}};
  if (sizes_.empty() || sizes_.back() <= 0) return ticks;
  const double limit = sizes_.back();
  const auto add = [&](double size) {
    const double at = position(size);
    for (const auto& tick : ticks)
      if (std::abs(std::abs(tick.first) - at) < 0.08) return;
    ticks.emplace_back(at, fmt::format("{:g}", size));
    ticks.emplace_back(-at, fmt::format("-{:g}", size));
  };
  const int power = static_cast<int>(std::floor(std::log10(limit)));
  const double digit = std::pow(10.0, power);
  add(std::floor(limit / digit) * digit);
  for (const int times : {1, 3, 2, 5})  // the roundest first
    for (int n = power; n > power - 6; --n)
      if (const double size = times * std::pow(10.0, n); size < limit) add(size);
  return ticks;
}

}  // namespace potential
