#include "pairs/scan.hpp"
#include <algorithm>
#include <cmath>

namespace potential {
namespace {

std::uint32_t separation_to(const ScanTask& task, const SiteBlock& block, std::size_t lane) {
  if (block.chain[lane] != task.chain) return ClassLookup::other_chain;
  const auto [low, high] = std::minmax(block.position[lane], task.position);
  return std::min(high - low, ClassLookup::far);
}

bool counts(const ScanTask& task, std::uint32_t separation) {
  return separation >= task.lowest_separation && separation <= task.highest_separation;
}

std::uint32_t near_baseline(const BoxSet& set, const Box& box, float limit) {
  float squared[16] = {};
  for (std::size_t axis = 0; axis < 4; ++axis)
    for (std::size_t b = 0; b < 16; ++b) {
      const float gap = std::max(set.lo[axis][b] - box.hi[axis], box.lo[axis] - set.hi[axis][b]);
      const float apart = std::max(gap, 0.0F);
      squared[b] += apart * apart;
    }
  std::uint32_t mask = 0;
  for (std::size_t b = 0; b < 16; ++b) mask |= static_cast<std::uint32_t>(squared[b] <= limit) << b;
  return mask;
}

/// Squared distances to the sites of a block, differences cut to 16 bits.
void squared_distances(const SiteBlock& block, const SiteBlocks::Site& from,
                       std::uint32_t (&squared)[16]) {
  const auto cut = [](std::int32_t value) { return std::clamp(value, -32768, 32767); };
  const std::int32_t x = cut(from.x - block.centre[0]);
  const std::int32_t y = cut(from.y - block.centre[1]);
  const std::int32_t z = cut(from.z - block.centre[2]);
  for (std::size_t lane = 0; lane < 16; ++lane) {
    const auto dx = static_cast<std::uint32_t>(cut(block.xy[2 * lane] - x));
    const auto dy = static_cast<std::uint32_t>(cut(block.xy[2 * lane + 1] - y));
    const auto dz = static_cast<std::uint32_t>(cut(block.z[2 * lane] - z));
    squared[lane] = dx * dx + dy * dy + dz * dz;
  }
}

std::size_t scan_block(const ScanTask& task, const SiteBlock& block, std::uint32_t lanes,
                       const Hits& hits, std::size_t n) {
  std::uint32_t squared[16];
  squared_distances(block, task.from, squared);
  for (std::size_t lane = 0; lane < 16; ++lane) {
    const std::uint32_t key = squared[lane] - task.lowest_square;
    if (key >= task.key_range || (lanes >> lane & 1U) == 0) continue;
    const std::uint32_t separation = separation_to(task, block, lane);
    hits.key[n] = key;
    hits.offset[n] = task.place(block, lane);
    hits.site[n] = block.site[lane];
    hits.separation[n] = static_cast<std::uint16_t>(separation);
    n += counts(task, separation) ? 1U : 0U;
  }
  return n;
}

std::size_t list_baseline(const ScanTask& task, const std::uint32_t* first,
                          const std::uint32_t* last, std::uint32_t* blocks) {
  const std::size_t own = task.slot / 16;
  std::size_t n = 0;
  for (; first != last; ++first) {
    const std::uint32_t near = near_baseline(task.boxes[*first], task.point, task.near_limit);
    for (std::uint32_t b = 0; b < 16; ++b) {
      blocks[n] = *first * 16 + b;
      n += (near >> b & 1U) != 0 && blocks[n] >= own ? 1U : 0U;
    }
  }
  return n;
}

const std::uint32_t* scan_baseline(const ScanTask& task, const std::uint32_t* first,
                                   const std::uint32_t* last, const Hits& hits, std::size_t full,
                                   std::size_t& found) {
  std::size_t n = found, done = found;
  for (; first != last && n < full; ++first) {
    const SiteBlock& block = task.blocks[*first];
    const BlockHead& head = task.heads[*first];
    const std::uint32_t lanes = &block == task.own ? head.lanes & task.later : head.lanes;
    n = head.wide ? scan_wide(task, *first, lanes, hits, n)
                  : scan_block(task, block, lanes, hits, n);
    if (n >= full) n = done = finish(task, hits, done, n);
  }
  found = finish(task, hits, done, n);
  return first;
}

}  // namespace

const ScanPath& baseline_path() {
  static constexpr ScanPath path{"baseline", near_baseline, list_baseline,
                                 [](const BinLookup&, const ClassLookup&,
                                    const ScanMode&) -> ScanPath::Scan { return scan_baseline; }};
  return path;
}

const ScanPath& automatic_path() {
  if (const ScanPath* path = avx512_path()) return *path;
  if (const ScanPath* path = avx2_path()) return *path;
  return baseline_path();
}

float near_limit(std::int32_t cutoff, float slack) {
  const float reach = static_cast<float>(cutoff) + slack + 1;
  return reach * reach * 1.0001F;
}

std::size_t finish(const ScanTask& task, const Hits& hits, std::size_t found, std::size_t n) {
  const std::size_t size = n - found;
  task.bins->add(hits.key + found, size, hits.offset + found);
  if (task.classes->open_only()) return n;
  return found +
         task.classes->add(hits.separation + found, size, hits.offset + found, hits.site + found);
}

std::size_t scan_wide(const ScanTask& task, std::size_t index, std::uint32_t lanes,
                      const Hits& hits, std::size_t n) {
  const SiteBlock& block = task.blocks[index];
  const BinLookup& bins = *task.bins;
  for (std::size_t lane = 0; lane < 16; ++lane) {
    if ((lanes >> lane & 1U) == 0) continue;
    const SiteBlocks::Site& to = task.sites[index * 16 + lane];
    const std::int64_t dx = std::int64_t{to.x} - task.from.x;
    const std::int64_t dy = std::int64_t{to.y} - task.from.y;
    const std::int64_t dz = std::int64_t{to.z} - task.from.z;
    const std::int64_t farthest = std::max({std::abs(dx), std::abs(dy), std::abs(dz)});
    if (farthest >= bins.cutoff()) continue;  // beyond, three squares could pass 64 bits
    const std::int64_t squared = dx * dx + dy * dy + dz * dz;
    const std::uint32_t separation = separation_to(task, block, lane);
    if (squared < bins.lowest_square() || squared >= bins.cutoff_square() ||
        !counts(task, separation))
      continue;
    hits.key[n] = bins.key(squared);
    hits.offset[n] = task.place(block, lane);
    hits.site[n] = block.site[lane];
    hits.separation[n] = static_cast<std::uint16_t>(separation);
    ++n;
  }
  return n;
}

}  // namespace potential
