#pragma once
#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <string_view>

namespace potential {

/// True when a name ends in one of these (lower-case) endings, in any case.
inline bool has_ending(std::string_view name, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
    return name.size() >= ending.size() &&
           std::equal(ending.rbegin(), ending.rend(), name.rbegin(), [](char a, char b) {
             return a == std::tolower(static_cast<unsigned char>(b));
           });
  });
}

}  // namespace potential
