#include <algorithm>
#include <map>
#include <potential/evaluation/residue_match.hpp>
#include <string_view>
#include <tuple>

#include "evaluation/sequence_match.hpp"

namespace potential {
namespace {

using Key = std::tuple<std::string_view, std::int32_t, char, std::string_view>;

bool is_blank(const std::string& chain) {
  return chain.find_first_not_of(' ') == std::string::npos;
}

bool names_chains(const std::vector<ResidueId>& residues) {
  return std::any_of(residues.begin(), residues.end(), [](const ResidueId& residue) {
    return !residue.name.empty() && !is_blank(residue.chain);
  });
}

/// The one chain id of all residues, or nullptr.
const std::string* only_chain(const std::vector<ResidueId>& residues) {
  const std::string* only = nullptr;
  for (const ResidueId& residue : residues) {
    if (residue.name.empty()) continue;
    if (only == nullptr) only = &residue.chain;
    if (*only != residue.chain) return nullptr;
  }
  return only;
}

Key key_of(const ResidueId& residue, bool by_chain) {
  return {by_chain ? std::string_view(residue.chain) : std::string_view(), residue.number,
          residue.insertion_code, residue.name};
}

std::size_t named(const std::vector<ResidueId>& residues) {
  return static_cast<std::size_t>(
      std::count_if(residues.begin(), residues.end(),
                    [](const ResidueId& residue) { return !residue.name.empty(); }));
}

ResidueMatch match_by_number(const std::vector<ResidueId>& native,
                             const std::vector<ResidueId>& model) {
  ResidueMatch match;
  bool by_chain = names_chains(native) && names_chains(model);
  const std::string* native_chain = only_chain(native);
  const std::string* model_chain = only_chain(model);
  if (by_chain && native_chain != nullptr && model_chain != nullptr &&
      *native_chain != *model_chain) {
    match.chains_ignored = true;
    by_chain = false;
  }
  std::multimap<Key, std::uint32_t> free;  // of equal keys the first inserted comes first
  for (std::uint32_t i = 0; i < model.size(); ++i)
    if (!model[i].name.empty()) free.emplace_hint(free.end(), key_of(model[i], by_chain), i);
  for (std::uint32_t i = 0; i < native.size(); ++i) {
    const Key key = key_of(native[i], by_chain);
    const auto found = free.lower_bound(key);
    if (native[i].name.empty() || found == free.end() || found->first != key) continue;
    match.native.push_back(i);
    match.model.push_back(found->second);
    free.erase(found);
  }
  return match;
}

}  // namespace

std::vector<ResidueId> residue_ids(const Model& model, const Scheme& scheme) {
  std::vector<ResidueId> ids(model.residues.size());
  for (std::size_t i = 0; i < model.size(); ++i) {
    const Residue& residue = model.residues[model.residue[i]];
    ResidueId& id = ids[model.residue[i]];
    if (!id.name.empty()) continue;
    const std::string& counted_as = scheme.residues(model.type[i]);
    const bool several = counted_as.find(',') != std::string::npos;
    id = {model.chains[residue.chain].name, residue.number, residue.insertion_code,
          several ? residue.name : counted_as};
  }
  return ids;
}

ResidueMatch match_residues(const std::vector<ResidueId>& native,
                            const std::vector<ResidueId>& model) {
  constexpr std::size_t least_aligned = 10;  // residues; fewer are alike by chance
  ResidueMatch match = match_by_number(native, model);
  match.shorter = std::min(named(native), named(model));
  if (match.shorter < least_aligned || 10 * match.size() >= 9 * match.shorter) return match;
  const auto pairs = match_by_sequence(native, model);
  if (10 * pairs.size() < 10 * match.size() + match.shorter) return match;
  match.native.clear();
  match.model.clear();
  for (const auto& [in_native, in_model] : pairs) {
    match.native.push_back(in_native);
    match.model.push_back(in_model);
  }
  match.by_sequence = true;
  return match;
}

Model keep_residues(const Model& model, const std::vector<std::uint32_t>& residues) {
  std::vector<bool> keep(model.residues.size(), false);
  for (const std::uint32_t residue : residues) keep.at(residue) = true;
  Model kept;
  kept.id = model.id;
  kept.residues = model.residues;
  kept.chains = model.chains;
  kept.notes = model.notes;
  for (std::size_t i = 0; i < model.size(); ++i) {
    if (!keep[model.residue[i]]) continue;
    kept.x.push_back(model.x[i]);
    kept.y.push_back(model.y[i]);
    kept.z.push_back(model.z[i]);
    kept.type.push_back(model.type[i]);
    kept.residue.push_back(model.residue[i]);
  }
  kept.sha256 = identity_of(kept);
  return kept;
}

}  // namespace potential
