#include "scoring/training_composition.hpp"
#include <cmath>

#include "core/residue_shares.hpp"

namespace potential {
namespace {

/// Shares of the groups, or nothing when there are no contacts.
std::vector<double> shares(const std::vector<double>& contacts,
                           const std::vector<std::size_t>& group, std::size_t groups) {
  std::vector<double> share(groups, 0);
  double sum = 0;
  for (std::size_t type = 0; type < group.size(); ++type) {
    share[group[type]] += contacts[type];
    sum += contacts[type];
  }
  if (!(sum > 0)) return {};
  for (double& value : share) value /= sum;
  return share;
}

}  // namespace

TrainingComposition::TrainingComposition(const PotentialTable& table) {
  const Scheme& scheme = table.axes.scheme;
  std::map<std::string, std::size_t> groups;
  for (int type = 0; type < scheme.size(); ++type)
    group_.push_back(groups.emplace(scheme.residues(type), groups.size()).first->second);
  const ResidueShares contacts = residue_contacts(table);
  std::vector<double> share(groups.size(), 0);
  double sum = 0;
  for (const auto& [residue, number] : contacts) {
    const auto group = groups.find(residue);
    if (group == groups.end()) return;  // of other types than these
    share[group->second] = number;
    sum += number;
  }
  if (!(sum > 0)) return;
  for (double& value : share) value /= sum;
  share_ = std::move(share);
}

std::optional<double> TrainingComposition::distance(const std::vector<double>& contacts) const {
  if (share_.empty()) return std::nullopt;
  const std::vector<double> here = shares(contacts, group_, share_.size());
  if (here.empty()) return std::nullopt;
  double sum = 0;
  for (std::size_t group = 0; group < here.size(); ++group)
    sum += std::abs(here[group] - share_[group]);
  return sum / 2;
}

}  // namespace potential
