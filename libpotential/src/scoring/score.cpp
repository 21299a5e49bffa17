#include <algorithm>
#include <cmath>
#include <limits>
#include <potential/scoring/score.hpp>
#include <tuple>
#include <unordered_map>

#include "pairs/pair_kernel.hpp"
#include "scoring/scoring_table.hpp"
#include "scoring/sum.hpp"

namespace potential {

struct Scorer::State {
  std::shared_ptr<const ScoringTable> table;
  PairKernel kernel;
  std::vector<double> residue_score;
  std::vector<std::uint64_t> residue_contacts;

  explicit State(std::shared_ptr<const ScoringTable> t)
      : table(std::move(t)), kernel(table->bins, table->separations, table->layout) {}

  double sum(const ContactBatch& batch) const {
    const double* const score = table->score.data();
    const std::uint32_t* const offset = batch.offsets;
    return sum_of_terms(batch.size, [=](std::size_t k) { return score[offset[k]]; });
  }

  void share_out(const ContactBatch& batch, const Model& model) {
    const double* const score = table->score.data();
    const std::uint32_t here = model.residue[batch.site];
    for (std::size_t k = 0; k < batch.size; ++k) {
      const double half = score[batch.offsets[k]] / 2;
      const std::uint32_t there = model.residue[batch.sites[k]];
      residue_score[here] += half;
      residue_score[there] += half;
      ++residue_contacts[here];
      ++residue_contacts[there];
    }
  }
};

Scorer::Scorer(std::shared_ptr<const ScoringTable> table)
    : state_(std::make_unique<State>(std::move(table))) {}
Scorer::~Scorer() = default;
Scorer::Scorer(Scorer&&) noexcept = default;

Normalization stored_normalization(const PotentialTable& table) {
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

namespace {

/// Which residues carry a site.
std::vector<bool> residues_with_sites(const Model& model) {
  std::vector<bool> carries(model.residues.size(), false);
  for (const std::uint32_t residue : model.residue) carries[residue] = true;
  return carries;
}

void finish(ModelScore& result, Normalization normalization) {
  result.scored = false;
  if (result.contacts == 0) {
    result.warnings.push_back("no two sites in contact: nothing to score");
  } else if (!std::isfinite(result.score)) {
    result.warnings.push_back(
        "the score is infinite: it has contacts that were never seen in training, and the "
        "potential has no pseudocount");
  } else {
    result.scored = true;
    result.score /= divisor(normalization, result);
  }
}

}  // namespace

ModelScore Scorer::score(const Model& model, Normalization normalization, bool per_residue) {
  State& state = *state_;
  ModelScore result;
  result.id = model.id;
  result.standard_error = std::numeric_limits<double>::quiet_NaN();
  result.warnings = model.notes;
  const auto carries = residues_with_sites(model);
  result.residues = static_cast<std::uint32_t>(std::count(carries.begin(), carries.end(), true));
  if (per_residue) {
    state.residue_score.assign(model.residues.size(), 0);
    state.residue_contacts.assign(model.residues.size(), 0);
  }
  const auto add = [&](const ContactBatch& batch) {
    result.score += state.sum(batch);
    result.contacts += batch.size;
    if (per_residue) state.share_out(batch, model);
  };
  if (per_residue)
    state.kernel.for_each_batch_with_sites(model, add);
  else
    state.kernel.for_each_batch(model, add);
  finish(result, normalization);
  for (std::uint32_t i = 0; per_residue && i < model.residues.size(); ++i)
    if (carries[i])
      result.per_residue.push_back(
          {residue_name(model, i), state.residue_score[i], state.residue_contacts[i]});
  return result;
}

std::vector<PairScore> Scorer::top_pairs(const Model& model, std::size_t number) {
  State& state = *state_;
  std::unordered_map<std::uint64_t, PairScore> pairs;  // by the two residues
  state.kernel.for_each_batch_with_sites(model, [&](const ContactBatch& batch) {
    const double* const score = state.table->score.data();
    const std::uint32_t here = model.residue[batch.site];
    for (std::size_t k = 0; k < batch.size; ++k) {
      const std::uint32_t there = model.residue[batch.sites[k]];
      const auto [first, second] = std::minmax(here, there);
      PairScore& pair = pairs[std::uint64_t{first} << 32 | second];
      pair.first = first;
      pair.second = second;
      pair.score += score[batch.offsets[k]];
      ++pair.contacts;
    }
  });
  std::vector<PairScore> sorted;
  for (const auto& [key, pair] : pairs) sorted.push_back(pair);
  std::sort(sorted.begin(), sorted.end(), [](const PairScore& a, const PairScore& b) {
    return a.score != b.score ? a.score > b.score
                              : std::tie(a.first, a.second) < std::tie(b.first, b.second);
  });
  sorted.resize(std::min(sorted.size(), number));
  return sorted;
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
