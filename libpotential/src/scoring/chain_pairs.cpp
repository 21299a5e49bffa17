#include "scoring/chain_pairs.hpp"
#include <algorithm>
#include <cmath>

namespace potential {

ChainPairs::ChainPairs(std::shared_ptr<const ScoringTable> table) : table_(std::move(table)) {
  if (table_->separations.of_different_chains() < 0)
    between_.emplace(table_->bins, SeparationClasses::parse("inter"));
}

void ChainPairs::begin(const Model& model, bool errors) {
  chains_ = model.chains.size();
  chain_of_.clear();
  for (const std::uint32_t residue : model.residue)
    chain_of_.push_back(model.residues[residue].chain);
  rows_.assign(chains_ * chains_, {});
  cells_.assign(errors ? rows_.size() : 0, {});
}

double ChainPairs::between() const {
  double sum = 0;
  for (std::size_t first = 0; first < chains_; ++first)
    for (std::size_t second = first + 1; second < chains_; ++second)
      sum += rows_[first * chains_ + second].score;
  return sum;
}

ChainPairScore& ChainPairs::row_of(std::uint32_t site, std::uint32_t other) {
  const auto [first, second] = std::minmax({chain_of_[site], chain_of_[other]});
  return rows_[first * chains_ + second];
}

void ChainPairs::add(const ContactBatch& batch) {
  for (std::size_t k = 0; k < batch.size; ++k) {
    ChainPairScore& row = row_of(batch.site, batch.sites[k]);
    row.score += table_->score[batch.offsets[k]];
    ++row.contacts;
    if (!cells_.empty())
      cells_[static_cast<std::size_t>(&row - rows_.data())].push_back(batch.offsets[k]);
  }
}

/// The root of Σ over cells of (contacts σ)². Sorts the cells.
double ChainPairs::error_of(std::vector<std::uint32_t>& cells) const {
  std::sort(cells.begin(), cells.end());
  double variance = 0;
  for (std::size_t begin = 0, end = 0; begin < cells.size(); begin = end) {
    while (end < cells.size() && cells[end] == cells[begin]) ++end;
    const auto contacts = static_cast<double>(end - begin);
    variance += contacts * contacts * table_->variance[cells[begin]];
  }
  return std::sqrt(variance);
}

std::vector<ChainPairScore> ChainPairs::finish(const Model& model) {
  if (between_)
    between_->for_each_batch_with_sites(model, [&](const ContactBatch& batch) {
      for (std::size_t k = 0; k < batch.size; ++k) ++row_of(batch.site, batch.sites[k]).contacts;
    });
  std::vector<ChainPairScore> pairs;
  for (std::size_t first = 0; first < chains_; ++first)
    for (std::size_t second = first; second < chains_; ++second) {
      ChainPairScore& row = rows_[first * chains_ + second];
      row.first = model.chains[first].name;
      row.second = model.chains[second].name;
      row.scored = first == second || !between_;
      if (!cells_.empty() && row.scored)
        row.standard_error = error_of(cells_[first * chains_ + second]);
      pairs.push_back(std::move(row));
    }
  return pairs;
}

}  // namespace potential
