#include <algorithm>
#include <potential/scoring/score.hpp>

#include "scoring/pair_tally.hpp"

namespace potential {

struct SiteScorer::State {
  PairTally tally;
};

SiteScorer::SiteScorer(std::shared_ptr<const ScoringTable> table)
    : state_(std::make_unique<State>(State{PairTally(std::move(table))})) {}
SiteScorer::~SiteScorer() = default;
SiteScorer::SiteScorer(SiteScorer&&) noexcept = default;

bool judges_chains_and_interfaces(const SeparationClasses& separations) {
  const auto& classes = separations.classes();
  return separations.of_different_chains() >= 0 &&
         std::any_of(classes.begin(), classes.end(),
                     [](const auto& one) { return !one.ranges.empty(); });
}

Normalization stored_normalization(const PotentialTable& table,
                                   const std::optional<ChainGroups>& between) {
  if (between) return Normalization::total;
  return table.recipe.normalize.value_or(Normalization::total);
}

double divisor(Normalization normalization, const ModelScore& result) {
  switch (normalization) {
    case Normalization::total:
      return 1;
    case Normalization::residue:
      return result.residues;
    case Normalization::contact:
      return static_cast<double>(result.contacts);
  }
  return 1;
}

ModelScore SiteScorer::score(const Model& model, Normalization normalization, bool per_residue) {
  TallyParts parts;
  parts.residues = per_residue;
  state_->tally.search(model, parts);
  return state_->tally.model_score(model, normalization);
}

std::vector<PairScore> SiteScorer::top_pairs(const Model& model, std::size_t number) {
  TallyParts parts;
  parts.residue_pairs = true;
  state_->tally.search(model, parts);
  return state_->tally.worst_pairs(number);
}

ResidueName residue_name(const Model& model, std::uint32_t index) {
  const Residue& residue = model.residues[index];
  return {model.chains[residue.chain].name, residue.number, residue.insertion_code, residue.name};
}

bool ranks_before(const ModelScore& a, const ModelScore& b) {
  if (a.scored != b.scored) return a.scored;
  if (a.scored && a.score != b.score) return a.score < b.score;
  return a.id < b.id;
}

void rank(std::vector<ModelScore>& scores) {
  std::sort(scores.begin(), scores.end(), ranks_before);
}

}  // namespace potential
