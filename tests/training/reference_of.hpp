#pragma once
#include "training/reference.hpp"

namespace potential {

/// What a reference state expects, with its parameters at their defaults.
inline Reference reference_of(const std::string& name, const ClassCounts& counts) {
  const ReferenceState& state = find_reference_state(name);
  TrainRecipe recipe;
  for (const Parameter& parameter : state.parameters)
    recipe.parameters[parameter.name] = parameter.default_value;
  return state.expected(counts, recipe);
}

}  // namespace potential
