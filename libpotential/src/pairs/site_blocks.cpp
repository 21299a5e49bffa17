#include "pairs/site_blocks.hpp"
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "pairs/site_order.hpp"

namespace potential {
namespace {

using Site = SiteBlocks::Site;

BoxSet empty_boxes() {
  BoxSet set;
  constexpr float infinity = std::numeric_limits<float>::infinity();
  for (std::size_t axis = 0; axis < 4; ++axis) {
    std::fill(std::begin(set.lo[axis]), std::end(set.lo[axis]), infinity);
    std::fill(std::begin(set.hi[axis]), std::end(set.hi[axis]), -infinity);
  }
  return set;
}

std::size_t parts(std::size_t size, std::size_t part) { return (size + part - 1) / part; }

/// Boxes around each set of sixteen boxes.
void enclose(const std::vector<BoxSet>& inner, std::vector<BoxSet>& outer) {
  outer.assign(parts(inner.size(), 16), empty_boxes());
  for (std::size_t i = 0; i < inner.size(); ++i)
    for (std::size_t axis = 0; axis < 4; ++axis) {
      const auto& lo = inner[i].lo[axis];
      const auto& hi = inner[i].hi[axis];
      outer[i / 16].lo[axis][i % 16] = *std::min_element(std::begin(lo), std::end(lo));
      outer[i / 16].hi[axis][i % 16] = *std::max_element(std::begin(hi), std::end(hi));
    }
}

}  // namespace

bool SiteBlocks::has_several_chains(const Model& model) const {
  return std::any_of(sites_.begin(), sites_.end(), [&](const Site& site) {
    return model.residues[model.residue[site.index]].chain !=
           model.residues[model.residue[0]].chain;
  });
}

/// One for all, when the sites lie close enough.
void SiteBlocks::find_centre(std::int32_t reach) {
  one_centre_ = !sites_.empty();
  if (!one_centre_) return;
  const SiteExtent e = extent_of(sites_.data(), sites_.data() + sites_.size());
  for (std::size_t axis = 0; axis < 3; ++axis) {
    centre_[axis] = static_cast<std::int32_t>(e.lo[axis] + e.width(axis) / 2);
    one_centre_ = one_centre_ && e.width(axis) / 2 + 1 <= reach;
  }
}

Box SiteBlocks::point(std::size_t slot) const {
  const Site& site = sites_[slot];
  const auto x = static_cast<float>(site.x), y = static_cast<float>(site.y),
             z = static_cast<float>(site.z);
  const float chain = chain_place(blocks_[slot / lanes].chain[slot % lanes]);
  return {{x, y, z, chain}, {x, y, z, chain}};
}

Box SiteBlocks::box(const BoxSet& set, std::size_t index) {
  return {{set.lo[0][index], set.lo[1][index], set.lo[2][index], set.lo[3][index]},
          {set.hi[0][index], set.hi[1][index], set.hi[2][index], set.hi[3][index]}};
}

void SiteBlocks::build(const Model& model, const Reach& reach, bool by_chain,
                       const CellLayout& layout) {
  const std::size_t n = model.size();
  sites_.resize(n);
  std::int64_t largest = 0;
  for (std::size_t i = 0; i < n; ++i) {
    sites_[i] = {model.x[i], model.y[i], model.z[i], static_cast<std::uint32_t>(i)};
    for (const std::int64_t value : {model.x[i], model.y[i], model.z[i]})
      largest = std::max(largest, std::abs(value));
  }
  slack_ = static_cast<float>(largest) * 0x1p-21F;
  std::int64_t first = 0, last = 0;
  for (const Residue& residue : model.residues) {
    first = std::min<std::int64_t>(first, residue.position);
    last = std::max<std::int64_t>(last, residue.position);
  }
  far_positions_ = last - first > INT32_MAX;
  by_chain_ = by_chain && has_several_chains(model);
  arrange(sites_, model, by_chain_);
  find_centre(reach.all);
  blocks_.resize(parts(n, lanes));
  heads_.resize(blocks_.size());
  block_boxes_.assign(parts(n, superblock), empty_boxes());
  for (std::size_t begin = 0; begin < n; begin += lanes)
    fill_block(model, begin, reach.block, layout);
  enclose(block_boxes_, superblock_boxes_);
  enclose(superblock_boxes_, group_boxes_);
}

void SiteBlocks::fill_block(const Model& model, std::size_t begin, std::int32_t reach,
                            const CellLayout& layout) {
  const std::size_t n = std::min(lanes, sites_.size() - begin);
  const Site* const first = sites_.data() + begin;
  SiteBlock& block = blocks_[begin / lanes];
  block = SiteBlock{};
  BlockHead& head = heads_[begin / lanes];
  head = BlockHead{};
  head.lanes = (1U << n) - 1;
  head.wide = far_positions_;
  const SiteExtent e = extent_of(first, first + n);
  BoxSet& boxes = block_boxes_[begin / superblock];
  for (std::size_t axis = 0; axis < 3; ++axis) {
    boxes.lo[axis][begin / lanes % 16] = static_cast<float>(e.lo[axis]);
    boxes.hi[axis][begin / lanes % 16] = static_cast<float>(e.hi[axis]);
    block.centre[axis] =
        one_centre_ ? centre_[axis] : static_cast<std::int32_t>(e.lo[axis] + e.width(axis) / 2);
    head.wide = head.wide || (!one_centre_ && e.width(axis) / 2 + 1 > reach);
  }
  for (std::size_t lane = 0; lane < n; ++lane) {
    const Site& site = first[lane];
    const Residue& residue = model.residues[model.residue[site.index]];
    block.chain[lane] = residue.chain;
    head.mixed = head.mixed || residue.chain != block.chain[0];
    float& first_chain = boxes.lo[3][begin / lanes % 16];
    float& last_chain = boxes.hi[3][begin / lanes % 16];
    first_chain = std::min(first_chain, chain_place(residue.chain));
    last_chain = std::max(last_chain, chain_place(residue.chain));
    block.position[lane] = static_cast<std::uint32_t>(residue.position) ^ 0x80000000U;
    block.site[lane] = site.index;
    block.type[lane] = model.type[site.index];
    block.as_first[lane] = layout.as_first(block.type[lane]);
    block.as_second[lane] = layout.as_second(block.type[lane]);
    if (head.wide) continue;
    block.xy[2 * lane] = static_cast<std::int16_t>(site.x - block.centre[0]);
    block.xy[2 * lane + 1] = static_cast<std::int16_t>(site.y - block.centre[1]);
    block.z[2 * lane] = static_cast<std::int16_t>(site.z - block.centre[2]);
  }
}

}  // namespace potential
