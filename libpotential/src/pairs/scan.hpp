#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "pairs/lookup.hpp"
#include "pairs/site_blocks.hpp"

namespace potential {

/// Pairs found so far around one site. The arrays have room for a block more than
/// are kept, and for a whole vector beyond that.
struct Hits {
  std::uint32_t* offset;      ///< place of the types' cells and bin
  std::uint32_t* site;        ///< when asked for
  std::uint16_t* separation;  ///< see ClassLookup; not needed for one open class
  std::uint32_t* key;         ///< scratch, see BinLookup
};

/// What is looked for, and from where: plain data, for code of any CPU.
struct ScanTask {
  const SiteBlock* blocks;
  const BlockHead* heads;  ///< of the blocks
  const BoxSet* boxes;     ///< of the blocks
  const SiteBlocks::Site* sites;
  const BinLookup* bins;
  const ClassLookup* classes;
  bool one_centre;   ///< the blocks have the same
  bool one_chain;    ///< the chain is no axis of boxes
  float near_limit;  ///< boxes farther than the root of this, mÅ, hold no pair
  std::uint32_t lowest_square, key_range;
  std::uint32_t lowest_separation, highest_separation;

  std::size_t slot;       ///< of the site i
  SiteBlocks::Site from;  ///< i
  Box point;              ///< i
  const SiteBlock* own;   ///< its block,
  std::uint32_t later;    ///< in which only these lanes come after it
  std::uint32_t chain, position;
  std::uint32_t as_first, as_second;  ///< of its type; 0 for a square table

  /// The place of the cells of its type with that of a lane: both parts grow with the type.
  std::uint32_t place(const SiteBlock& block, std::size_t lane) const {
    return std::min(as_first, block.as_first[lane]) + std::max(as_second, block.as_second[lane]);
  }
};

/// What a search is for.
struct ScanMode {
  bool of_pairs;    ///< the layout is one of pairs
  bool with_sites;  ///< Hits::site is asked for
};

/// The part of the pair search that depends on the CPU. All paths give the
/// same hits in the same order.
struct ScanPath {
  const char* name;
  /// Bit b: box b of the set lies within the limit of the other box.
  std::uint32_t (*near)(const BoxSet& set, const Box& box, float limit);
  /// Lists the blocks near site i, of these superblocks and from its own on, in
  /// their order. @param blocks room for 16 each. @returns their number.
  std::size_t (*list)(const ScanTask& task, const std::uint32_t* first, const std::uint32_t* last,
                      std::uint32_t* blocks);
  /// Appends to the n hits those of site i with the sites after it of blocks
  /// first, first + 1, ... until there are `full` or more.
  /// @returns the first block that is not done.
  using Scan = const std::uint32_t* (*)(const ScanTask& task, const std::uint32_t* first,
                                        const std::uint32_t* last, const Hits& hits,
                                        std::size_t full, std::size_t& n);
  Scan (*scan)(const BinLookup& bins, const ClassLookup& classes, const ScanMode& mode);
};

/// The fastest that this CPU offers.
const ScanPath& automatic_path();
/// What boxes may be apart at most, squared, mÅ, so that rounding hides no pair.
/// @param slack  what rounding to single precision may shorten a distance by
float near_limit(std::int32_t cutoff, float slack);

const ScanPath& baseline_path();
/// @returns nullptr when this CPU, or the compiler, does not offer it.
const ScanPath* avx2_path();
const ScanPath* avx512_path();

/// Adds bins and classes to the hits from `found` on. @returns the number of hits
/// that are left.
std::size_t finish(const ScanTask& task, const Hits& hits, std::size_t found, std::size_t n);

/// The exact search with 64 bits, for a block too wide, positions too far apart,
/// or a cut-off too long for the vector search. Leaves bins and classes to be added.
std::size_t scan_wide(const ScanTask& task, std::size_t block, std::uint32_t lanes,
                      const Hits& hits, std::size_t n);

}  // namespace potential
