#include "evaluation/sequence_match.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "structure/alignment.hpp"
#include "structure/residue_rules.hpp"

namespace potential {
namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// The residues of one chain that have a name.
struct ChainSequence {
  std::string chain, letters;
  std::vector<std::uint32_t> residues;  ///< one a letter
};

/// Bases under letters that the aligner knows, all of amino acids: U is T.
char letter(const std::string& residue) {
  const char base = base_of(residue);
  if (base == 0) return letter_of(residue);
  return base == 'U' ? 'T' : base;
}

std::vector<ChainSequence> chains_of(const std::vector<ResidueId>& residues) {
  std::vector<ChainSequence> chains;
  for (std::uint32_t i = 0; i < residues.size(); ++i) {
    if (residues[i].name.empty()) continue;
    auto at = std::find_if(chains.begin(), chains.end(), [&](const ChainSequence& chain) {
      return chain.chain == residues[i].chain;
    });
    if (at == chains.end()) at = chains.insert(at, {residues[i].chain, "", {}});
    at->letters += letter(residues[i].name);
    at->residues.push_back(i);
  }
  return chains;
}

/// The residues whose numbers differ by the shift that is most frequent among pairs:
/// unlike an alignment, it knows on which side of a gap a residue stands.
Pairs shifted(const Pairs& pairs, const ChainSequence& native, const ChainSequence& model,
              const std::vector<ResidueId>& native_ids, const std::vector<ResidueId>& model_ids) {
  std::map<std::int64_t, std::size_t> shifts;
  for (const auto& [a, b] : pairs)
    ++shifts[std::int64_t{model_ids[b].number} - native_ids[a].number];
  const auto shift = std::max_element(shifts.begin(), shifts.end(),
                                      [](auto& a, auto& b) { return a.second < b.second; });
  using Key = std::tuple<std::int64_t, char, std::string_view>;
  std::map<Key, std::uint32_t> by_number;
  for (const std::uint32_t b : model.residues)
    by_number.emplace(Key{model_ids[b].number, model_ids[b].insertion_code, model_ids[b].name}, b);
  Pairs found;
  for (const std::uint32_t a : native.residues) {
    const ResidueId& id = native_ids[a];
    const auto same = by_number.find({id.number + shift->first, id.insertion_code, id.name});
    if (same != by_number.end()) found.emplace_back(a, same->second);
  }
  return found;
}

Pairs aligned(const ChainSequence& native, const ChainSequence& model,
              const std::vector<ResidueId>& native_ids, const std::vector<ResidueId>& model_ids) {
  Pairs pairs;
  for (const auto& [first, second] : Aligner(native.letters).align(model.letters).pairs) {
    const std::uint32_t a = native.residues[static_cast<std::size_t>(first)];
    const std::uint32_t b = model.residues[static_cast<std::size_t>(second)];
    if (native_ids[a].name == model_ids[b].name) pairs.emplace_back(a, b);
  }
  if (pairs.empty()) return pairs;
  Pairs by_shift = shifted(pairs, native, model, native_ids, model_ids);
  return by_shift.size() >= pairs.size() ? by_shift : pairs;
}

}  // namespace

Pairs match_by_sequence(const std::vector<ResidueId>& native, const std::vector<ResidueId>& model) {
  const auto native_chains = chains_of(native), model_chains = chains_of(model);
  struct Candidate {
    std::size_t native, model;
    bool same_id;
    Pairs pairs;
  };
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < native_chains.size(); ++i)
    for (std::size_t k = 0; k < model_chains.size(); ++k)
      candidates.push_back({i, k, native_chains[i].chain == model_chains[k].chain,
                            aligned(native_chains[i], model_chains[k], native, model)});
  std::stable_sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
    return std::make_tuple(a.pairs.size(), a.same_id) > std::make_tuple(b.pairs.size(), b.same_id);
  });
  std::set<std::size_t> native_taken, model_taken;
  Pairs all;
  for (const Candidate& candidate : candidates) {
    if (native_taken.count(candidate.native) != 0 || model_taken.count(candidate.model) != 0)
      continue;
    native_taken.insert(candidate.native);
    model_taken.insert(candidate.model);
    all.insert(all.end(), candidate.pairs.begin(), candidate.pairs.end());
  }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace potential
