#pragma once
#include <potential/core/model.hpp>

#include "structure/chains.hpp"

namespace potential {

struct SiteOptions {
  const ResidueRules* rules = nullptr;
  double min_plddt = 0;
  const std::vector<std::string>* chains = nullptr;  ///< to take; empty = all
};

/// The typed sites of one model; its id is left empty. A model without a site
/// comes back empty.
/// @throws FormatError on an unreadable coordinate at a site, or a chain that
///         is asked for and not there.
Model place_sites(const AtomTable& table, const SiteOptions& options, const SourceText& source);

}  // namespace potential
