#include "core/scheme_nesting.hpp"
#include <map>
#include <potential/support/error.hpp>
#include <utility>

#include "core/centroid_site.hpp"

namespace potential {
namespace {

/// (residue, atom) -> type.
using Sites = std::map<std::pair<std::string, std::string>, int>;

/// Where the one site of a residue stands; as it is written in atom schemes.
std::string atom_of(SitePlacement placement, const std::string& residue) {
  if (placement == SitePlacement::centroid) return centroid_site;
  return placement == SitePlacement::ca || residue == "GLY" ? "CA" : "CB";
}

Sites sites_of(const Scheme& scheme) {
  Sites sites;
  for (const std::string& residue : scheme.residue_names())
    for (const auto& entry : scheme.sites_of(residue))
      sites[{residue, scheme.placement() == SitePlacement::atom
                          ? entry.atom
                          : atom_of(scheme.placement(), residue)}] = entry.type;
  return sites;
}

constexpr int unset = -2, divided = -3;

/// As nest_types, but `divided` for a type that is; the number of sites of
/// `coarse` that were met is counted.
std::vector<int> map_types(const Sites& coarse, const Scheme& fine, std::size_t& met) {
  std::vector<int> types(static_cast<std::size_t>(fine.size()), unset);
  for (const auto& [site, type] : sites_of(fine)) {
    const auto found = coarse.find(site);
    const int own = found == coarse.end() ? -1 : found->second;
    if (own >= 0) ++met;
    int& mapped = types[static_cast<std::size_t>(type)];
    mapped = mapped == unset || mapped == own ? own : divided;
  }
  return types;
}

}  // namespace

std::vector<int> nest_types(const Scheme& coarse, const Scheme& fine) {
  const Sites sites = sites_of(coarse);
  std::size_t met = 0;
  std::vector<int> types = map_types(sites, fine, met);
  const std::string schemes =
      "the type scheme " + coarse.name() + " does not nest in " + fine.name();
  for (std::size_t type = 0; type < types.size(); ++type)
    if (types[type] == divided)
      throw UsageError(schemes + ": it divides the type " + fine.type_name(static_cast<int>(type)));
  if (met != sites.size())
    throw UsageError(schemes + ": it has sites that are not in " + fine.name());
  return types;
}

bool nests(const Scheme& coarse, const Scheme& fine) {
  const Sites sites = sites_of(coarse);
  std::size_t met = 0;
  for (const int type : map_types(sites, fine, met))
    if (type == divided) return false;
  return met == sites.size();
}

}  // namespace potential
