#pragma once
#include <cstdint>
#include <string>

#include <potential/core/potential_table.hpp>

namespace potential {

/// From fewer structures than this, the scores of rare pairs are mostly chance.
constexpr std::uint64_t few_structures = 50;

/// What to know of a potential trained from few structures. Empty when they are
/// enough, or not known, as those of an imported contact map.
std::string note_on_structures(const PotentialTable& table);

}  // namespace potential
