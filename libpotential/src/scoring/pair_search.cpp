#include "scoring/pair_search.hpp"
#include <algorithm>
#include <potential/support/error.hpp>

namespace potential {
namespace {

std::string names_of(const std::vector<Chain>& chains) {
  std::string text;
  for (const Chain& chain : chains)
    text += (text.empty() ? "" : ", ") + (chain.name.empty() ? "_" : chain.name);
  return text;
}

}  // namespace

std::string PairSearch::begin(const Model& model) {
  selected_.clear();
  try {
    if (residues_) selected_ = residues_->of(model);
  } catch (const UsageError& error) {
    return error.problem();
  }
  return find_sides(model);
}

std::string PairSearch::find_sides(const Model& model) {
  side_.clear();
  if (!table_->between) return "";
  side_.assign(model.chains.size(), 0);
  const auto place = [&](const std::vector<std::string>& group, std::uint8_t side) {
    for (const std::string& name : group) {
      bool found = false;
      for (std::size_t c = 0; c < model.chains.size(); ++c)
        if (model.chains[c].name == name) {
          side_[c] = side;
          found = true;
        }
      if (!found)
        return "there is no chain " + (name.empty() ? "_" : name) +
               " to score between; the chains are " + names_of(model.chains);
    }
    return std::string();
  };
  std::string problem = place(table_->between->first, 1);
  return problem.empty() ? place(table_->between->second, 2) : problem;
}

ContactBatch PairSearch::wanted(const ContactBatch& batch, const Model& model) {
  const auto side = [&](std::uint32_t residue) { return side_[model.residues[residue].chain]; };
  offsets_.clear();
  sites_.clear();
  const std::uint32_t here = model.residue[batch.site];
  const bool any = selected_.empty() || selected_[here];
  const int other_side = side_.empty() ? 0 : 3 ^ side(here);  // 3, of neither side: nothing is
  for (std::size_t k = 0; k < batch.size; ++k) {
    const std::uint32_t there = model.residue[batch.sites[k]];
    if ((any || selected_[there]) && (side_.empty() || side(there) == other_side)) {
      offsets_.push_back(batch.offsets[k]);
      sites_.push_back(batch.sites[k]);
    }
  }
  return {batch.site, batch.type, sites_.size(), offsets_.data(), sites_.data()};
}

}  // namespace potential
