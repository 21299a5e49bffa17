#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "structure/conformers.hpp"
#include "structure/source_text.hpp"

namespace potential {

/// One residue in its chain.
struct ChainResidue {
  Conformer conformer;
  std::uint32_t chain = 0;    ///< in order of first appearance
  std::int32_t position = 0;  ///< running sum of the steps
};

struct ChainLayout {
  std::vector<std::string> names;      ///< of the chains
  std::vector<ChainResidue> residues;  ///< chain by chain, each in order of the file
};

/// Puts residues into chains and counts the steps along them: 1 where C and N (of
/// nucleotides O3' and P) are bonded (below 2 Å), else the difference of author numbers,
/// at least 1. A residue of unknown name that is bonded to no neighbour is a ligand.
/// @throws FormatError on an unreadable C, N, O3' or P.
ChainLayout lay_out_chains(const AtomTable& table, const std::vector<Conformer>& conformers,
                           const SourceText& source);

/// The row, whose coordinates are then usable. @throws FormatError.
const AtomRow& require_position(const AtomRow& row, const ResidueRows& residue,
                                const SourceText& source);

}  // namespace potential
