#pragma once
#include <map>
#include <string>

#include <potential/core/potential_table.hpp>

namespace potential {

/// How much of something each residue (Scheme::residues of a type) has, by name.
using ResidueShares = std::map<std::string, double>;

/// The option under which a potential without counts keeps its shares.
constexpr const char* residue_shares_option = "residue-shares";

/// How often a type of each residue takes part in the contacts that a potential
/// was trained from: their numbers or, of a combined potential, their shares.
/// @returns nothing when the file tells neither.
ResidueShares residue_contacts(const PotentialTable& table);

/// `ALA 0.081234,ARG ...`, shares of the whole.
std::string format_shares(const ResidueShares& contacts);

}  // namespace potential
