#include <algorithm>
#include <cmath>
#include <map>
#include <potential/evaluation/similarity.hpp>
#include <potential/support/error.hpp>
#include <utility>

#include "evaluation/lddt.hpp"
#include "evaluation/similarity_parts.hpp"

namespace potential {
namespace {

constexpr std::uint32_t missing = UINT32_MAX;

/// The atom of the model for each one of the native, or `missing`.
std::vector<std::uint32_t> pair_atoms(const NucleicAtoms& model, const NucleicAtoms& native,
                                      const ResidueMatch& match) {
  std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> by_name;
  for (std::uint32_t atom = 0; atom < model.name.size(); ++atom)
    by_name.emplace(std::make_pair(model.residue[atom], model.name[atom]), atom);
  std::vector<std::uint32_t> residue(native.residues.size(), missing);
  for (std::size_t k = 0; k < match.size(); ++k) residue[match.native[k]] = match.model[k];
  std::vector<std::uint32_t> partner(native.name.size(), missing);
  for (std::size_t atom = 0; atom < partner.size(); ++atom) {
    const std::uint32_t own = residue[native.residue[atom]];
    const auto found = own == missing ? by_name.end() : by_name.find({own, native.name[atom]});
    if (found != by_name.end()) partner[atom] = found->second;
  }
  return partner;
}

/// Positions of the atoms of one name (empty: all) that both have, paired.
std::pair<Points, Points> paired(const NucleicAtoms& model, const NucleicAtoms& native,
                                 const std::vector<std::uint32_t>& partner,
                                 const std::string& name) {
  std::vector<std::size_t> chosen;
  for (std::size_t atom = 0; atom < partner.size(); ++atom)
    if (partner[atom] != missing && (name.empty() || native.name[atom] == name))
      chosen.push_back(atom);
  const auto n = static_cast<Eigen::Index>(chosen.size());
  std::pair<Points, Points> points{Points(3, n), Points(3, n)};
  for (Eigen::Index k = 0; k < n; ++k) {
    const std::size_t atom = chosen[static_cast<std::size_t>(k)];
    points.first.col(k) = model.positions.col(partner[atom]);
    points.second.col(k) = native.positions.col(static_cast<Eigen::Index>(atom));
  }
  return points;
}

/// Of the distances between atoms of two nucleotides of the native, the share that is kept.
std::optional<double> heavy_lddt(const NucleicAtoms& model, const NucleicAtoms& native,
                                 const std::vector<std::uint32_t>& partner) {
  std::vector<std::uint32_t> order(native.name.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto x = [&](std::uint32_t atom) { return native.positions(0, atom); };
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return x(a) < x(b); });
  std::size_t distances = 0, kept = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const std::uint32_t a = order[i], b = order[j];
      if (x(b) - x(a) >= lddt::inclusion_radius) break;
      if (native.residue[a] == native.residue[b]) continue;
      const double wanted = (native.positions.col(a) - native.positions.col(b)).norm();
      if (wanted >= lddt::inclusion_radius) continue;
      ++distances;
      if (partner[a] == missing || partner[b] == missing) continue;
      const double found =
          (model.positions.col(partner[a]) - model.positions.col(partner[b])).norm();
      kept += static_cast<std::size_t>(lddt::thresholds_kept(std::abs(found - wanted)));
    }
  }
  if (distances == 0) return std::nullopt;
  return static_cast<double>(kept) / (4 * static_cast<double>(distances));
}

}  // namespace

const std::vector<std::string>& rmsd_atoms_names() {
  static const std::vector<std::string> names = {"C1'", "P", "C3'", "heavy"};
  return names;
}

RmsdAtoms parse_rmsd_atoms(const std::string& text) {
  const auto& names = rmsd_atoms_names();
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) throw UsageError("atoms '" + text + "': give C1', P, C3' or heavy");
  return static_cast<RmsdAtoms>(found - names.begin());
}

NucleicAtoms nucleic_atoms(const Model& model, const Scheme& scheme) {
  const std::vector<ResidueId> ids = residue_ids(model, scheme);
  std::vector<std::uint32_t> number(ids.size(), missing);
  NucleicAtoms atoms;
  atoms.positions.resize(3, static_cast<Eigen::Index>(model.size()));
  for (std::size_t i = 0; i < model.size(); ++i) {
    std::uint32_t& own = number[model.residue[i]];
    if (own == missing) {
      own = static_cast<std::uint32_t>(atoms.residues.size());
      atoms.residues.push_back(ids[model.residue[i]]);
    }
    atoms.residue.push_back(own);
    atoms.name.push_back(scheme.atoms(model.type[i]));
    atoms.positions.col(static_cast<Eigen::Index>(i)) =
        Eigen::Vector3d(model.x[i], model.y[i], model.z[i]) / 1000;
  }
  return atoms;
}

Similarity compare(const NucleicAtoms& model, const NucleicAtoms& native, RmsdAtoms rmsd) {
  if (native.residues.empty()) throw UsageError("the native has no nucleotide to compare with");
  const ResidueMatch match = match_residues(native.residues, model.residues);
  const auto partner = pair_atoms(model, native, match);
  Similarity result = similarity_of(match, native.residues.size());
  result.lddt = heavy_lddt(model, native, partner);
  const std::string& atom = rmsd_atoms_names()[static_cast<std::size_t>(rmsd)];
  const auto [moved, fixed] = paired(model, native, partner, rmsd == RmsdAtoms::heavy ? "" : atom);
  if (moved.cols() > 0) result.rmsd = superpose(moved, fixed).rmsd;
  const auto [model_c3, native_c3] = paired(model, native, partner, "C3'");
  set_fit(fit_scores(model_c3, native_c3, native.residues.size(), Polymer::nucleic_acid), result);
  return result;
}

}  // namespace potential
