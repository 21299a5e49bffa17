#pragma once
#include <cstdint>
#include <vector>

#include <potential/core/distance_bins.hpp>
#include <potential/core/model.hpp>

#include "pairs/lookup.hpp"
#include "pairs/pair_kernel.hpp"
#include "pairs/scan.hpp"

namespace potential {

/// Finds the pairs between the sites of a model that stands still, which are laid out
/// once, and those of another, place by place. Distances are decided as by PairKernel.
/// Offsets count from the row of the moving site's type in a square table of one class
/// (see CellLayout): type · B + bin.
class CrossSearch {
 public:
  explicit CrossSearch(const DistanceBins& bins);

  /// @param still  kept as it is now
  void lay_out(const Model& still);

  /// Calls sink(const ContactBatch&) for the sites of `moving` that have pairs, in the
  /// order given. Batches come without `sites`.
  /// @param order  sites of `moving`; type by type is fastest
  template <class Sink>
  void for_each_batch(const Model& moving, const std::vector<std::uint32_t>& order, Sink&& sink) {
    ScanTask task = start(moving);
    for (const std::uint32_t site : order) {
      const std::uint32_t* block = find_blocks(moving, site, task);
      while (block != end_) {
        const std::size_t n = scan(task, block);
        if (n > 0) sink(ContactBatch{site, moving.type[site], n, offset_, nullptr});
      }
    }
  }

 private:
  static constexpr std::size_t full_batch = 512;
  static constexpr std::size_t room = full_batch + 2 * SiteBlocks::lanes;

  ScanTask start(const Model& moving) const;
  const std::uint32_t* find_blocks(const Model& moving, std::uint32_t site, ScanTask& task);
  std::size_t scan(const ScanTask& task, const std::uint32_t*& block);

  const ScanPath& path_;
  BinLookup bins_;
  ClassLookup classes_;
  CellLayout layout_;
  ScanPath::Scan scan_;
  SiteBlocks sites_;
  std::vector<std::uint32_t> superblocks_;  // 0, 1, ...
  std::vector<std::uint32_t> blocks_;       // near the site
  const std::uint32_t* end_ = nullptr;      // of them
  alignas(64) std::uint32_t key_[room];
  alignas(64) std::uint32_t offset_[room];
  alignas(64) std::uint32_t site_[room];
  alignas(64) std::uint16_t separation_[room];
};

}  // namespace potential
