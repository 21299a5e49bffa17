#pragma once
#include <potential/core/recipe.hpp>

namespace potential {

/// A recipe as a file holds it: option name -> value, with those of part k of a
/// sum under `k.name` (docs/file-format.md).
Options to_options(const Recipe& recipe);

/// The recipe that to_options() gave. One that cannot be followed, such as that
/// of a newer version, keeps its texts in `counting` and says why in `problem`.
/// A number under a name that is not known here becomes one of `parameters`.
/// @throws Error when `normalize` is none of its words.
Recipe parse_recipe(const Options& options);

}  // namespace potential
