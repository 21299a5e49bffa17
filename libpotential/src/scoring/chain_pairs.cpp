#include "scoring/chain_pairs.hpp"

#include <algorithm>

namespace potential {
namespace {

/// Calls add(first chain, second chain, offset) for each pair of sites.
template <class Add>
void for_each_pair(PairKernel& kernel, const Model& model, const Add& add) {
  const auto chain_of = [&](std::uint32_t site) {
    return model.residues[model.residue[site]].chain;
  };
  kernel.for_each_batch_with_sites(model, [&](const ContactBatch& batch) {
    const std::uint32_t here = chain_of(batch.site);
    for (std::size_t k = 0; k < batch.size; ++k) {
      const auto [first, second] = std::minmax({here, chain_of(batch.sites[k])});
      add(first, second, batch.offsets[k]);
    }
  });
}

}  // namespace

ChainPairScorer::ChainPairScorer(std::shared_ptr<const ScoringTable> table)
    : table_(std::move(table)), kernel_(table_->bins, table_->separations, table_->layout) {
  if (table_->separations.of_different_chains() < 0)
    between_.emplace(table_->bins, SeparationClasses::parse("inter"));
}

std::vector<ChainPairScore> ChainPairScorer::score(const Model& model) {
  const std::size_t chains = model.chains.size();
  std::vector<ChainPairScore> rows(chains * chains);
  for_each_pair(kernel_, model, [&](std::size_t first, std::size_t second, std::uint32_t offset) {
    ChainPairScore& row = rows[first * chains + second];
    row.score += table_->score[offset];
    ++row.contacts;
  });
  if (between_)
    for_each_pair(*between_, model, [&](std::size_t first, std::size_t second, std::uint32_t) {
      ++rows[first * chains + second].contacts;
    });
  std::vector<ChainPairScore> pairs;
  for (std::size_t first = 0; first < chains; ++first)
    for (std::size_t second = first; second < chains; ++second) {
      ChainPairScore& row = rows[first * chains + second];
      row.first = model.chains[first].name;
      row.second = model.chains[second].name;
      row.scored = first == second || !between_;
      pairs.push_back(std::move(row));
    }
  return pairs;
}

}  // namespace potential
