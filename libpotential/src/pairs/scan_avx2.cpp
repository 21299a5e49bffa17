// The pair search for x86 CPUs with AVX2: a block is two vectors, and hits are
// gathered by a table. Each function is compiled for its own target, so that the
// program as a whole runs on any CPU. The file as a whole is not: an inline function
// from elsewhere, compiled for AVX, could be the one that the linker keeps for all.
#include "pairs/scan.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define POTENTIAL_AVX2 __attribute__((target("avx2,bmi,popcnt")))

namespace potential {
namespace {

struct Shuffles {
  alignas(64) std::uint8_t lanes[256][8];  ///< of each mask its set lanes, then 0
};

constexpr Shuffles make_shuffles() {
  Shuffles s{};
  for (unsigned mask = 0; mask < 256; ++mask) {
    unsigned n = 0;
    for (unsigned lane = 0; lane < 8; ++lane)
      if ((mask >> lane & 1U) != 0) s.lanes[mask][n++] = static_cast<std::uint8_t>(lane);
  }
  return s;
}

constexpr Shuffles shuffles = make_shuffles();

POTENTIAL_AVX2 inline __m256i load_avx2(const void* from) {
  return _mm256_load_si256(static_cast<const __m256i*>(from));
}

POTENTIAL_AVX2 inline __m256i all_avx2(std::uint32_t value) {
  return _mm256_set1_epi32(static_cast<int>(value));
}

/// Unsigned a <= b.
POTENTIAL_AVX2 inline __m256i at_most_avx2(__m256i a, __m256i b) {
  return _mm256_cmpeq_epi32(_mm256_min_epu32(a, b), a);
}

POTENTIAL_AVX2 std::uint32_t near_avx2(const BoxSet& set, const Box& box, float limit) {
  std::uint32_t near = 0;
  for (int half = 0; half < 2; ++half) {
    __m256 squared = _mm256_setzero_ps();
    for (int axis = 0; axis < 4; ++axis) {
      const __m256 below =
          _mm256_sub_ps(_mm256_load_ps(set.lo[axis] + 8 * half), _mm256_set1_ps(box.hi[axis]));
      const __m256 above =
          _mm256_sub_ps(_mm256_set1_ps(box.lo[axis]), _mm256_load_ps(set.hi[axis] + 8 * half));
      const __m256 apart = _mm256_max_ps(_mm256_max_ps(below, above), _mm256_setzero_ps());
      squared = _mm256_add_ps(_mm256_mul_ps(apart, apart), squared);
    }
    const __m256 within = _mm256_cmp_ps(squared, _mm256_set1_ps(limit), _CMP_LE_OQ);
    near |= static_cast<std::uint32_t>(_mm256_movemask_ps(within)) << 8 * half;
  }
  return near;
}

/// Eight 16-bit numbers, those of the mask first.
POTENTIAL_AVX2 inline __m128i gather_avx2(__m128i words, __m128i lanes) {
  const __m128i twice =
      _mm_add_epi8(_mm_unpacklo_epi8(lanes, lanes), _mm_unpacklo_epi8(lanes, lanes));
  return _mm_shuffle_epi8(words, _mm_add_epi8(twice, _mm_set1_epi16(0x0100)));
}

/// The low halves of eight 32-bit numbers.
POTENTIAL_AVX2 inline __m128i narrow_avx2(__m256i words) {
  return _mm_packus_epi32(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
}

/// Where the cells of i's type with those of eight lanes stand.
POTENTIAL_AVX2 inline __m256i places_avx2(const ScanTask& task, const SiteBlock& block,
                                          std::size_t begin) {
  return _mm256_add_epi32(
      _mm256_min_epu32(all_avx2(task.as_first), load_avx2(block.as_first + begin)),
      _mm256_max_epu32(all_avx2(task.as_second), load_avx2(block.as_second + begin)));
}

/// One half of a block. @returns the number of hits now.
template <bool open_only, bool with_sites>
POTENTIAL_AVX2 inline std::size_t scan_half_avx2(const ScanTask& task, const SiteBlock& block,
                                                 std::size_t half, std::uint32_t lanes,
                                                 __m128i local, const Hits& hits, std::size_t n) {
  const std::size_t begin = 8 * half;
  const __m256i xy =
      _mm256_subs_epi16(load_avx2(block.xy + 2 * begin), _mm256_broadcastd_epi32(local));
  const __m256i z = _mm256_subs_epi16(load_avx2(block.z + 2 * begin),
                                      _mm256_broadcastd_epi32(_mm_srli_epi64(local, 32)));
  const __m256i squared = _mm256_add_epi32(_mm256_madd_epi16(xy, xy), _mm256_madd_epi16(z, z));
  const __m256i key = _mm256_sub_epi32(squared, all_avx2(task.lowest_square));
  const __m256i positions = load_avx2(block.position + begin), own = all_avx2(task.position);
  const __m256i steps =
      _mm256_sub_epi32(_mm256_max_epu32(positions, own), _mm256_min_epu32(positions, own));
  const __m256i same = _mm256_cmpeq_epi32(load_avx2(block.chain + begin), all_avx2(task.chain));
  __m256i hit = at_most_avx2(key, all_avx2(task.key_range - 1));
  __m256i separation = steps;
  if (open_only) {
    hit = _mm256_and_si256(hit, same);
  } else {
    separation = _mm256_blendv_epi8(all_avx2(ClassLookup::other_chain),
                                    _mm256_min_epu32(steps, all_avx2(ClassLookup::far)), same);
    hit = _mm256_and_si256(hit, at_most_avx2(separation, all_avx2(task.highest_separation)));
  }
  hit = _mm256_and_si256(hit, at_most_avx2(all_avx2(task.lowest_separation), separation));
  const std::uint32_t mask =
      static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(hit))) & lanes >> begin &
      0xFFU;
  const __m128i order = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(shuffles.lanes[mask]));
  const __m256i wide_order = _mm256_cvtepu8_epi32(order);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(hits.key + n),
                      _mm256_permutevar8x32_epi32(key, wide_order));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(hits.offset + n),
                      _mm256_permutevar8x32_epi32(places_avx2(task, block, begin), wide_order));
  if (with_sites)
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(hits.site + n),
                        _mm256_permutevar8x32_epi32(load_avx2(block.site + begin), wide_order));
  if (!open_only)
    _mm_storeu_si128(reinterpret_cast<__m128i*>(hits.separation + n),
                     gather_avx2(narrow_avx2(separation), order));
  return n + static_cast<std::size_t>(__builtin_popcount(mask));
}

POTENTIAL_AVX2 std::size_t list_avx2(const ScanTask& task, const std::uint32_t* first,
                                     const std::uint32_t* last, std::uint32_t* blocks) {
  const std::size_t own = task.slot / 16;
  std::size_t n = 0;
  for (; first != last; ++first) {
    std::uint32_t near = near_avx2(task.boxes[*first], task.point, task.near_limit);
    if (*first == own / 16) near &= ~0U << own % 16;
    for (; near != 0; near &= near - 1)
      blocks[n++] = *first * 16 + static_cast<std::uint32_t>(__builtin_ctz(near));
  }
  return n;
}

template <bool open_only, bool with_sites>
POTENTIAL_AVX2 const std::uint32_t* scan_avx2(const ScanTask& task, const std::uint32_t* first,
                                              const std::uint32_t* last, const Hits& hits,
                                              std::size_t full, std::size_t& found) {
  const __m128i from = _mm_set_epi32(0, task.from.z, task.from.y, task.from.x);
  std::size_t n = found, done = found;
  for (; first != last && n < full; ++first) {
    const SiteBlock& block = task.blocks[*first];
    const BlockHead& head = task.heads[*first];
    const std::uint32_t lanes = &block == task.own ? head.lanes & task.later : head.lanes;
    if (__builtin_expect(head.wide, false)) {
      n = scan_wide(task, *first, lanes, hits, n);
    } else {
      const __m128i centre = _mm_load_si128(reinterpret_cast<const __m128i*>(block.centre));
      const __m128i local = _mm_packs_epi32(_mm_sub_epi32(from, centre), _mm_setzero_si128());
      n = scan_half_avx2<open_only, with_sites>(task, block, 0, lanes, local, hits, n);
      n = scan_half_avx2<open_only, with_sites>(task, block, 1, lanes, local, hits, n);
    }
    if (n >= full) n = done = finish(task, hits, done, n);
  }
  found = finish(task, hits, done, n);
  return first;
}

ScanPath::Scan choose_avx2(const BinLookup&, const ClassLookup& classes, const ScanMode& mode) {
  if (classes.open_only()) return mode.with_sites ? scan_avx2<true, true> : scan_avx2<true, false>;
  return mode.with_sites ? scan_avx2<false, true> : scan_avx2<false, false>;
}

}  // namespace

const ScanPath* avx2_path() {
  static constexpr ScanPath path{"avx2", near_avx2, list_avx2, choose_avx2};
  const bool available = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                         __builtin_cpu_supports("popcnt");
  return available ? &path : nullptr;
}

}  // namespace potential

#else

namespace potential {
const ScanPath* avx2_path() { return nullptr; }
}  // namespace potential

#endif
