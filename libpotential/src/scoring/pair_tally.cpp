#include "scoring/pair_tally.hpp"
#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "scoring/carriers.hpp"
#include "scoring/local_means.hpp"
#include "scoring/sum.hpp"

namespace potential {
namespace {

std::size_t chains_with_sites(const Model& model, const std::vector<bool>& carries) {
  std::set<std::uint32_t> chains;
  for (std::size_t r = 0; r < carries.size(); ++r)
    if (carries[r]) chains.insert(model.residues[r].chain);
  return chains.size();
}

/// Of a model in which no pair is scored.
void finish_without_contacts(ModelScore& result, bool only_between, std::size_t chains) {
  if (only_between && chains > 1) {  // apart
    result.scored = true;
    result.score = 0;
  } else if (only_between && chains == 1) {
    result.warnings.push_back(
        "the potential scores pairs between chains alone, and only one chain has sites");
  } else {
    result.warnings.push_back("no two sites in contact: nothing to score");
  }
}

void finish(ModelScore& result, Normalization normalization) {
  if (!std::isfinite(result.score)) {
    result.warnings.push_back(
        "the score is infinite: it has contacts that were never seen in training, and the "
        "potential has no pseudocount");
  } else {
    result.scored = true;
    result.score /= divisor(normalization, result);
  }
}

}  // namespace

PairTally::PairTally(std::shared_ptr<const ScoringTable> table,
                     std::optional<ResidueSelection> residues)
    : table_(std::move(table)), whole_(!residues), pairs_(table_, std::move(residues)) {}

/// Between groups and of selected residues there are other parts.
bool PairTally::splits(const Model& model) const {
  return model.chains.size() > 1 && whole_ && !table_->between &&
         judges_chains_and_interfaces(table_->separations);
}

void PairTally::search(const Model& model, const TallyParts& parts) {
  parts_ = parts;
  score_ = within_ = with_rest_ = between_ = 0;
  split_ = splits(model);
  contacts_ = 0;
  residue_score_.assign(parts.residues ? model.residues.size() : 0, 0);
  residue_contacts_.assign(residue_score_.size(), 0);
  const bool qualities = parts.residues && split_ && table_->calibration;
  residue_between_.assign(qualities ? model.residues.size() : 0, 0);
  residue_pairs_.clear();
  site_contacts_.setZero(static_cast<Eigen::Index>(table_->cells),
                         parts.site_contacts ? static_cast<Eigen::Index>(model.size()) : 0);
  // Between groups, the score is the sum over pairs of chains.
  const bool chain_pairs = parts.chain_pairs || parts.interfaces || table_->between || split_;
  if (chain_pairs) {
    if (!chain_pairs_) chain_pairs_.emplace(table_);
    chain_pairs_->begin(model, parts.interfaces);
  }
  find_touching(model);
  problem_ = pairs_.begin(model);
  if (!problem_.empty()) return;
  const double* const score = table_->score.data();
  const auto add = [&](const ContactBatch& batch) {
    const std::uint32_t* const offset = batch.offsets;
    score_ += sum_of_terms(batch.size, [=](std::size_t k) { return score[offset[k]]; });
    contacts_ += batch.size;
    if (!pairs_.selected().empty()) add_selected(batch, model);
    if (parts.residues) share_out(batch, model);
    if (qualities) share_out_between(batch, model);
    if (parts.residue_pairs) add_residue_pairs(batch, model);
    if (parts.site_contacts) add_site_contacts(batch, model);
    if (chain_pairs) chain_pairs_->add(batch);
  };
  pairs_.for_each_batch(model, parts.need_sites() || chain_pairs, add);
  if (table_->between) score_ = chain_pairs_->between();
  if (split_) between_ = chain_pairs_->between();
}

/// Where it is asked for, or the potential says nothing about pairs between chains.
void PairTally::find_touching(const Model& model) {
  touching_.clear();
  if (model.chains.size() < 2) return;
  const bool unscored = parts_.touching && table_->separations.of_different_chains() < 0;
  if (!parts_.interfaces && !unscored) return;
  if (!touching_chains_) touching_chains_.emplace();
  touching_ = touching_chains_->find(model);
}

std::vector<InterfaceScore> PairTally::interfaces(const Model& model,
                                                  const std::vector<ChainPairScore>& pairs) const {
  std::vector<InterfaceScore> interfaces;
  const auto names = [&](const std::vector<std::uint32_t>& residues) {
    std::vector<ResidueName> all;
    for (const std::uint32_t residue : residues) all.push_back(residue_name(model, residue));
    return all;
  };
  auto pair = pairs.begin();
  auto contact = touching_.begin();
  const auto chains = static_cast<std::uint32_t>(model.chains.size());
  for (std::uint32_t first = 0; first < chains; ++first)
    for (std::uint32_t second = first; second < chains; ++second, ++pair) {
      const bool touch =
          contact != touching_.end() && contact->first == first && contact->second == second;
      if (first != second && pairs_.takes(first, second) && (touch || pair->contacts > 0)) {
        interfaces.push_back({*pair, {}, {}});
        if (touch) {
          interfaces.back().first_residues = names(contact->first_residues);
          interfaces.back().second_residues = names(contact->second_residues);
        }
      }
      if (touch) ++contact;
    }
  return interfaces;
}

void PairTally::add_selected(const ContactBatch& batch, const Model& model) {
  const std::vector<bool>& selected = pairs_.selected();
  const bool here = selected[model.residue[batch.site]];
  for (std::size_t k = 0; k < batch.size; ++k)
    (here && selected[model.residue[batch.sites[k]]] ? within_ : with_rest_) +=
        table_->score[batch.offsets[k]];
}

void PairTally::finish_selected(const std::vector<bool>& carries, Normalization normalization,
                                ModelScore& result) const {
  result.residues = 0;
  for (std::size_t r = 0; r < carries.size(); ++r)
    result.residues += carries[r] && pairs_.selected()[r] ? 1 : 0;
  if (result.residues == 0)
    result.warnings.push_back("the residues to score have no sites");
  else if (result.contacts == 0)  // apart from all others
    result.scored = true;
  else
    finish(result, normalization);
  const double by = result.contacts == 0 ? 1 : divisor(normalization, result);
  result.within = within_ / by;
  result.with_rest = with_rest_ / by;
}

void PairTally::share_out(const ContactBatch& batch, const Model& model) {
  const std::uint32_t here = model.residue[batch.site];
  for (std::size_t k = 0; k < batch.size; ++k) {
    const double half = table_->score[batch.offsets[k]] / 2;
    const std::uint32_t there = model.residue[batch.sites[k]];
    residue_score_[here] += half;
    residue_score_[there] += half;
    ++residue_contacts_[here];
    ++residue_contacts_[there];
  }
}

void PairTally::share_out_between(const ContactBatch& batch, const Model& model) {
  const std::uint32_t here = model.residue[batch.site];
  for (std::size_t k = 0; k < batch.size; ++k) {
    const std::uint32_t there = model.residue[batch.sites[k]];
    if (model.residues[here].chain == model.residues[there].chain) continue;
    const double score = table_->score[batch.offsets[k]];
    residue_between_[here] += 0.5 * score;
    residue_between_[there] += 0.5 * score;
  }
}

void PairTally::add_residue_pairs(const ContactBatch& batch, const Model& model) {
  const std::uint32_t here = model.residue[batch.site];
  for (std::size_t k = 0; k < batch.size; ++k) {
    const auto [first, second] = std::minmax({here, model.residue[batch.sites[k]]});
    PairScore& pair = residue_pairs_[std::uint64_t{first} << 32 | second];
    pair.first = first;
    pair.second = second;
    pair.score += table_->score[batch.offsets[k]];
    ++pair.contacts;
  }
}

void PairTally::add_site_contacts(const ContactBatch& batch, const Model& model) {
  for (std::size_t k = 0; k < batch.size; ++k) {
    const std::uint32_t there = batch.sites[k];
    const auto cell =
        static_cast<Eigen::Index>(batch.offsets[k] - table_->row_of(batch.type, model.type[there]));
    ++site_contacts_(cell, batch.site);
    ++site_contacts_(cell, there);
  }
}

ModelScore PairTally::model_score(const Model& model, Normalization normalization) const {
  ModelScore result;
  result.id = model.id;
  result.score = score_;
  result.contacts = contacts_;
  result.standard_error = std::numeric_limits<double>::quiet_NaN();
  result.warnings = model.notes;
  const auto carries = residues_with_sites(model);
  result.residues = static_cast<std::uint32_t>(std::count(carries.begin(), carries.end(), true));
  if (table_->separations.of_different_chains() < 0)
    for (const ChainContact& contact : touching_)
      result.unscored_interfaces.emplace_back(model.chains[contact.first].name,
                                              model.chains[contact.second].name);
  if (!problem_.empty())
    result.warnings.push_back(problem_);
  else if (!pairs_.selected().empty())
    finish_selected(carries, normalization, result);
  else if (result.contacts == 0)
    finish_without_contacts(result, table_->only_between_chains(),
                            chains_with_sites(model, carries));
  else
    finish(result, normalization);
  if (result.scored && split_ && chains_with_sites(model, carries) > 1) {
    result.between_chains = between_ / divisor(normalization, result);
    result.within_chains = result.score - result.between_chains;
  }
  for (std::uint32_t i = 0; i < residue_score_.size(); ++i)
    if (carries[i])
      result.per_residue.push_back(
          {residue_name(model, i), residue_score_[i], residue_contacts_[i], {}});
  if (result.scored && table_->calibration && pairs_.selected().empty()) add_quality(model, result);
  return result;
}

void PairTally::add_quality(const Model& model, ModelScore& result) const {
  const Calibration& calibration = *table_->calibration;
  const double per_residue = (score_ - between_) / result.residues;
  result.quality = model_quality(calibration.model, per_residue);
  if (!parts_.residues || !calibration.residue) return;
  std::vector<double> of_chains = residue_score_;
  for (std::size_t r = 0; r < residue_between_.size(); ++r) of_chains[r] -= residue_between_[r];
  const auto local =
      local_means(residue_places(model, table_->is_ca), of_chains, calibration.residue->radius);
  auto mean = local.begin();
  for (ResidueScore& residue : result.per_residue)
    residue.quality = residue_quality(*calibration.residue, *mean++, per_residue);
}

std::vector<PairScore> PairTally::worst_pairs(std::size_t number) const {
  std::vector<PairScore> sorted;
  for (const auto& [key, pair] : residue_pairs_) sorted.push_back(pair);
  std::sort(sorted.begin(), sorted.end(), [](const PairScore& a, const PairScore& b) {
    return a.score != b.score ? a.score > b.score
                              : std::tie(a.first, a.second) < std::tie(b.first, b.second);
  });
  sorted.resize(std::min(sorted.size(), number));
  return sorted;
}

}  // namespace potential
