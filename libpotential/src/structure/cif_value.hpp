#pragma once
#include <string_view>

namespace potential {

inline bool is_null(std::string_view value) {
  return value == "?" || value == "." || value.empty();
}

/// A value without its quotes; empty for `?` and `.`.
inline std::string_view unquote(std::string_view value) {
  if (is_null(value)) return {};
  const char first = value.front();
  if ((first == '"' || first == '\'') && value.size() >= 2)
    return value.substr(1, value.size() - 2);
  if (first == ';' && value.size() > 2 && value[value.size() - 2] == '\n') {
    value = value.substr(1, value.size() - 3);
    if (!value.empty() && value.back() == '\r') value.remove_suffix(1);
  }
  return value;
}

}  // namespace potential
