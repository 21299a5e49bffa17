#pragma once
#include <potential/core/potential_table.hpp>

namespace potential {

/// How often a type of each residue takes part in the contacts that a potential
/// was trained from: their numbers or, of a combined potential, their shares.
/// @returns nothing where it holds neither.
ResidueShares residue_contacts(const PotentialTable& table);

/// Each as a part of the whole, to six decimals, as a file keeps them.
ResidueShares shares_of(const ResidueShares& contacts);

}  // namespace potential
