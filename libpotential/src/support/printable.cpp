#include <algorithm>
#include <potential/support/printable.hpp>

namespace potential {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

/// Bytes of the UTF-8 character that the text begins with; 0 when it is none.
std::size_t character_size(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t size = first < 0x80                     ? 1
                           : first >= 0xc2 && first <= 0xdf ? 2
                           : first >= 0xe0 && first <= 0xef ? 3
                           : first >= 0xf0 && first <= 0xf4 ? 4
                                                            : 0;
  if (size == 0 || size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if (!is_continuation(text[i])) return 0;
  const auto second = size > 1 ? static_cast<unsigned char>(text[1]) : 0;
  // Longer than need be: a control character could hide in it.
  if ((first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90)) return 0;
  return size;
}

bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || (first >= 0x7f && first <= 0x9f);
  return first == 0xc2 && static_cast<unsigned char>(character[1]) <= 0x9f;
}

}  // namespace

std::string printable(std::string_view text) {
  constexpr const char* digits = "0123456789abcdef";
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const std::string_view next = text.substr(0, std::max<std::size_t>(character_size(text), 1));
    text.remove_prefix(next.size());
    if (!is_control(next)) {
      shown += next;
      continue;
    }
    for (const char c : next) {
      const auto byte = static_cast<unsigned char>(c);
      shown += "\\x";
      shown += digits[byte >> 4];
      shown += digits[byte & 15];
    }
  }
  return shown;
}

std::string_view beginning(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && is_continuation(text[size])) --size;
  return text.substr(0, size);
}

}  // namespace potential
