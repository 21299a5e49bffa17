#pragma once
#include <cstddef>
#include <cstdint>

#include <potential/pairs/lookup.hpp>
#include <potential/pairs/site_blocks.hpp>

namespace potential {

/// Pairs found so far around one site; arrays with room for 16 more than are
/// ever kept, as vectors are stored whole.
struct Hits {
  std::uint32_t* key;  ///< see BinLookup
  std::uint32_t* site;
  std::uint16_t* type;
  std::uint16_t* separation;  ///< see ClassLookup; not written for one open class
};

/// What is looked for, and from where.
struct ScanTask {
  const SiteBlocks* sites;
  const BinLookup* bins;
  const ClassLookup* classes;
  float near_limit;  ///< boxes farther than the root of this, mÅ², hold no pair

  std::size_t slot;  ///< of the site i
  Box point;         ///< i
};

/// The part of the pair search that depends on the CPU. All three give the
/// same hits in the same order.
struct ScanPath {
  const char* name;
  /// Bit b: box b of the set lies within the limit of the other box.
  std::uint32_t (*near)(const BoxSet& set, const Box& box, float limit);
  /// Appends to the n hits those of site i with the sites of one superblock
  /// that come after it. @returns the number of hits now.
  std::size_t (*scan)(const ScanTask& task, std::size_t superblock, const Hits& hits,
                      std::size_t n);
};

const ScanPath& baseline_path();
/// @returns nullptr when this CPU, or the compiler, does not offer it.
const ScanPath* avx2_path();
const ScanPath* avx512_path();

/// The exact search with 64 bits, for a block too wide, or a cut-off too long,
/// for the vector search.
std::size_t scan_wide(const ScanTask& task, std::size_t block, std::uint32_t lanes,
                      const Hits& hits, std::size_t n);

}  // namespace potential
