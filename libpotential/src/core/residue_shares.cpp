#include <fmt/format.h>

#include <cstdlib>
#include <sstream>

#include "core/residue_shares.hpp"

namespace potential {
namespace {

ResidueShares parse_shares(const std::string& text) {
  ResidueShares shares;
  std::istringstream entries(text);
  for (std::string entry; std::getline(entries, entry, ',');) {
    const auto space = entry.find(' ');
    if (space == std::string::npos) return {};
    shares[entry.substr(0, space)] = std::strtod(entry.c_str() + space, nullptr);
  }
  return shares;
}

}  // namespace

ResidueShares residue_contacts(const PotentialTable& table) {
  if (!table.counts) {
    const auto stored = table.options.find(residue_shares_option);
    return stored == table.options.end() ? ResidueShares() : parse_shares(stored->second);
  }
  const TableAxes& axes = table.axes;
  ResidueShares contacts;
  for (Eigen::Index row = 0; row < table.counts->rows(); ++row) {
    const auto pair = static_cast<std::size_t>(row % axes.rows());
    const double number = table.counts->row(row).cast<double>().sum();
    contacts[axes.scheme.residues(axes.pairs.first()[pair])] += number;
    contacts[axes.scheme.residues(axes.pairs.second()[pair])] += number;
  }
  return contacts;
}

std::string format_shares(const ResidueShares& contacts) {
  double sum = 0;
  for (const auto& [residue, number] : contacts) sum += number;
  std::string text;
  for (const auto& [residue, number] : contacts)
    text += fmt::format("{}{} {:.6f}", text.empty() ? "" : ",", residue, number / sum);
  return text;
}

}  // namespace potential
