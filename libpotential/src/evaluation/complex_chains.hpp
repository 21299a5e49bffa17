#pragma once
#include <Eigen/Core>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <potential/core/model.hpp>
#include <potential/core/scheme.hpp>
#include <potential/evaluation/residue_match.hpp>

namespace potential {

/// The heavy atoms of a residue, Å.
struct ResidueAtoms {
  std::vector<Eigen::Vector3d> atoms;
  std::array<std::optional<Eigen::Vector3d>, 4> backbone;  ///< N, CA, C, O
};

/// A chain of a complex. `ids` have no chain, so that chains of other names match.
struct ComplexChain {
  std::string name;
  std::vector<ResidueId> ids;
  std::vector<ResidueAtoms> residues;
};

/// The chains of a model read with docking_scheme(); those of one name are one.
std::vector<ComplexChain> complex_chains(const Model& model, const Scheme& scheme);

/// True when two atoms of the residues are within a distance, Å.
bool are_near(const ResidueAtoms& first, const ResidueAtoms& second, double distance);

}  // namespace potential
