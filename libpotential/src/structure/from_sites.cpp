#include <algorithm>
#include <numeric>
#include <potential/core/separation_classes.hpp>
#include <potential/structure/from_atoms.hpp>
#include <tuple>

#include "structure/columns.hpp"
#include "structure/decimal.hpp"

namespace potential {
namespace {

void check_columns(const Sites& sites, std::size_t n, const Scheme& scheme) {
  require_length("types", sites.types.size(), n);
  require_length_or_none("residues", sites.residues.size(), n);
  require_length_or_none("chains", sites.chains.size(), n);
  for (const std::uint16_t type : sites.types)
    if (type >= scheme.size())
      throw UsageError("types: the scheme " + scheme.name() + " has no type " +
                       std::to_string(type));
}

void add_positions(Model& model, const Coordinates& coordinates) {
  std::vector<std::int32_t>* const axes[] = {&model.x, &model.y, &model.z};
  for (std::size_t i = 0; i < 3 * coordinates.size(); ++i) {
    const std::int32_t milli = coordinates.milli(i);
    if (!is_usable(milli))
      throw UsageError("coordinates: row " + std::to_string(i / 3) +
                       " is not finite, or beyond ±2,000,000 Å");
    axes[i % 3]->push_back(milli);
  }
}

/// How far a residue is behind the one before it in the chain.
std::int32_t step_between(std::int32_t before, std::int32_t number) {
  const std::int64_t step = std::abs(std::int64_t{number} - before);
  return static_cast<std::int32_t>(std::min(step, std::int64_t{SeparationClasses::largest()} + 1));
}

void add_residues(Model& model, const Sites& sites) {
  const auto number = [&](std::size_t i) {
    return sites.residues.empty() ? static_cast<std::int32_t>(i + 1) : sites.residues[i];
  };
  const auto chain = [&](std::size_t i) {
    return sites.chains.empty() ? std::string("A") : sites.chains[i];
  };
  for (std::size_t i = 0; i < sites.types.size(); ++i) {
    const bool new_chain = i == 0 || chain(i) != chain(i - 1);
    if (new_chain) model.chains.push_back({chain(i), 0});
    if (new_chain || number(i) != number(i - 1)) {
      Residue residue;
      residue.number = number(i);
      residue.chain = static_cast<std::uint32_t>(model.chains.size() - 1);
      if (!new_chain)
        residue.position = model.residues.back().position + step_between(number(i - 1), number(i));
      model.residues.push_back(std::move(residue));
      ++model.chains.back().residues;
    }
    model.residue.push_back(static_cast<std::uint32_t>(model.residues.size() - 1));
  }
}

/// Into the order chain, residue, type.
void sort_sites(Model& model) {
  std::vector<std::size_t> order(model.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(model.residue[a], model.type[a]) < std::tie(model.residue[b], model.type[b]);
  });
  const auto sort = [&](auto& values) {
    const auto copy = values;
    for (std::size_t i = 0; i < order.size(); ++i) values[i] = copy[order[i]];
  };
  sort(model.x), sort(model.y), sort(model.z), sort(model.type), sort(model.residue);
}

}  // namespace

Model from_sites(const Sites& sites, const Coordinates& coordinates, const Scheme& scheme,
                 const std::string& id) {
  check_columns(sites, coordinates.size(), scheme);
  Model model;
  model.id = id;
  model.type = sites.types;
  add_positions(model, coordinates);
  add_residues(model, sites);
  sort_sites(model);
  model.sha256 = identity_of(model);
  return model;
}

}  // namespace potential
