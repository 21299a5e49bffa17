#include "evaluation/complex_chains.hpp"

#include <algorithm>

namespace potential {
namespace {

void add_atom(ResidueAtoms& residue, const std::string& name, const Eigen::Vector3d& position) {
  constexpr std::array<const char*, 4> backbone = {"N", "CA", "C", "O"};
  residue.atoms.push_back(position);
  const auto found = std::find(backbone.begin(), backbone.end(), name);
  if (found != backbone.end())
    residue.backbone[static_cast<std::size_t>(found - backbone.begin())] = position;
}

}  // namespace

std::vector<ComplexChain> complex_chains(const Model& model, const Scheme& scheme) {
  const std::vector<ResidueId> ids = residue_ids(model, scheme);
  std::vector<ResidueAtoms> residues(model.residues.size());
  for (std::size_t i = 0; i < model.size(); ++i)
    add_atom(residues[model.residue[i]], scheme.atoms(model.type[i]),
             Eigen::Vector3d(model.x[i], model.y[i], model.z[i]) / 1000);
  std::vector<ComplexChain> chains;
  for (std::size_t r = 0; r < residues.size(); ++r) {
    if (residues[r].atoms.empty()) continue;
    const std::string& name = model.chains[model.residues[r].chain].name;
    auto chain = std::find_if(chains.begin(), chains.end(),
                              [&](const ComplexChain& one) { return one.name == name; });
    if (chain == chains.end()) chain = chains.insert(chain, {name, {}, {}});
    chain->ids.push_back(ids[r]);
    chain->ids.back().chain.clear();
    chain->residues.push_back(std::move(residues[r]));
  }
  return chains;
}

bool are_near(const ResidueAtoms& first, const ResidueAtoms& second, double distance) {
  const double limit = distance * distance;
  for (const Eigen::Vector3d& a : first.atoms)
    for (const Eigen::Vector3d& b : second.atoms)
      if ((a - b).squaredNorm() <= limit) return true;
  return false;
}

}  // namespace potential
