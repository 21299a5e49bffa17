#pragma once
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include <potential/structure/write_bfactors.hpp>

#include "structure/atom_table.hpp"

namespace potential {

/// The value of each residue of a table, found by its label. Several residues
/// may bear the same one, in chains of one name or in files that do not number
/// them: their values come in the order of the file.
class ResidueValues {
 public:
  ResidueValues(const AtomTable& table, const ModelValues& values);

  /// 0 when the residue has no value.
  double of(const AtomRow& row) const { return values_[row.residue]; }

 private:
  std::vector<double> values_;  ///< by residue of the table
};

}  // namespace potential
