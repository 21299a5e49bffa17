#pragma once
#include <potential/core/potential_table.hpp>
#include <potential/structure/reader.hpp>

namespace potential {

/// Ends a note that is told of the first model only.
constexpr const char* said_once = " (told once; the same may hold for other models)";

/// Heavy atoms tell which chains touch: where that is asked for, or the potential has
/// no class for them.
inline ReadOptions with_heavy_atoms(ReadOptions options, const PotentialTable& table,
                                    bool asked_for = false) {
  options.heavy_atoms = asked_for || table.axes.separations.of_different_chains() < 0;
  return options;
}

}  // namespace potential
