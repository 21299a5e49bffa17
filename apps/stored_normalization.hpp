#pragma once
#include <potential/core/normalization.hpp>
#include <potential/core/potential_table.hpp>

namespace potential::app {

/// What the potential says it ranks by.
inline Normalization stored_normalization(const PotentialTable& table) {
  const auto stored = table.options.find("normalize");
  return parse_normalization(stored != table.options.end() ? stored->second : "total");
}

}  // namespace potential::app
