#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <potential/core/recipe.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

using Kind = Smoothing::Kind;

UsageError bad_smoothing(const std::string& text, const std::string& problem) {
  return UsageError("smoothing '" + text + "': " + problem +
                    "; give none, sippl, sippl:SIGMA, shrink or shrink:M, such as shrink:10");
}

double parse_strength(const std::string& number, const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size())
    throw bad_smoothing(text, "'" + number + "' is not a number");
  if (!std::isfinite(value) || value <= 0 || value > 1e9)
    throw bad_smoothing(text, "the number must be above 0 and at most 1e9");
  return value;
}

}  // namespace

Smoothing Smoothing::parse(const std::string& text) {
  const auto colon = text.find(':');
  const std::string word = text.substr(0, colon);
  Smoothing smoothing;
  if (word == "sippl")
    smoothing = {Kind::sippl, 0.02};
  else if (word == "shrink")
    smoothing = {Kind::shrink, 10};
  else if (word != "none")
    throw bad_smoothing(text, "'" + word + "' is not known");
  if (colon == std::string::npos) return smoothing;
  if (smoothing.kind == Kind::none) throw bad_smoothing(text, "none takes no number");
  smoothing.strength = parse_strength(text.substr(colon + 1), text);
  return smoothing;
}

std::string Smoothing::to_string() const {
  if (kind == Kind::none) return "none";
  return fmt::format("{}:{}", kind == Kind::sippl ? "sippl" : "shrink", strength);
}

}  // namespace potential
