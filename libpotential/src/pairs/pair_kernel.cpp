#include "pairs/pair_kernel.hpp"
#include <algorithm>
#include <numeric>
#include <potential/support/error.hpp>

#include "pairs/scan.hpp"

namespace potential {
namespace {

const ScanPath& choose_path(PairKernel::Path wanted) {
  using Path = PairKernel::Path;
  const ScanPath* found = nullptr;
  if (wanted == Path::avx512 || wanted == Path::automatic) found = avx512_path();
  if (wanted == Path::avx2 || (wanted == Path::automatic && found == nullptr)) found = avx2_path();
  if (wanted == Path::baseline || (wanted == Path::automatic && found == nullptr))
    found = &baseline_path();
  if (found == nullptr)
    throw UsageError(
        "this CPU does not offer the instructions of the path asked for; "
        "take the automatic one");
  return *found;
}

constexpr std::size_t full_batch = 512;
constexpr std::size_t room = full_batch + 2 * SiteBlocks::lanes;

}  // namespace

struct PairKernel::Workspace {
  Workspace(const DistanceBins& b, const SeparationClasses& c, const CellLayout& l, Path wanted)
      : path(choose_path(wanted)), bins(b), classes(c, b.size()), layout(l) {}

  void search(const Model& model, bool with_sites, Callback callback, void* context);
  ScanTask start() const;
  void fill_task(std::size_t slot, ScanTask& task) const;
  void search_from(const ScanTask& task, const std::uint32_t* first, const std::uint32_t* last,
                   Callback callback, void* context);
  void sort_by_type(std::size_t begin, std::size_t end);
  void list_near(std::size_t superblock, float limit);

  const ScanPath& path;
  BinLookup bins;
  ClassLookup classes;
  CellLayout layout;
  SiteBlocks sites;
  std::vector<std::uint32_t> order;       // slots of a group, by type
  std::vector<std::uint32_t> type_begin;  // counting sort
  std::vector<std::uint32_t> near;        // superblocks near each one of the group,
  std::vector<std::size_t> near_begin;    // where each list begins
  std::vector<std::uint32_t> blocks;      // near the site
  ScanPath::Scan scan = nullptr;          // of the running search
  bool with_sites = false;
  alignas(64) std::uint32_t key[room];
  alignas(64) std::uint32_t offset[room];
  alignas(64) std::uint32_t site[room];
  alignas(64) std::uint16_t separation[room];
};

PairKernel::PairKernel(DistanceBins bins, SeparationClasses separations, CellLayout layout,
                       Path path)
    : bins_(std::move(bins)),
      separations_(std::move(separations)),
      workspace_(std::make_unique<Workspace>(bins_, separations_, layout, path)) {}
PairKernel::PairKernel(const DistanceBins& bins, const SeparationClasses& separations, Path path)
    : PairKernel(bins, separations,
                 CellLayout::square(static_cast<std::uint32_t>(bins.size() * separations.size())),
                 path) {}
PairKernel::~PairKernel() = default;
PairKernel::PairKernel(PairKernel&&) noexcept = default;

const char* PairKernel::path_name() const { return workspace_->path.name; }

void PairKernel::run(const Model& model, bool with_sites, Callback callback, void* context) {
  workspace_->search(model, with_sites, callback, context);
}

/// Group by group: the sites of a group type by type, so that both the row of
/// a table and the neighbourhood stay in cache.
void PairKernel::Workspace::search(const Model& model, bool sites_asked_for, Callback callback,
                                   void* context) {
  with_sites = sites_asked_for;
  scan = path.scan(bins, classes, {layout.of_pairs(), with_sites});
  // Differences between any two of the sites that are cut to 16 bits are beyond the cut-off.
  const SiteBlocks::Reach reach =
      bins.squares() ? SiteBlocks::Reach{32766 - bins.cutoff(), 32766} : SiteBlocks::Reach{-1, -1};
  sites.build(model, reach, classes.highest() != ClassLookup::other_chain, layout);
  ScanTask task = start();
  for (std::size_t begin = 0; begin < sites.size(); begin += SiteBlocks::group) {
    const std::size_t end = std::min(begin + SiteBlocks::group, sites.size());
    sort_by_type(begin, end);
    near.clear();
    near_begin.assign(1, 0);
    for (std::size_t s = begin; s < end; s += SiteBlocks::superblock)
      list_near(s / SiteBlocks::superblock, task.near_limit);
    for (const std::uint32_t slot : order) {
      fill_task(slot, task);
      const std::size_t list = (slot - begin) / SiteBlocks::superblock;
      search_from(task, near.data() + near_begin[list], near.data() + near_begin[list + 1],
                  callback, context);
    }
  }
}

ScanTask PairKernel::Workspace::start() const {
  ScanTask task{};
  task.blocks = sites.blocks().data();
  task.heads = sites.heads().data();
  task.boxes = sites.block_boxes().data();
  task.sites = sites.sites().data();
  task.bins = &bins;
  task.classes = &classes;
  task.one_centre = sites.one_centre();
  task.one_chain = !sites.by_chain();
  task.near_limit = near_limit(bins.cutoff(), sites.slack());
  task.lowest_square = static_cast<std::uint32_t>(bins.lowest_square());
  task.key_range = bins.range();
  task.lowest_separation = classes.lowest();
  task.highest_separation = classes.highest();
  return task;
}

void PairKernel::Workspace::fill_task(std::size_t slot, ScanTask& task) const {
  const std::size_t lane = slot % SiteBlocks::lanes;
  task.slot = slot;
  task.from = task.sites[slot];
  task.point = sites.point(slot);
  task.own = task.blocks + slot / SiteBlocks::lanes;
  task.later = ~1U << lane;
  task.chain = task.own->chain[lane];
  task.position = task.own->position[lane];
  if (!layout.of_pairs()) return;
  task.as_first = task.own->as_first[lane];
  task.as_second = task.own->as_second[lane];
}

void PairKernel::Workspace::search_from(const ScanTask& task, const std::uint32_t* first,
                                        const std::uint32_t* last, Callback callback,
                                        void* context) {
  const Hits hits{offset, site, separation, key};
  blocks.resize(std::max(blocks.size(), static_cast<std::size_t>(last - first + 1) * 16));
  const std::uint32_t* block = blocks.data();
  const std::uint32_t* const end = block + path.list(task, first, last, blocks.data());
  const std::uint16_t own_type = task.own->type[task.slot % SiteBlocks::lanes];
  while (block != end) {
    std::size_t n = 0;
    block = scan(task, block, end, hits, full_batch, n);
    if (n > 0)
      callback(context, {task.from.index, own_type, n, offset, with_sites ? site : nullptr});
  }
}

void PairKernel::Workspace::sort_by_type(std::size_t begin, std::size_t end) {
  const auto type_of = [this](std::size_t slot) {
    return sites.blocks()[slot / 16].type[slot % 16];
  };
  type_begin.assign(1, 0);
  for (std::size_t slot = begin; slot < end; ++slot) {
    const std::size_t next = type_of(slot) + 1;
    if (next >= type_begin.size()) type_begin.resize(next + 1, 0);
    ++type_begin[next];
  }
  std::partial_sum(type_begin.begin(), type_begin.end(), type_begin.begin());
  order.resize(end - begin);
  for (std::size_t slot = begin; slot < end; ++slot)
    order[type_begin[type_of(slot)]++] = static_cast<std::uint32_t>(slot);
}

/// Appends the superblocks from this one on that lie near it.
void PairKernel::Workspace::list_near(std::size_t superblock, float limit) {
  const Box box = SiteBlocks::box(sites.superblock_boxes()[superblock / 16], superblock % 16);
  const auto& groups = sites.group_boxes();
  for (std::size_t set = superblock / 256; set < groups.size(); ++set)
    for (std::uint32_t found = path.near(groups[set], box, limit), g = 0; found >> g != 0; ++g) {
      const std::size_t group = set * 16 + g;
      if ((found >> g & 1U) == 0 || group < superblock / 16) continue;
      const std::uint32_t close = path.near(sites.superblock_boxes()[group], box, limit);
      for (std::uint32_t s = 0; s < 16; ++s)
        if ((close >> s & 1U) != 0 && group * 16 + s >= superblock)
          near.push_back(static_cast<std::uint32_t>(group * 16 + s));
    }
  near_begin.push_back(near.size());
}

}  // namespace potential
