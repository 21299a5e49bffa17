#include <algorithm>
#include <cmath>
#include <potential/pairs/scan.hpp>

namespace potential {
namespace {

std::uint32_t separation_of(const SiteBlock& a, std::size_t i, const SiteBlock& b, std::size_t j) {
  if (a.chain[i] != b.chain[j]) return ClassLookup::other_chain;
  const auto [low, high] = std::minmax(a.position[i], b.position[j]);
  return std::min(high - low, ClassLookup::far);
}

std::uint32_t near_baseline(const BoxSet& set, const Box& box, float limit) {
  float squared[16] = {};
  for (std::size_t axis = 0; axis < 3; ++axis)
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

std::size_t scan_block(const ScanTask& task, std::size_t index, std::uint32_t lanes,
                       const Hits& hits, std::size_t n) {
  const SiteBlock& block = task.sites->blocks()[index];
  const SiteBlock& own = task.sites->blocks()[task.slot / 16];
  std::uint32_t squared[16];
  squared_distances(block, task.sites->sites()[task.slot], squared);
  const auto lowest = static_cast<std::uint32_t>(task.bins->lowest_square());
  for (std::size_t lane = 0; lane < 16; ++lane) {
    const std::uint32_t key = squared[lane] - lowest;
    const std::uint32_t separation = separation_of(own, task.slot % 16, block, lane);
    hits.key[n] = key;
    hits.site[n] = block.site[lane];
    hits.type[n] = static_cast<std::uint16_t>(block.type[lane]);
    hits.separation[n] = static_cast<std::uint16_t>(separation);
    n += (lanes >> lane & 1U) & static_cast<std::uint32_t>(key < task.bins->range()) &
         static_cast<std::uint32_t>(separation >= task.classes->lowest()) &
         static_cast<std::uint32_t>(separation <= task.classes->highest());
  }
  return n;
}

std::size_t scan_baseline(const ScanTask& task, std::size_t superblock, const Hits& hits,
                          std::size_t n) {
  const std::size_t own = task.slot / 16;
  std::uint32_t blocks =
      near_baseline(task.sites->block_boxes()[superblock], task.point, task.near_limit);
  if (superblock == own / 16) blocks &= ~0U << own % 16;
  for (std::size_t b = superblock * 16; blocks != 0; ++b, blocks >>= 1) {
    if ((blocks & 1U) == 0) continue;
    const SiteBlock& block = task.sites->blocks()[b];
    const std::uint32_t lanes = b == own ? block.lanes & ~1U << task.slot % 16 : block.lanes;
    n = block.wide ? scan_wide(task, b, lanes, hits, n) : scan_block(task, b, lanes, hits, n);
  }
  return n;
}

}  // namespace

const ScanPath& baseline_path() {
  static constexpr ScanPath path{"baseline", near_baseline, scan_baseline};
  return path;
}

std::size_t scan_wide(const ScanTask& task, std::size_t index, std::uint32_t lanes,
                      const Hits& hits, std::size_t n) {
  const SiteBlock& block = task.sites->blocks()[index];
  const SiteBlock& own = task.sites->blocks()[task.slot / 16];
  const auto* const sites = task.sites->sites().data();
  const SiteBlocks::Site& from = sites[task.slot];
  const BinLookup& bins = *task.bins;
  for (std::size_t lane = 0; lane < 16; ++lane) {
    if ((lanes >> lane & 1U) == 0) continue;
    const SiteBlocks::Site& to = sites[index * 16 + lane];
    const std::int64_t dx = std::int64_t{to.x} - from.x;
    const std::int64_t dy = std::int64_t{to.y} - from.y;
    const std::int64_t dz = std::int64_t{to.z} - from.z;
    if (std::abs(dx) > bins.cutoff() || std::abs(dy) > bins.cutoff() ||
        std::abs(dz) > bins.cutoff())
      continue;
    const std::int64_t squared = dx * dx + dy * dy + dz * dz;
    const std::uint32_t separation = separation_of(own, task.slot % 16, block, lane);
    if (squared < bins.lowest_square() || squared >= bins.cutoff_square() ||
        separation < task.classes->lowest() || separation > task.classes->highest())
      continue;
    hits.key[n] = bins.key(squared);
    hits.site[n] = block.site[lane];
    hits.type[n] = static_cast<std::uint16_t>(block.type[lane]);
    hits.separation[n] = static_cast<std::uint16_t>(separation);
    ++n;
  }
  return n;
}

}  // namespace potential
