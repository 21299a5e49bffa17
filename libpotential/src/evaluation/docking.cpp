#include <algorithm>
#include <functional>
#include <map>
#include <potential/evaluation/docking.hpp>
#include <potential/evaluation/superpose.hpp>
#include <potential/support/error.hpp>

#include "evaluation/complex_chains.hpp"

namespace potential {
namespace {

constexpr double contact_distance = 5, interface_distance = 10;  // Å
constexpr std::size_t max_ways = 1000;  ///< to match chains that are copies

/// A residue of a complex: number of the chain, and of the residue in it.
struct Place {
  std::size_t chain = 0, residue = 0;
};
struct Contact {
  Place receptor, ligand;
};

/// Backbone atoms that the bound complex and a pose have in common.
struct PairedAtoms {
  std::vector<Eigen::Vector3d> native, pose;

  static Points columns(const std::vector<Eigen::Vector3d>& points) {
    Points result(3, static_cast<Eigen::Index>(points.size()));
    for (std::size_t k = 0; k < points.size(); ++k)
      result.col(static_cast<Eigen::Index>(k)) = points[k];
    return result;
  }
  void add(const ResidueAtoms& in_native, const ResidueAtoms& in_pose) {
    for (std::size_t k = 0; k < in_native.backbone.size(); ++k) {
      if (!in_native.backbone[k] || !in_pose.backbone[k]) continue;
      native.push_back(*in_native.backbone[k]);
      pose.push_back(*in_pose.backbone[k]);
    }
  }
  Superposition superposed() const { return superpose(columns(pose), columns(native)); }
  double rmsd_after(const Superposition& by) const {
    double sum = 0;
    for (std::size_t k = 0; k < native.size(); ++k)
      sum += (by.rotation * pose[k] + by.translation - native[k]).squaredNorm();
    return std::sqrt(sum / static_cast<double>(native.size()));
  }
};

CapriClass capri_class(const DockingSimilarity& found) {
  const auto within = [&](double lrmsd, double irmsd) {
    return found.lrmsd <= lrmsd || found.irmsd <= irmsd;
  };
  if (found.fnat >= 0.5 && within(1, 1)) return CapriClass::high;
  if (found.fnat >= 0.3 && within(5, 2)) return CapriClass::medium;
  if (found.fnat >= 0.1 && within(10, 4)) return CapriClass::acceptable;
  return CapriClass::incorrect;
}

double near_one(double rmsd, double scale) { return 1 / (1 + rmsd * rmsd / (scale * scale)); }

const ComplexChain* find_chain(const std::vector<ComplexChain>& chains, const std::string& name) {
  const auto found = std::find_if(chains.begin(), chains.end(),
                                  [&](const ComplexChain& chain) { return chain.name == name; });
  return found == chains.end() ? nullptr : &*found;
}

/// For each chain of the bound complex, that of the pose, and their residues.
struct Assignment {
  std::vector<const ComplexChain*> chains;
  std::vector<const std::vector<std::size_t>*> partner;  ///< [chain][residue], or no_residue
};
constexpr std::size_t no_residue = SIZE_MAX;

}  // namespace

struct BoundComplex::Parts {
  std::vector<ComplexChain> chains;  ///< of the receptor, then of the ligand
  std::size_t receptor_chains = 0;
  std::vector<Contact> contacts;
  std::vector<std::vector<bool>> in_interface;  ///< [chain][residue]
  std::vector<std::vector<bool>> copies;        ///< [chain][chain]

  void find_interface();
  void find_copies();
  DockingSimilarity compare(const Assignment& assignment) const;
};

namespace {

using Partner = std::vector<std::size_t>;

/// The ways in which the chains of a pose can be those of the bound complex.
class ChainMatcher {
 public:
  ChainMatcher(const std::vector<ComplexChain>& bound, const std::vector<std::vector<bool>>& copies,
               const std::vector<ComplexChain>& pose)
      : bound_(bound), pose_(pose), candidates_(bound.size()) {
    if (!take_names(copies)) take_any();
  }

  void for_each(const std::function<void(const Assignment&)>& visit) {
    Assignment assignment;
    extend(assignment, visit);
  }

 private:
  /// The pose has the same ids: chains can be exchanged with their copies.
  bool take_names(const std::vector<std::vector<bool>>& copies) {
    for (std::size_t i = 0; i < bound_.size(); ++i) {
      const ComplexChain* own = find_chain(pose_, bound_[i].name);
      if (own == nullptr || partner(i, own) == nullptr) return false;
    }
    for (std::size_t i = 0; i < bound_.size(); ++i)
      for (std::size_t k = 0; k < bound_.size(); ++k) {
        const ComplexChain* chain = find_chain(pose_, bound_[k].name);
        if ((i == k || copies[i][k]) && partner(i, chain) != nullptr)
          candidates_[i].push_back(chain);
      }
    return true;
  }
  void take_any() {
    for (std::size_t i = 0; i < bound_.size(); ++i) {
      candidates_[i].clear();
      for (const ComplexChain& chain : pose_)
        if (partner(i, &chain) != nullptr) candidates_[i].push_back(&chain);
    }
  }

  /// The residues of a chain of the pose as those of a chain of the bound complex, or
  /// nullptr when they are of another protein.
  const Partner* partner(std::size_t i, const ComplexChain* chain) {
    const auto [at, is_new] = partners_.try_emplace({i, chain});
    if (is_new) {
      const ResidueMatch match = match_residues(bound_[i].ids, chain->ids);
      if (match.same_protein()) {
        at->second.assign(bound_[i].ids.size(), no_residue);
        for (std::size_t k = 0; k < match.size(); ++k) at->second[match.native[k]] = match.model[k];
      }
    }
    return at->second.empty() ? nullptr : &at->second;
  }

  void extend(Assignment& assignment, const std::function<void(const Assignment&)>& visit) {
    const std::size_t i = assignment.chains.size();
    if (i == bound_.size()) {
      if (++ways_ > max_ways)
        throw Error("its identical chains can be matched in more than " + std::to_string(max_ways) +
                    " ways");
      visit(assignment);
      return;
    }
    for (const ComplexChain* chain : candidates_[i]) {
      const auto& taken = assignment.chains;
      if (std::find(taken.begin(), taken.end(), chain) != taken.end()) continue;
      assignment.chains.push_back(chain);
      assignment.partner.push_back(partner(i, chain));
      extend(assignment, visit);
      assignment.chains.pop_back();
      assignment.partner.pop_back();
    }
  }

  const std::vector<ComplexChain>& bound_;
  const std::vector<ComplexChain>& pose_;
  std::vector<std::vector<const ComplexChain*>> candidates_;  ///< [chain of the bound complex]
  std::map<std::pair<std::size_t, const ComplexChain*>, Partner> partners_;
  std::size_t ways_ = 0;
};

}  // namespace

void BoundComplex::Parts::find_interface() {
  for (const ComplexChain& chain : chains) in_interface.emplace_back(chain.residues.size(), false);
  for (std::size_t a = 0; a < receptor_chains; ++a)
    for (std::size_t b = receptor_chains; b < chains.size(); ++b)
      for (std::size_t i = 0; i < chains[a].residues.size(); ++i)
        for (std::size_t k = 0; k < chains[b].residues.size(); ++k) {
          const ResidueAtoms &first = chains[a].residues[i], &second = chains[b].residues[k];
          // No atom of an amino acid is farther than 15 Å from its first one.
          if ((first.atoms[0] - second.atoms[0]).squaredNorm() > 40 * 40) continue;
          if (!are_near(first, second, interface_distance)) continue;
          in_interface[a][i] = in_interface[b][k] = true;
          if (are_near(first, second, contact_distance)) contacts.push_back({{a, i}, {b, k}});
        }
}

void BoundComplex::Parts::find_copies() {
  copies.assign(chains.size(), std::vector<bool>(chains.size(), false));
  for (std::size_t i = 0; i < chains.size(); ++i)
    for (std::size_t k = 0; k < chains.size(); ++k)
      copies[i][k] = match_residues(chains[i].ids, chains[k].ids).same_protein();
}

DockingSimilarity BoundComplex::Parts::compare(const Assignment& assignment) const {
  const auto in_pose = [&](std::size_t chain, std::size_t residue) -> const ResidueAtoms* {
    const std::size_t found = (*assignment.partner[chain])[residue];
    return found == no_residue ? nullptr : &assignment.chains[chain]->residues[found];
  };
  DockingSimilarity result;
  result.native_contacts = contacts.size();
  std::size_t kept = 0;
  for (const Contact& contact : contacts) {
    const ResidueAtoms* first = in_pose(contact.receptor.chain, contact.receptor.residue);
    const ResidueAtoms* second = in_pose(contact.ligand.chain, contact.ligand.residue);
    if (first != nullptr && second != nullptr && are_near(*first, *second, contact_distance))
      ++kept;
  }
  PairedAtoms receptor, ligand, interface;
  for (std::size_t chain = 0; chain < chains.size(); ++chain)
    for (std::size_t residue = 0; residue < chains[chain].residues.size(); ++residue) {
      const ResidueAtoms* pose = in_pose(chain, residue);
      if (pose == nullptr) continue;
      const ResidueAtoms& native = chains[chain].residues[residue];
      (chain < receptor_chains ? receptor : ligand).add(native, *pose);
      if (in_interface[chain][residue]) interface.add(native, *pose);
    }
  if (receptor.native.empty() || ligand.native.empty() || interface.native.empty())
    throw Error("has no backbone atom of the interface in common with the bound complex");
  result.fnat = static_cast<double>(kept) / static_cast<double>(contacts.size());
  result.irmsd = interface.superposed().rmsd;
  result.lrmsd = ligand.rmsd_after(receptor.superposed());
  result.dockq = (result.fnat + near_one(result.irmsd, 1.5) + near_one(result.lrmsd, 8.5)) / 3;
  result.capri = capri_class(result);
  return result;
}

BoundComplex::BoundComplex(const Model& bound, const Scheme& scheme, const ChainGroups& partners) {
  const std::vector<ComplexChain> all = complex_chains(bound, scheme);
  auto parts = std::make_unique<Parts>();
  for (const auto* group : {&partners.first, &partners.second})
    for (const std::string& name : *group) {
      const ComplexChain* chain = find_chain(all, name);
      if (chain == nullptr)
        throw Error(bound.id + ": has no chain '" + name + "' of " + partners.to_string());
      parts->chains.push_back(*chain);
    }
  parts->receptor_chains = partners.first.size();
  parts->find_interface();
  if (parts->contacts.empty())
    throw Error(bound.id + ": its partners " + partners.to_string() +
                " have no residues within 5 Å of each other");
  parts->find_copies();
  parts_ = std::move(parts);
}
BoundComplex::~BoundComplex() = default;
BoundComplex::BoundComplex(BoundComplex&&) noexcept = default;

DockingSimilarity BoundComplex::compare(const Model& pose) const {
  static const Scheme scheme = docking_scheme();
  const std::vector<ComplexChain> chains = complex_chains(pose, scheme);
  std::optional<DockingSimilarity> best;
  ChainMatcher(parts_->chains, parts_->copies, chains).for_each([&](const Assignment& assignment) {
    const DockingSimilarity found = parts_->compare(assignment);
    if (!best || found.dockq > best->dockq) best = found;
  });
  if (!best) throw Error("its chains are not those of the bound complex, by number or by sequence");
  return *best;
}

Scheme docking_scheme() {
  const Scheme heavy = load_scheme("heavy-atom");
  std::string residues;
  for (const std::string& name : heavy.residue_names())
    residues += (residues.empty() ? "" : ",") + name;
  return Scheme::parse(heavy.definition() + "\nOXT " + residues + " OXT\n", "docking");
}

const char* to_string(CapriClass capri) {
  switch (capri) {
    case CapriClass::incorrect:
      return "incorrect";
    case CapriClass::acceptable:
      return "acceptable";
    case CapriClass::medium:
      return "medium";
    case CapriClass::high:
      return "high";
  }
  return "";
}

std::optional<double> docking_figure(const DockingSimilarity& similarity, const std::string& name) {
  if (name == "dockq") return similarity.dockq;
  if (name == "fnat") return similarity.fnat;
  if (name == "irmsd") return similarity.irmsd;
  if (name == "lrmsd") return similarity.lrmsd;
  return std::nullopt;
}

}  // namespace potential
