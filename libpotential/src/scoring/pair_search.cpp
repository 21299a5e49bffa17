#include "scoring/pair_search.hpp"
#include <algorithm>

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

ContactBatch PairSearch::between(const ContactBatch& batch, const Model& model) {
  const auto side = [&](std::uint32_t site) {
    return side_[model.residues[model.residue[site]].chain];
  };
  offsets_.clear();
  sites_.clear();
  const std::uint8_t wanted = 3 ^ side(batch.site);  // of neither side: nothing is
  if (wanted != 3)
    for (std::size_t k = 0; k < batch.size; ++k)
      if (side(batch.sites[k]) == wanted) {
        offsets_.push_back(batch.offsets[k]);
        sites_.push_back(batch.sites[k]);
      }
  return {batch.site, batch.type, sites_.size(), offsets_.data(), sites_.data()};
}

}  // namespace potential
