#include "scoring/touching_chains.hpp"
#include <algorithm>
#include <potential/scoring/score.hpp>

namespace potential {
namespace {

/// The heavy atoms as sites of one type.
Model atoms_as_sites(const Model& model) {
  Model atoms;
  if (model.heavy_atoms) {
    atoms.x = model.heavy_atoms->x;
    atoms.y = model.heavy_atoms->y;
    atoms.z = model.heavy_atoms->z;
    atoms.residue = model.heavy_atoms->residue;
  } else {
    atoms.x = model.x;
    atoms.y = model.y;
    atoms.z = model.z;
    atoms.residue = model.residue;
  }
  atoms.type.assign(atoms.x.size(), 0);
  atoms.residues.resize(model.residues.size());
  for (std::size_t r = 0; r < model.residues.size(); ++r) {
    atoms.residues[r].chain = model.residues[r].chain;
    atoms.residues[r].position = model.residues[r].position;
  }
  atoms.chains = model.chains;
  return atoms;
}

void sort_each_once(std::vector<std::uint32_t>& residues) {
  std::sort(residues.begin(), residues.end());
  residues.erase(std::unique(residues.begin(), residues.end()), residues.end());
}

}  // namespace

TouchingChains::TouchingChains()
    : kernel_(DistanceBins({0, static_cast<std::int32_t>(1000 * touching_distance)}),
              SeparationClasses::parse("inter")) {}

std::vector<ChainContact> TouchingChains::find(const Model& model) {
  std::vector<ChainContact> contacts;
  if (model.chains.size() < 2) return contacts;
  const Model atoms = atoms_as_sites(model);
  const auto chains = static_cast<std::uint32_t>(model.chains.size());
  std::vector<std::int32_t> place(std::size_t{chains} * chains, -1);
  kernel_.for_each_batch_with_sites(atoms, [&](const ContactBatch& batch) {
    for (std::size_t k = 0; k < batch.size; ++k) {
      std::uint32_t a = atoms.residue[batch.site], b = atoms.residue[batch.sites[k]];
      if (atoms.residues[a].chain > atoms.residues[b].chain) std::swap(a, b);
      const std::uint32_t first = atoms.residues[a].chain, second = atoms.residues[b].chain;
      std::int32_t& at = place[std::size_t{first} * chains + second];
      if (at < 0) {
        at = static_cast<std::int32_t>(contacts.size());
        contacts.push_back({first, second, {}, {}});
      }
      ChainContact& contact = contacts[static_cast<std::size_t>(at)];
      contact.first_residues.push_back(a);
      contact.second_residues.push_back(b);
    }
  });
  for (ChainContact& contact : contacts) {
    sort_each_once(contact.first_residues);
    sort_each_once(contact.second_residues);
  }
  std::sort(contacts.begin(), contacts.end(), [](const ChainContact& a, const ChainContact& b) {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
  });
  return contacts;
}

}  // namespace potential
