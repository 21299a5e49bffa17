#pragma once
#include "structure/atom_table.hpp"

namespace potential {

/// What a TER means in a PDB file. The parts of one chain id, which TER records
/// part, become one chain again, but for
/// - a part with a residue (number and insertion code) that the chain has
///   already: another chain begins there;
/// - a part without an ATOM record of an amino acid, such as the ligands at the
///   end of a file: it stays apart.
/// Without a chain id each TER separates. What was joined is noted.
void join_parts(AtomTable& table);

}  // namespace potential
