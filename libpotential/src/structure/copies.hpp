#pragma once
#include <string>

#include <potential/core/model.hpp>

namespace potential {

/// Whether a model holds the same molecule twice: more than a tenth of the sites
/// at the place (within 0.01 Å) of a site of another residue; or, in chains of
/// one name, more than a tenth of the residues within 2 Å of one of the same
/// number, insertion code and name, as when superimposed models are written
/// without MODEL records.
/// @returns why it cannot be counted, or nothing.
std::string find_copies(const Model& model);

}  // namespace potential
