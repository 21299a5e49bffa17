#pragma once
#include <vector>

#include <potential/core/model.hpp>

namespace potential {

/// Where a residue with sites stands: on its CA or, where the scheme has none, in
/// the mean of its sites, Å.
struct ResiduePlace {
  std::uint32_t residue = 0;  ///< index into Model::residues
  double x = 0, y = 0, z = 0;
};

/// Every residue that carries a site, in the order of the model.
/// @param is_ca  [T] whether the sites of a type are CA atoms
std::vector<ResiduePlace> residue_places(const Model& model, const std::vector<bool>& is_ca);

/// Around each place the mean of the scores of all places, itself among them, with
/// the weights max(0, 1 − distance/radius).
/// @param score  by ResiduePlace::residue
std::vector<double> local_means(const std::vector<ResiduePlace>& places,
                                const std::vector<double>& score, double radius);

}  // namespace potential
