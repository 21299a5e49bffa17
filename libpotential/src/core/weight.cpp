#include <fmt/format.h>

#include <charconv>
#include <potential/core/recipe.hpp>
#include <potential/support/error.hpp>
#include <string_view>

namespace potential {
namespace {

constexpr double largest = 1e6;

/// Takes a number, with a sign or without, off the front. @returns whether there was one.
bool take_number(std::string_view& text, double& number) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !(std::abs(number) <= largest)) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool take(std::string_view& text, std::string_view word) {
  if (text.substr(0, word.size()) != word) return false;
  text.remove_prefix(word.size());
  return true;
}

}  // namespace

Weight Weight::parse(const std::string& text) {
  std::string_view rest = text;
  Weight weight;
  bool right = take_number(rest, weight.value);
  if (right && !rest.empty()) {
    const bool with_sign = rest.front() == '+' || rest.front() == '-';
    right = with_sign && take_number(rest, weight.per_root) && take(rest, "/sqrt(N") &&
            (rest.substr(0, 1) != "+" || take_number(rest, weight.offset)) && rest == ")" &&
            weight.offset >= 0;
  }
  if (!right)
    throw UsageError("'" + text +
                     "' is not a weight such as 0.3 or 72-355/sqrt(N+16), with numbers within 1e6");
  return weight;
}

std::string Weight::to_string() const {
  return depends_on_size() ? fmt::format("{}{:+}/sqrt(N+{})", value, per_root, offset)
                           : fmt::format("{}", value);
}

}  // namespace potential
