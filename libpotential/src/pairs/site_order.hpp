#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include <potential/core/model.hpp>

#include "pairs/site_blocks.hpp"

namespace potential {

/// What holds some sites.
struct SiteExtent {
  std::array<std::int32_t, 3> lo, hi;  ///< mÅ
  std::int64_t width(std::size_t axis) const { return std::int64_t{hi[axis]} - lo[axis]; }
};

SiteExtent extent_of(const SiteBlocks::Site* begin, const SiteBlocks::Site* end);

/// Brings the sites into an order in which every 16, 256 and 4096 in a row, from
/// the first on, stand close together (but for what is left at the end).
/// @param sites    in the order of the model, that is chain by chain
/// @param by_chain keep chains apart
void arrange(std::vector<SiteBlocks::Site>& sites, const Model& model, bool by_chain);

}  // namespace potential
