// The pair search for x86 CPUs with AVX2 and AVX-512, each function compiled for
// its own target, so that the program as a whole runs on any CPU. Nothing inline
// from elsewhere may be instantiated here for a target: only plain data are used.
#include <potential/pairs/scan.hpp>

#if defined(__x86_64__) && defined(__GNUC__)
// g++ 12 takes the undefined upper parts inside its own AVX-512 header for a
// mistake of ours (GCC bug 105593).
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>

#define POTENTIAL_AVX2 __attribute__((target("avx2,bmi,popcnt")))
#define POTENTIAL_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,bmi,popcnt")))

namespace potential {
namespace {

/// What the search of one superblock needs, in plain data.
struct View {
  const SiteBlock* blocks;  ///< of the superblock
  const SiteBlock* own;     ///< block of the site i
  std::int32_t from[4];     ///< i, mÅ
  std::uint32_t chain, position;
  std::uint32_t later;  ///< lanes after i
  std::uint32_t lowest_key, range, lowest_separation, highest_separation;
};

View view_of(const ScanTask& task, std::size_t superblock) {
  const SiteBlocks::Site& site = task.sites->sites()[task.slot];
  const SiteBlock* const blocks = task.sites->blocks().data();
  const SiteBlock* const own = blocks + task.slot / 16;
  const std::size_t lane = task.slot % 16;
  return {blocks + superblock * 16,
          own,
          {site.x, site.y, site.z, 0},
          own->chain[lane],
          own->position[lane],
          ~1U << lane,
          static_cast<std::uint32_t>(task.bins->lowest_square()),
          task.bins->range(),
          task.classes->lowest(),
          task.classes->highest()};
}

POTENTIAL_AVX512 std::uint32_t near_avx512(const BoxSet& set, const Box& box, float limit) {
  __m512 squared = _mm512_setzero_ps();
  for (int axis = 0; axis < 3; ++axis) {
    const __m512 below =
        _mm512_sub_ps(_mm512_load_ps(set.lo[axis]), _mm512_set1_ps((&box.hi[0])[axis]));
    const __m512 above =
        _mm512_sub_ps(_mm512_set1_ps((&box.lo[0])[axis]), _mm512_load_ps(set.hi[axis]));
    const __m512 apart = _mm512_max_ps(_mm512_max_ps(below, above), _mm512_setzero_ps());
    squared = _mm512_fmadd_ps(apart, apart, squared);
  }
  return _mm512_cmp_ps_mask(squared, _mm512_set1_ps(limit), _CMP_LE_OQ);
}

POTENTIAL_AVX512 inline __m512i squared_avx512(const SiteBlock& block, __m128i from) {
  const __m128i centre = _mm_load_si128(reinterpret_cast<const __m128i*>(block.centre));
  const __m128i local = _mm_packs_epi32(_mm_sub_epi32(from, centre), _mm_setzero_si128());
  const __m512i xy = _mm512_subs_epi16(_mm512_load_si512(block.xy), _mm512_broadcastd_epi32(local));
  const __m512i z = _mm512_subs_epi16(_mm512_load_si512(block.z),
                                      _mm512_broadcastd_epi32(_mm_srli_epi64(local, 32)));
  return _mm512_add_epi32(_mm512_madd_epi16(xy, xy), _mm512_madd_epi16(z, z));
}

template <bool open_only>
POTENTIAL_AVX512 std::size_t scan_avx512(const ScanTask& task, std::size_t superblock,
                                         const Hits& hits, std::size_t n) {
  const View v = view_of(task, superblock);
  const __m128i from = _mm_loadu_si128(reinterpret_cast<const __m128i*>(v.from));
  const __m512i chain = _mm512_set1_epi32(static_cast<int>(v.chain));
  const __m512i position = _mm512_set1_epi32(static_cast<int>(v.position));
  const __m512i lowest_key = _mm512_set1_epi32(static_cast<int>(v.lowest_key));
  const __m512i range = _mm512_set1_epi32(static_cast<int>(v.range));
  const __m512i nearest = _mm512_set1_epi32(static_cast<int>(v.lowest_separation));
  const __m512i farthest = _mm512_set1_epi32(static_cast<int>(v.highest_separation));
  std::uint32_t blocks =
      near_avx512(task.sites->block_boxes()[superblock], task.point, task.near_limit);
  const std::size_t own = task.slot / 16;
  if (superblock == own / 16) blocks &= ~0U << own % 16;
  for (; blocks != 0; blocks &= blocks - 1) {
    const auto b = static_cast<std::size_t>(__builtin_ctz(blocks));
    const SiteBlock& block = v.blocks[b];
    const std::uint32_t lanes = &block == v.own ? block.lanes & v.later : block.lanes;
    if (__builtin_expect(block.wide, false)) {
      n = scan_wide(task, superblock * 16 + b, lanes, hits, n);
      continue;
    }
    const __m512i key = _mm512_sub_epi32(squared_avx512(block, from), lowest_key);
    const __m512i chains = _mm512_load_si512(block.chain);
    const __m512i positions = _mm512_load_si512(block.position);
    const __m512i steps = _mm512_sub_epi32(_mm512_max_epu32(positions, position),
                                           _mm512_min_epu32(positions, position));
    __mmask16 hit = _mm512_mask_cmplt_epu32_mask(static_cast<__mmask16>(lanes), key, range);
    __m512i separation = steps;
    if (open_only) {
      hit = _mm512_mask_cmpeq_epi32_mask(hit, chains, chain);
      hit = _mm512_mask_cmpge_epu32_mask(hit, steps, nearest);
    } else {
      separation =
          _mm512_mask_min_epu32(_mm512_set1_epi32(static_cast<int>(ClassLookup::other_chain)),
                                _mm512_cmpeq_epi32_mask(chains, chain), steps,
                                _mm512_set1_epi32(static_cast<int>(ClassLookup::far)));
      hit = _mm512_mask_cmpge_epu32_mask(hit, separation, nearest);
      hit = _mm512_mask_cmple_epu32_mask(hit, separation, farthest);
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(hits.separation + n),
                          _mm512_cvtepi32_epi16(_mm512_maskz_compress_epi32(hit, separation)));
    }
    _mm512_storeu_si512(hits.key + n, _mm512_maskz_compress_epi32(hit, key));
    _mm512_storeu_si512(hits.site + n,
                        _mm512_maskz_compress_epi32(hit, _mm512_load_si512(block.site)));
    _mm256_storeu_si256(
        reinterpret_cast<__m256i*>(hits.type + n),
        _mm512_cvtepi32_epi16(_mm512_maskz_compress_epi32(hit, _mm512_load_si512(block.type))));
    n += static_cast<std::size_t>(__builtin_popcount(hit));
  }
  return n;
}

std::size_t scan_avx512_any(const ScanTask& task, std::size_t superblock, const Hits& hits,
                            std::size_t n) {
  return task.classes->open_only() ? scan_avx512<true>(task, superblock, hits, n)
                                   : scan_avx512<false>(task, superblock, hits, n);
}

}  // namespace

const ScanPath* avx512_path() {
  static constexpr ScanPath path{"avx512", near_avx512, scan_avx512_any};
  const bool available = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
  return available ? &path : nullptr;
}

const ScanPath* avx2_path() { return nullptr; }

}  // namespace potential

#else

namespace potential {
const ScanPath* avx2_path() { return nullptr; }
const ScanPath* avx512_path() { return nullptr; }
}  // namespace potential

#endif
