#include "core/residue_shares.hpp"
#include <cmath>

namespace potential {

ResidueShares residue_contacts(const PotentialTable& table) {
  if (!table.counts) return table.recipe.residue_shares;
  const TableAxes& axes = table.axes;
  ResidueShares contacts;
  for (Eigen::Index row = 0; row < table.counts->rows(); ++row) {
    const auto pair = static_cast<std::size_t>(row % axes.rows());
    const double number = table.counts->row(row).cast<double>().sum();
    contacts[axes.scheme.residues(axes.pairs.first()[pair])] += number;
    contacts[axes.scheme.residues(axes.pairs.second()[pair])] += number;
  }
  return contacts;
}

ResidueShares shares_of(const ResidueShares& contacts) {
  double sum = 0;
  for (const auto& [residue, number] : contacts) sum += number;
  ResidueShares shares;
  for (const auto& [residue, number] : contacts)
    shares[residue] = std::round(number / sum * 1e6) / 1e6;
  return shares;
}

}  // namespace potential
