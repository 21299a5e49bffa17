#include "structure/site_plan.hpp"
#include <algorithm>
#include <numeric>
#include <potential/support/error.hpp>

#include "structure/decimal.hpp"
#include "structure/sites.hpp"

namespace potential {
namespace {

Vector3 point_of(const Coordinates& frame, std::size_t atom) {
  return {frame.angstrom(3 * atom), frame.angstrom(3 * atom + 1), frame.angstrom(3 * atom + 2)};
}

bool is_usable(Vector3 p) {
  const auto usable = [](double v) {
    return std::abs(v) <= static_cast<double>(largest_coordinate) / 1000;
  };
  return usable(p.x) && usable(p.y) && usable(p.z);
}

/// Calls visit(site, rule, first, last), atoms first to last - 1, for each site.
template <class Visit>
void for_each_site(const SitePlan& plan, const Visit& visit) {
  for (std::size_t site = 0; site < plan.size(); ++site)
    visit(site, plan.rules[site], std::size_t{plan.begin[site]}, std::size_t{plan.begin[site + 1]});
}

}  // namespace

SitePlan SitePlan::of_sites(std::size_t sites) {
  SitePlan plan;
  plan.rules.assign(sites, SiteRule::atom);
  plan.begin.resize(sites + 1);
  std::iota(plan.begin.begin(), plan.begin.end(), 0U);
  plan.atoms.assign(plan.begin.begin(), plan.begin.end() - 1);
  plan.names.assign(sites, 0);
  plan.atoms_in_frame = sites;
  return plan;
}

SitePlan SitePlan::of_origins(const SiteOrigins& origins, const std::vector<const char*>& wheres) {
  SitePlan plan;
  plan.rules = origins.rules;
  plan.begin.assign(origins.begin.begin(), origins.begin.end());
  plan.atoms_in_frame = wheres.size();
  for (const AtomRow* row : origins.rows) {
    const auto found = std::lower_bound(wheres.begin(), wheres.end(), row->where);
    plan.atoms.push_back(static_cast<std::uint32_t>(found - wheres.begin()));
    plan.names.push_back(row->atom);
  }
  return plan;
}

void SitePlan::refuse(std::size_t site, std::size_t k, const Model& model,
                      const std::string& problem) const {
  const Residue& residue = model.residues[model.residue[site]];
  const std::string& chain = model.chains[residue.chain].name;
  std::string name = names[k] == 0 ? "site " : "atom " + unpack_atom(names[k]) + " ";
  name += "of " + (residue.name.empty() ? "residue" : residue.name) + " " +
          std::to_string(residue.number);
  if (residue.insertion_code != ' ') name += residue.insertion_code;
  throw UsageError(name + (chain.empty() ? "" : " of chain " + chain) + " (row " +
                   std::to_string(atoms[k]) + ") " + problem);
}

void SitePlan::place(const Coordinates& frame, Model& model) const {
  const auto at = [&](std::size_t site, std::size_t k) {
    const std::size_t i = 3 * std::size_t{atoms[k]};
    const MilliPoint p{frame.milli(i), frame.milli(i + 1), frame.milli(i + 2)};
    const std::int32_t worst = std::min({p.x, p.y, p.z});
    if (!potential::is_usable(worst))
      refuse(site, k, model,
             worst == unreadable_coordinate ? "has a coordinate that is not finite"
                                            : "lies beyond ±2,000,000 Å");
    return p;
  };
  for_each_site(*this, [&](std::size_t site, SiteRule rule, std::size_t first, std::size_t last) {
    MilliPoint p = at(site, first);
    if (rule == SiteRule::ideal_cb) {
      p = ideal_cb(p, at(site, first + 1), at(site, first + 2));
    } else if (rule == SiteRule::centroid) {
      MilliMean mean;
      mean.add(p);
      for (std::size_t k = first + 1; k < last; ++k) mean.add(at(site, k));
      p = mean.point();
    }
    model.x[site] = p.x, model.y[site] = p.y, model.z[site] = p.z;
  });
}

void SitePlan::place(const Coordinates& frame, const Model& model,
                     std::vector<Vector3>& sites) const {
  const auto at = [&](std::size_t site, std::size_t k) {
    const Vector3 p = point_of(frame, atoms[k]);
    if (!is_usable(p))
      refuse(site, k, model, "has a coordinate that is not finite, or beyond ±2,000,000 Å");
    return p;
  };
  sites.resize(size());
  for_each_site(*this, [&](std::size_t site, SiteRule rule, std::size_t first, std::size_t last) {
    Vector3 p = at(site, first);
    if (rule == SiteRule::ideal_cb) {
      p = ideal_cb(p, at(site, first + 1), at(site, first + 2), 1);
    } else if (rule == SiteRule::centroid) {
      for (std::size_t k = first + 1; k < last; ++k) p = p + at(site, k);
      p = 1.0 / static_cast<double>(last - first) * p;
    }
    sites[site] = p;
  });
}

void SitePlan::add_gradient(const Coordinates& frame, const std::vector<Vector3>& of_sites,
                            double* gradient) const {
  const auto add = [&](std::size_t k, Vector3 g) {
    double* const to = gradient + 3 * std::size_t{atoms[k]};
    to[0] += g.x, to[1] += g.y, to[2] += g.z;
  };
  for_each_site(*this, [&](std::size_t site, SiteRule rule, std::size_t first, std::size_t last) {
    const Vector3 g = of_sites[site];
    if (rule == SiteRule::ideal_cb) {
      using namespace ideal_cb_place;
      const Vector3 n = point_of(frame, atoms[first]), ca = point_of(frame, atoms[first + 1]),
                    c = point_of(frame, atoms[first + 2]);
      // By the two bond vectors CA - N and C - CA.
      const Vector3 by_b = along_n * g + normal * cross(c - ca, g);
      const Vector3 by_c = along_c * g + normal * cross(g, ca - n);
      add(first, -1 * by_b);
      add(first + 1, g + by_b - by_c);
      add(first + 2, by_c);
      return;
    }
    const Vector3 share = 1.0 / static_cast<double>(last - first) * g;
    for (std::size_t k = first; k < last; ++k) add(k, share);
  });
}

}  // namespace potential
