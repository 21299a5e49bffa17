#pragma once
#include <functional>
#include <potential/structure/from_atoms.hpp>
#include <string>

#include "structure/sites.hpp"

namespace potential {

/// As from_atoms().
/// @param tell  called with where the sites come from, if there is one. Atom i is the row
///        whose `where` is i behind the second argument.
Model model_from_atoms(const Atoms& atoms, const Coordinates& coordinates, const Scheme& scheme,
                       const std::string& id,
                       const std::function<void(const SiteOrigins&, const char*)>& tell);

}  // namespace potential
