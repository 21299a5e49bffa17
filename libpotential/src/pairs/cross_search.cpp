#include "pairs/cross_search.hpp"
#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace potential {
namespace {

std::int64_t largest_coordinate_of(const Model& model) {
  std::int64_t largest = 0;
  for (const auto* values : {&model.x, &model.y, &model.z})
    for (const std::int64_t value : *values) largest = std::max(largest, std::abs(value));
  return largest;
}

}  // namespace

CrossSearch::CrossSearch(const DistanceBins& bins)
    : path_(automatic_path()),
      bins_(bins),
      classes_(SeparationClasses::parse("inter"), bins.size()),
      layout_(CellLayout::square(static_cast<std::uint32_t>(bins.size()))),
      scan_(path_.scan(bins_, classes_, {false, false})) {}

/// All in one chain: the moving sites stand in another.
void CrossSearch::lay_out(const Model& still) {
  Model one_chain;
  one_chain.x = still.x;
  one_chain.y = still.y;
  one_chain.z = still.z;
  one_chain.type = still.type;
  one_chain.residue.assign(still.size(), 0);
  one_chain.residues.resize(1);
  one_chain.chains.resize(1);
  // Those that move may be anywhere.
  const std::int32_t reach = bins_.squares() ? 32766 - bins_.cutoff() : -1;
  sites_.build(one_chain, {reach, reach}, false, layout_);
  superblocks_.resize(sites_.block_boxes().size());
  std::iota(superblocks_.begin(), superblocks_.end(), 0U);
  blocks_.resize(16 * (superblocks_.size() + 1));
}

ScanTask CrossSearch::start(const Model& moving) const {
  // What rounding to single precision may shorten a distance by, as in SiteBlocks.
  const float slack =
      std::max(sites_.slack(), static_cast<float>(largest_coordinate_of(moving)) * 0x1p-21F);
  ScanTask task{};
  task.blocks = sites_.blocks().data();
  task.heads = sites_.heads().data();
  task.boxes = sites_.block_boxes().data();
  task.sites = sites_.sites().data();
  task.bins = &bins_;
  task.classes = &classes_;
  task.one_centre = sites_.one_centre();
  task.one_chain = true;
  task.near_limit = near_limit(bins_.cutoff(), slack);
  task.lowest_square = static_cast<std::uint32_t>(bins_.lowest_square());
  task.key_range = bins_.range();
  task.lowest_separation = classes_.lowest();
  task.highest_separation = classes_.highest();
  task.own = nullptr;
  task.chain = 1;
  return task;
}

const std::uint32_t* CrossSearch::find_blocks(const Model& moving, std::uint32_t site,
                                              ScanTask& task) {
  task.from = {moving.x[site], moving.y[site], moving.z[site], site};
  const auto x = static_cast<float>(task.from.x), y = static_cast<float>(task.from.y),
             z = static_cast<float>(task.from.z);
  task.point = {{x, y, z, 0}, {x, y, z, 0}};
  end_ = blocks_.data() + path_.list(task, superblocks_.data(),
                                     superblocks_.data() + superblocks_.size(), blocks_.data());
  return blocks_.data();
}

std::size_t CrossSearch::scan(const ScanTask& task, const std::uint32_t*& block) {
  std::size_t n = 0;
  block = scan_(task, block, end_, {offset_, site_, separation_, key_}, full_batch, n);
  return n;
}

}  // namespace potential
