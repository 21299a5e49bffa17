#pragma once
#include <initializer_list>
#include <potential/core/model.hpp>
#include <vector>

#include "structure/chains.hpp"
#include "structure/site_geometry.hpp"

namespace potential {

/// Of each site of a model: how it is placed, and on which rows.
struct SiteOrigins {
  std::vector<SiteRule> rules;
  std::vector<std::size_t> begin{0};  ///< [sites + 1] into rows
  std::vector<const AtomRow*> rows;   ///< ideal_cb: N, CA, C

  void add(SiteRule rule, std::initializer_list<const AtomRow*> of) {
    rows.insert(rows.end(), of);
    end(rule);
  }
  void end(SiteRule rule) {
    rules.push_back(rule);
    begin.push_back(rows.size());
  }
};

struct SiteOptions {
  const ResidueRules* rules = nullptr;
  double min_plddt = 0;
  const std::vector<std::string>* chains = nullptr;  ///< to take; empty = all
  bool heavy_atoms = false;                          ///< Model::heavy_atoms
  SiteOrigins* origins = nullptr;                    ///< filled when asked for
};

/// The typed sites of one model; its id is left empty. A model without a site
/// comes back empty.
/// @throws FormatError on an unreadable coordinate at a site, or a chain that
///         is asked for and not there.
Model place_sites(const AtomTable& table, const SiteOptions& options, const SourceText& source);

}  // namespace potential
