#pragma once
#include <potential/core/normalization.hpp>
#include <potential/core/potential_table.hpp>

namespace potential::app {

/// What the potential says it ranks by.
inline Normalization stored_normalization(const PotentialTable& table) {
  return table.recipe.normalize.value_or(Normalization::total);
}

}  // namespace potential::app
