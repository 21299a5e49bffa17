#pragma once
#include <cstddef>
#include <potential/support/error.hpp>
#include <string>

namespace potential {

/// @throws UsageError when a column that comes with n coordinates has another length.
inline void require_length(const char* column, std::size_t length, std::size_t n) {
  if (length != n)
    throw UsageError(std::string(column) + ": " + std::to_string(length) + " values for " +
                     std::to_string(n) + " rows of coordinates");
}

/// The same for a column that may be left out.
inline void require_length_or_none(const char* column, std::size_t length, std::size_t n) {
  if (length != 0) require_length(column, length, n);
}

}  // namespace potential
