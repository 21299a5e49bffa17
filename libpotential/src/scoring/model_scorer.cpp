#include "scoring/model_scorer.hpp"

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

CautiousScore ModelScorer::score(const Model& model, const ModelScoreParts& parts,
                                 const TrainingComposition& training) {
  const bool chain_pairs = parts.chain_pairs && model.chains.size() > 1;
  tally_.search(model, {parts.per_residue, parts.top_pairs > 0, parts.shuffle_z, chain_pairs});
  CautiousScore scored{tally_.model_score(model, parts.normalize), {}};
  ModelScore& row = scored.row;
  if (!row.scored) return scored;
  if (row.residues < min_residues)
    scored.cautions.push_back("too small to judge: " + std::to_string(row.residues) + " residues");
  if (parts.shuffle_z)
    if (auto caution = add_shuffle_z(model, training, parts.normalize, row); !caution.empty())
      scored.cautions.push_back(std::move(caution));
  for (const PairScore& pair : tally_.worst_pairs(parts.top_pairs))
    row.top_pairs.push_back({residue_name(model, pair.first), residue_name(model, pair.second),
                             pair.score, pair.contacts});
  if (chain_pairs) row.chain_pairs = tally_.chain_pairs(model);
  return scored;
}

}  // namespace potential
