#include "brute_force.hpp"

#include <cmath>
#include <gemmi/gz.hpp>
#include <gemmi/mmread.hpp>
#include <gemmi/polyheur.hpp>
#include <map>
#include <optional>
#include <set>

namespace potential::test {
namespace {

struct Site {
  int type;
  long x, y, z;
  int chain, residue, position;
};

long milli(double value) { return std::lround(value * 1000); }

const std::set<std::string> backbone = {"N", "CA", "C", "O", "OXT"};

std::string parent(const std::string& name) { return name == "MSE" ? "MET" : name; }

std::string atom_name(const gemmi::Residue& residue, const gemmi::Atom& atom) {
  if (residue.name == "MSE" && atom.name == "SE") return "SD";
  if (residue.name == "ILE" && atom.name == "CD") return "CD1";
  return atom.name;
}

const gemmi::Atom* find(const gemmi::Residue& residue, const std::string& name) {
  for (const auto& atom : residue.atoms)
    if (atom_name(residue, atom) == name) return &atom;
  return nullptr;
}

std::optional<gemmi::Position> residue_site(const gemmi::Residue& residue,
                                            SitePlacement placement) {
  const auto* ca = find(residue, "CA");
  if (placement == SitePlacement::ca || parent(residue.name) == "GLY")
    return ca == nullptr ? std::nullopt : std::optional(ca->pos);
  if (placement == SitePlacement::cb) {
    if (const auto* cb = find(residue, "CB")) return cb->pos;
    const auto *n = find(residue, "N"), *c = find(residue, "C");
    if (n == nullptr || c == nullptr || ca == nullptr) return std::nullopt;
    const gemmi::Vec3 b = ca->pos - n->pos, d = c->pos - ca->pos, a = b.cross(d);
    return gemmi::Position(gemmi::Vec3(ca->pos) + a * -0.58273431 + b * 0.56802827 +
                           d * -0.54067466);
  }
  static const Scheme heavy = load_scheme("heavy-atom");
  // In whole mÅ, where half a mÅ is exactly that and rounds away from zero.
  long x = 0, y = 0, z = 0, count = 0;
  for (const auto& entry : heavy.sites_of(parent(residue.name)))
    if (backbone.count(entry.atom) == 0)
      if (const auto* atom = find(residue, entry.atom)) {
        x += milli(atom->pos.x), y += milli(atom->pos.y), z += milli(atom->pos.z);
        ++count;
      }
  if (count == 0) return std::nullopt;
  const auto mean = [count](long sum) {
    return std::copysign(double((2 * std::labs(sum) + count) / (2 * count)), double(sum)) / 1000;
  };
  return gemmi::Position(mean(x), mean(y), mean(z));
}

void add_sites(const gemmi::Residue& residue, const Scheme& scheme, Site site,
               std::vector<Site>& sites) {
  const auto put = [&](const gemmi::Position& at, int type) {
    site.type = type;
    site.x = milli(at.x);
    site.y = milli(at.y);
    site.z = milli(at.z);
    sites.push_back(site);
  };
  for (const auto& entry : scheme.sites_of(parent(residue.name))) {
    if (scheme.placement() == SitePlacement::atom) {
      if (const auto* atom = find(residue, entry.atom)) put(atom->pos, entry.type);
    } else if (const auto at = residue_site(residue, scheme.placement())) {
      put(*at, entry.type);
    }
  }
}

int step(const gemmi::Residue& from, const gemmi::Residue& to) {
  const auto *c = find(from, "C"), *n = find(to, "N");
  if (c != nullptr && n != nullptr && c->pos.dist(n->pos) < 2) return 1;
  return std::max(1, std::abs(*to.seqid.num - *from.seqid.num));
}

std::vector<Site> sites_of(const std::string& path, const Scheme& scheme) {
  static const Scheme amino_acids = load_scheme("residue-ca");
  gemmi::PdbReadOptions options;
  options.max_line_length = 72;
  options.split_chain_on_ter = true;
  const auto structure = gemmi::read_pdb(gemmi::MaybeGzipped(path), options);
  std::vector<Site> sites;
  int chain_number = 0, residue_number = 0;
  for (const auto& chain : structure.models.at(0).chains) {
    const gemmi::Residue* before = nullptr;
    Site site{};
    site.chain = ++chain_number;
    for (const auto& residue : chain.residues) {
      if (!amino_acids.knows_residue(parent(residue.name))) continue;
      if (before != nullptr) site.position += step(*before, residue);
      before = &residue;
      site.residue = ++residue_number;
      add_sites(residue, scheme, site, sites);
    }
  }
  return sites;
}

int class_of(const Site& a, const Site& b, const SeparationClasses& classes) {
  if (a.chain != b.chain) return classes.of_different_chains();
  if (a.residue == b.residue && classes.of_separation(0) < 0) return -1;
  return classes.of_separation(std::abs(a.position - b.position));
}

}  // namespace

CountTable brute_force_counts(const std::string& path, const TableAxes& axes) {
  const auto sites = sites_of(path, axes.scheme);
  CountTable counts = CountTable::Zero(Eigen::Index{axes.classes()} * axes.rows(), axes.columns());
  for (std::size_t i = 0; i < sites.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const Site &a = sites[i], &b = sites[j];
      const long dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z;
      const int bin = axes.bins.find_squared(dx * dx + dy * dy + dz * dz);
      const int k = class_of(a, b, axes.separations);
      if (bin >= 0 && k >= 0)
        ++counts(Eigen::Index{k} * axes.rows() + axes.pairs.row(a.type, b.type), bin);
    }
  return counts;
}

}  // namespace potential::test
