#include "scoring/training_set.hpp"
#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

#include "core/scheme_nesting.hpp"

namespace potential {
namespace {

/// The scheme of this name, where it can be known.
std::optional<Scheme> scheme_called(const std::string& name, const PotentialTable& table) {
  if (table.axes.scheme.name() == name) return table.axes.scheme;
  for (const Term& term : table.terms)
    if (term.table.axes.scheme.name() == name) return term.table.axes.scheme;
  if (find_shipped_scheme(name) != nullptr) return load_scheme(name);
  return std::nullopt;
}

/// The sites that have a type, in the order of a reading with these types.
Model with_types(const Model& model, const std::vector<int>& types) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < model.size(); ++i)
    if (types[model.type[i]] >= 0) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return model.residue[a] != model.residue[b] ? model.residue[a] < model.residue[b]
                                                : types[model.type[a]] < types[model.type[b]];
  });
  Model sites;
  sites.residues = model.residues;
  for (const std::size_t i : order) {
    sites.x.push_back(model.x[i]);
    sites.y.push_back(model.y[i]);
    sites.z.push_back(model.z[i]);
    sites.type.push_back(static_cast<std::uint16_t>(types[model.type[i]]));
    sites.residue.push_back(model.residue[i]);
  }
  return sites;
}

}  // namespace

TrainingSet::TrainingSet(const PotentialTable& table) {
  std::map<std::string, std::set<Digest>> by_scheme;
  for (const TrainingStructure& one : table.training) by_scheme[one.types].insert(one.sha256);
  for (auto& [name, digests] : by_scheme) {
    const auto scheme = scheme_called(name, table);
    if (scheme == table.axes.scheme)
      lists_.push_back({{}, std::move(digests)});
    else if (scheme && nests(*scheme, table.axes.scheme))
      lists_.push_back({nest_types(*scheme, table.axes.scheme), std::move(digests)});
    else
      unknown_.push_back(name);
  }
}

bool TrainingSet::has(const Model& model) const {
  return std::any_of(lists_.begin(), lists_.end(), [&](const List& list) {
    const Digest digest =
        list.types.empty() ? model.sha256 : identity_of(with_types(model, list.types));
    return list.digests.count(digest) != 0;
  });
}

}  // namespace potential
