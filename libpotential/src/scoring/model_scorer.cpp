#include "scoring/model_scorer.hpp"
#include <algorithm>

namespace potential {

/// ModelScore::shuffle_z. @returns a caution when it says little, or nothing.
std::string ModelScorer::add_shuffle_z(const Model& model, const TrainingComposition& training,
                                       Normalization normalize, ModelScore& row) {
  const ShuffledScore shuffled = shuffler_.moments(model, tally_.site_contacts());
  const auto z = z_score(row.score * divisor(normalize, row), shuffled);
  if (z) row.shuffle_z = *z;
  const auto unlike = training.distance(shuffled.contacts);
  if (!unlike || *unlike <= max_dissimilarity) return "";
  return "too unlike the training set to judge: " +
         std::to_string(static_cast<int>(100 * *unlike)) +
         " % of its contacts would have to be of other residues";
}

/// ModelScore::chain_pairs and interfaces, of a model with several chains.
void ModelScorer::add_chains(const Model& model, const ModelScoreParts& parts, ModelScore& row) {
  if (model.chains.size() < 2 || !(parts.chain_pairs || parts.interfaces)) return;
  auto pairs = tally_.chain_pairs(model);
  if (parts.interfaces) row.interfaces = tally_.interfaces(model, pairs);
  if (parts.chain_pairs) row.chain_pairs = std::move(pairs);
}

std::string note_on_interfaces(const ModelScore& model) {
  constexpr std::size_t max_named = 3;
  const auto& pairs = model.unscored_interfaces;
  if (pairs.empty()) return "";
  std::string text = "chains that touch ";
  for (std::size_t k = 0; k < std::min(pairs.size(), max_named); ++k)
    text += (k == 0 ? "(" : ", ") + (pairs[k].first.empty() ? "_" : pairs[k].first) + " and " +
            (pairs[k].second.empty() ? "_" : pairs[k].second);
  if (pairs.size() > max_named)
    text += ", " + std::to_string(pairs.size() - max_named) + " more pairs";
  return text +
         "): the potential has no class for pairs between chains, so their contacts do not count";
}

CautiousScore ModelScorer::score(const Model& model, const ModelScoreParts& parts,
                                 const TrainingComposition& training) {
  const bool several = model.chains.size() > 1;
  tally_.search(model, {parts.per_residue, parts.top_pairs > 0, parts.shuffle_z,
                        parts.chain_pairs && several, parts.interfaces && several});
  CautiousScore scored{tally_.model_score(model, parts.normalize), {}};
  ModelScore& row = scored.row;
  if (!row.scored) return scored;
  if (auto note = note_on_interfaces(row); !note.empty())
    scored.cautions.push_back(std::move(note));
  if (whole_ && row.residues < min_residues)
    scored.cautions.push_back("too small to judge: " + std::to_string(row.residues) + " residues");
  if (parts.shuffle_z)
    if (auto caution = add_shuffle_z(model, training, parts.normalize, row); !caution.empty())
      scored.cautions.push_back(std::move(caution));
  for (const PairScore& pair : tally_.worst_pairs(parts.top_pairs))
    row.top_pairs.push_back({residue_name(model, pair.first), residue_name(model, pair.second),
                             pair.score, pair.contacts});
  add_chains(model, parts, row);
  return scored;
}

}  // namespace potential
