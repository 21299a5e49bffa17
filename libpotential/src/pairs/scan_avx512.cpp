// The pair search for x86 CPUs with AVX-512: a block is one vector. Each function
// is compiled for its own target, so that the program as a whole runs on any CPU.
// The file as a whole is not: an inline function from elsewhere, compiled for AVX,
// could be the one that the linker keeps for all.
#include "pairs/scan.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
// g++ 12 takes the undefined upper parts inside its own AVX-512 header for a
// mistake of ours (GCC bug 105593).
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>

#define POTENTIAL_AVX512 \
  __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512vnni,fma,bmi,popcnt")))

namespace potential {
namespace {

/// A box, to be compared with sixteen.
struct BoxAvx512 {
  __m512 lo[4], hi[4];
  POTENTIAL_AVX512 explicit BoxAvx512(const Box& box) {
    for (int axis = 0; axis < 4; ++axis) {
      lo[axis] = _mm512_set1_ps(box.lo[axis]);
      hi[axis] = _mm512_set1_ps(box.hi[axis]);
    }
  }
};

/// Squared distances between boxes.
/// @param axes  3 leaves the chain out
POTENTIAL_AVX512 inline __m512 squared_avx512(const BoxSet& set, const BoxAvx512& box, int axes) {
  __m512 squared = _mm512_setzero_ps();
  for (int axis = 0; axis < axes; ++axis) {
    const __m512 below = _mm512_sub_ps(_mm512_load_ps(set.lo[axis]), box.hi[axis]);
    const __m512 above = _mm512_sub_ps(box.lo[axis], _mm512_load_ps(set.hi[axis]));
    const __m512 apart = _mm512_max_ps(_mm512_max_ps(below, above), _mm512_setzero_ps());
    squared = _mm512_fmadd_ps(apart, apart, squared);
  }
  return squared;
}

POTENTIAL_AVX512 std::uint32_t near_avx512(const BoxSet& set, const Box& box, float limit) {
  return _mm512_cmp_ps_mask(squared_avx512(set, BoxAvx512(box), 4), _mm512_set1_ps(limit),
                            _CMP_LE_OQ);
}

template <int axes>
POTENTIAL_AVX512 inline std::size_t list_blocks_avx512(const ScanTask& task,
                                                       const std::uint32_t* first,
                                                       const std::uint32_t* last,
                                                       std::uint32_t* blocks) {
  const BoxAvx512 point(task.point);
  const __m512 limit = _mm512_set1_ps(task.near_limit);
  const __m512i own = _mm512_set1_epi32(static_cast<int>(task.slot / 16));
  const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  std::size_t n = 0;
  for (; first != last; ++first) {
    const __m512i block = _mm512_add_epi32(lane, _mm512_set1_epi32(static_cast<int>(*first * 16)));
    const __mmask16 near =
        _mm512_mask_cmp_ps_mask(_mm512_cmpge_epu32_mask(block, own),
                                squared_avx512(task.boxes[*first], point, axes), limit, _CMP_LE_OQ);
    _mm512_storeu_si512(blocks + n, _mm512_maskz_compress_epi32(near, block));
    n += static_cast<std::size_t>(__builtin_popcount(near));
  }
  return n;
}

POTENTIAL_AVX512 std::size_t list_avx512(const ScanTask& task, const std::uint32_t* first,
                                         const std::uint32_t* last, std::uint32_t* blocks) {
  return task.one_chain ? list_blocks_avx512<3>(task, first, last, blocks)
                        : list_blocks_avx512<4>(task, first, last, blocks);
}

/// Site i from the centre of a block, as SiteBlock has its sites.
struct LocalAvx512 {
  __m512i xy, z;
  POTENTIAL_AVX512 LocalAvx512(const SiteBlock& block, __m128i from) {
    const __m128i centre = _mm_load_si128(reinterpret_cast<const __m128i*>(block.centre));
    const __m128i local = _mm_packs_epi32(_mm_sub_epi32(from, centre), _mm_setzero_si128());
    xy = _mm512_broadcastd_epi32(local);
    z = _mm512_broadcastd_epi32(_mm_srli_epi64(local, 32));
  }
};

/// Keys: squared distances less the lowest; differences saturate at 16 bits, far
/// beyond the cut-off.
POTENTIAL_AVX512 inline __m512i keys_avx512(const SiteBlock& block, const LocalAvx512& from,
                                            __m512i minus_lowest) {
  const __m512i xy = _mm512_subs_epi16(_mm512_load_si512(block.xy), from.xy);
  const __m512i z = _mm512_subs_epi16(_mm512_load_si512(block.z), from.z);
  return _mm512_dpwssd_epi32(_mm512_dpwssd_epi32(minus_lowest, xy, xy), z, z);
}

/// |difference| of unsigned positions.
POTENTIAL_AVX512 inline __m512i steps_avx512(__m512i a, __m512i b) {
  return _mm512_sub_epi32(_mm512_max_epu32(a, b), _mm512_min_epu32(a, b));
}

POTENTIAL_AVX512 inline __m512i all_avx512(std::uint32_t value) {
  return _mm512_set1_epi32(static_cast<int>(value));
}

/// A table of 32, or of 64, in registers.
template <unsigned size>
struct Table {
  __m512i part[size / 16];
};

template <unsigned size>
POTENTIAL_AVX512 inline Table<size> load_avx512(const std::uint32_t* from) {
  Table<size> table;
  for (unsigned k = 0; k < size / 16; ++k) table.part[k] = _mm512_load_si512(from + 16 * k);
  return table;
}

template <unsigned size>
POTENTIAL_AVX512 inline __m512i look_up_avx512(const Table<size>& table, __m512i index) {
  const __m512i low = _mm512_permutex2var_epi32(table.part[0], index, table.part[1]);
  if constexpr (size == 32)
    return low;
  else
    return _mm512_mask_blend_epi32(
        _mm512_test_epi32_mask(index, all_avx512(32)), low,
        _mm512_permutex2var_epi32(table.part[size / 16 - 2], index, table.part[size / 16 - 1]));
}

/// BinLookup::Stretches in registers.
template <unsigned size>
struct BinFinder {
  Table<size> step;
  __m512i bias, shift;

  POTENTIAL_AVX512 explicit BinFinder(const BinLookup::Stretches& stretches)
      : step(load_avx512<size>(stretches.step)),
        bias(all_avx512(stretches.bias)),
        shift(all_avx512(stretches.shift)) {}

  /// The cells with the bins of the keys added.
  POTENTIAL_AVX512 __m512i add(__m512i cells, __m512i keys) const {
    const __m512i bits = _mm512_castps_si512(_mm512_cvtepu32_ps(keys));
    const __m512 root = _mm512_castsi512_ps(_mm512_add_epi32(_mm512_srli_epi32(bits, 1), bias));
    const __m512i stretch = _mm512_cvttps_epi32(root);
    const __m512i bins = _mm512_add_epi32(keys, look_up_avx512(step, stretch));
    return _mm512_add_epi32(cells, _mm512_srlv_epi32(bins, shift));
  }
};

/// ClassLookup::Near in registers.
struct ClassFinder {
  __m512i low, high, words, last, other_chain;

  POTENTIAL_AVX512 explicit ClassFinder(const ClassLookup::Near& near)
      : low(_mm512_load_si512(near.offset)),
        high(_mm512_load_si512(near.offset + 32)),
        words(all_avx512(0xFFFF)),
        last(all_avx512(ClassLookup::last)),
        other_chain(all_avx512(ClassLookup::last + 1)) {}

  /// Adds the classes to the cells, and strikes the hits that are in none.
  /// @param same lanes of the same chain, `steps` away
  POTENTIAL_AVX512 void add(__mmask16& hit, __m512i& cells, __m512i steps, __mmask16 same) const {
    const __m512i index = _mm512_mask_min_epu32(other_chain, same, steps, last);
    const __m512i offset = _mm512_and_si512(_mm512_permutex2var_epi16(low, index, high), words);
    hit = _mm512_mask_cmpneq_epu32_mask(hit, offset, words);  // the words are all ones, as is none
    cells = _mm512_add_epi32(cells, offset);
  }
};

/// Where the cells of i's type with those of the lanes stand.
template <bool of_pairs>
POTENTIAL_AVX512 inline __m512i places_avx512(const SiteBlock& block, __m512i as_first,
                                              __m512i as_second) {
  const __m512i second = _mm512_load_si512(block.as_second);
  if (!of_pairs) return second;
  return _mm512_add_epi32(_mm512_min_epu32(as_first, _mm512_load_si512(block.as_first)),
                          _mm512_max_epu32(as_second, second));
}

template <bool open_only, bool of_pairs, bool with_sites, unsigned stretches>
POTENTIAL_AVX512 const std::uint32_t* scan_avx512(const ScanTask& task, const std::uint32_t* first,
                                                  const std::uint32_t* last, const Hits& hits,
                                                  std::size_t full, std::size_t& found) {
  const __m128i from = _mm_maskz_loadu_epi32(7, &task.from);
  const __m512i chain = all_avx512(task.chain), position = all_avx512(task.position);
  const __m512i as_first = all_avx512(task.as_first), as_second = all_avx512(task.as_second);
  const __m512i minus_lowest = all_avx512(0U - task.lowest_square);
  const __m512i range = all_avx512(task.key_range);
  const bool other_residue = task.lowest_separation == 1;
  // The first position that is too near to i, and how many there are.
  const __m512i too_near = all_avx512(task.position - task.lowest_separation + 1);
  const __m512i too_many =
      all_avx512(task.lowest_separation == 0 ? 0 : 2 * task.lowest_separation - 1);
  const BinFinder<stretches> bins(task.bins->stretches());
  const ClassFinder classes(task.classes->near());
  LocalAvx512 local(*task.blocks, from);
  std::uint32_t* const offsets = hits.offset;
  std::size_t n = found;
  for (; first != last && n < full; ++first) {
    const SiteBlock& block = task.blocks[*first];
    const BlockHead& head = task.heads[*first];
    const std::uint32_t lanes = &block == task.own ? head.lanes & task.later : head.lanes;
    if (__builtin_expect(head.wide, false)) {
      n = finish(task, hits, n, scan_wide(task, *first, lanes, hits, n));
      continue;
    }
    if (!task.one_centre) local = LocalAvx512(block, from);
    const __m512i key = keys_avx512(block, local, minus_lowest);
    const __m512i positions = _mm512_load_si512(block.position);
    __mmask16 hit = _mm512_mask_cmplt_epu32_mask(static_cast<__mmask16>(lanes), key, range);
    __m512i cell = places_avx512<of_pairs>(block, as_first, as_second);
    if (open_only) {
      hit = other_residue ? _mm512_mask_cmpneq_epi32_mask(hit, positions, position)
                          : _mm512_mask_cmpge_epu32_mask(hit, _mm512_sub_epi32(positions, too_near),
                                                         too_many);
      // Boxes of other chains are never near.
      if (__builtin_expect(head.mixed, false))
        hit = _mm512_mask_cmpeq_epi32_mask(hit, _mm512_load_si512(block.chain), chain);
    } else {
      const __mmask16 same = _mm512_cmpeq_epi32_mask(_mm512_load_si512(block.chain), chain);
      classes.add(hit, cell, steps_avx512(positions, position), same);
    }
    cell = bins.add(cell, key);
    _mm512_storeu_si512(offsets + n, _mm512_maskz_compress_epi32(hit, cell));
    if (with_sites)
      _mm512_storeu_si512(hits.site + n,
                          _mm512_maskz_compress_epi32(hit, _mm512_load_si512(block.site)));
    n += static_cast<std::size_t>(__builtin_popcount(hit));
  }
  found = n;
  return first;
}

template <bool open_only, unsigned stretches>
ScanPath::Scan choose_avx512(const ScanMode& mode) {
  if (mode.of_pairs)
    return mode.with_sites ? scan_avx512<open_only, true, true, stretches>
                           : scan_avx512<open_only, true, false, stretches>;
  return mode.with_sites ? scan_avx512<open_only, false, true, stretches>
                         : scan_avx512<open_only, false, false, stretches>;
}

ScanPath::Scan choose_avx512(const BinLookup& bins, const ClassLookup& classes,
                             const ScanMode& mode) {
  const unsigned stretches = bins.stretches().size;
  if (stretches == 0 || !(classes.open_only() || classes.near().enough))
    return avx2_path()->scan(bins, classes, mode);  // every such CPU has it
  if (classes.open_only())
    return stretches == 32 ? choose_avx512<true, 32>(mode) : choose_avx512<true, 64>(mode);
  return stretches == 32 ? choose_avx512<false, 32>(mode) : choose_avx512<false, 64>(mode);
}

}  // namespace

const ScanPath* avx512_path() {
  static constexpr ScanPath path{"avx512", near_avx512, list_avx512, choose_avx512};
  const bool available = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                         __builtin_cpu_supports("avx512vl") &&
                         __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("fma") &&
                         __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
  return available ? &path : nullptr;
}

}  // namespace potential

#else

namespace potential {
const ScanPath* avx512_path() { return nullptr; }
}  // namespace potential

#endif
