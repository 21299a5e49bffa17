#include <cmath>
#include <potential/scoring/judgement.hpp>

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
  const TableAxes& axes = table.axes;
  std::map<std::string, std::size_t> groups;
  for (int type = 0; type < axes.scheme.size(); ++type)
    group_.push_back(groups.emplace(axes.scheme.residues(type), groups.size()).first->second);
  if (!table.counts) return;
  std::vector<double> contacts(group_.size(), 0);
  for (Eigen::Index row = 0; row < table.counts->rows(); ++row) {
    const auto pair = static_cast<std::size_t>(row % axes.rows());
    const double number = table.counts->row(row).cast<double>().sum();
    contacts[axes.pairs.first()[pair]] += number;
    contacts[axes.pairs.second()[pair]] += number;
  }
  share_ = shares(contacts, group_, groups.size());
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
