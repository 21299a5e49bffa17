#include "pairs/lookup.hpp"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <potential/support/error.hpp>

namespace potential {
namespace {

constexpr std::int32_t largest_narrow_cutoff = 32'000;  // mÅ
constexpr std::uint32_t max_guesses = 4096;

}  // namespace

BinLookup::BinLookup(const DistanceBins& bins)
    : squares_(bins.cutoff() <= largest_narrow_cutoff),
      lowest_(bins.edges().front()),
      cutoff_(bins.cutoff()) {
  const auto square = [](std::int64_t edge) { return edge * edge; };
  lowest_square_ = square(lowest_);
  cutoff_square_ = square(bins.cutoff());
  for (const std::int32_t edge : bins.edges())
    edges_.push_back(
        static_cast<std::uint32_t>(squares_ ? square(edge) - lowest_square_ : edge - lowest_));
  std::uint32_t narrowest = range();
  for (std::size_t k = 1; k < edges_.size(); ++k)
    narrowest = std::min(narrowest, edges_[k] - edges_[k - 1]);
  int shift = 31;
  while ((1U << shift) > narrowest) --shift;
  one_step_ = (range() >> shift) < max_guesses;
  while ((range() >> shift) >= max_guesses) ++shift;
  fill_guess(shift);
  fill_stretches(32);
  if (stretches_.size == 0) fill_stretches(64);
}

std::uint32_t BinLookup::key(std::int64_t squared) const {
  if (squares_) return static_cast<std::uint32_t>(squared - lowest_square_);
  // Exact: squares stay far below 2^52, where the root of one less than a
  // square still rounds to less than its root.
  return static_cast<std::uint32_t>(std::sqrt(static_cast<double>(squared))) -
         static_cast<std::uint32_t>(lowest_);
}

void BinLookup::fill_guess(int shift) {
  shift_ = shift;
  guess_.resize((range() >> shift) + 1);
  std::size_t bin = 0;
  for (std::size_t stretch = 0; stretch < guess_.size(); ++stretch) {
    const auto begin = static_cast<std::uint32_t>(stretch << shift);
    while (bin + 2 < edges_.size() && edges_[bin + 1] <= begin) ++bin;
    guess_[stretch] = static_cast<std::uint16_t>(bin);
  }
}

void BinLookup::fill_stretches(unsigned size) {
  const auto bits_of = [](float value) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
  };
  const auto half_bits = [&](std::uint32_t key) { return bits_of(static_cast<float>(key)) >> 1; };
  // The last key comes just below `size`.
  stretches_.bias = bits_of(static_cast<float>(size) - 0.1F) - half_bits(range());
  const auto stretch = [&](std::uint32_t key) {
    const std::uint32_t bits = half_bits(key) + stretches_.bias;
    float rough = 0;
    std::memcpy(&rough, &bits, sizeof rough);
    return static_cast<std::size_t>(rough);
  };
  const std::uint32_t bins = static_cast<std::uint32_t>(edges_.size()) - 1;
  stretches_.shift = 31;
  while ((std::uint64_t{bins} << stretches_.shift) > std::uint64_t{1} << 32) --stretches_.shift;
  stretches_.size = size;
  std::uint32_t bin = 0, begin = 0;
  for (std::size_t k = 0; k < size; ++k) {
    std::uint32_t end = range();  // the first key behind the stretch
    for (std::uint32_t low = begin; low < end;) {
      const std::uint32_t middle = low + (end - low) / 2;
      if (stretch(middle) > k)
        end = middle;
      else
        low = middle + 1;
    }
    stretches_.step[k] = ((bin + 1) << stretches_.shift) - std::min(edges_[bin + 1], end);
    const bool two_edges = bin + 2 <= bins && edges_[bin + 2] < end;
    if (two_edges || end - begin > 1U << stretches_.shift) stretches_.size = 0;
    while (bin + 1 < bins && edges_[bin + 1] <= end) ++bin;
    begin = end;
  }
}

void BinLookup::add(const std::uint32_t* key, std::size_t size, std::uint32_t* cell) const {
  const std::uint16_t* const guess = guess_.data();
  const std::uint32_t* const upper = edges_.data() + 1;
  const int shift = shift_;
  if (one_step_) {
    for (std::size_t k = 0; k < size; ++k) {
      const std::uint32_t first = guess[key[k] >> shift];
      cell[k] += first + (key[k] >= upper[first] ? 1U : 0U);
    }
    return;
  }
  for (std::size_t k = 0; k < size; ++k) {
    std::uint16_t found = guess[key[k] >> shift];
    while (key[k] >= upper[found]) ++found;
    cell[k] += found;
  }
}

ClassLookup::ClassLookup(const SeparationClasses& classes, int bins)
    : offsets_(other_chain + 1, none) {
  if (std::int64_t{classes.size()} * bins > none)
    throw UsageError(std::to_string(classes.size()) + " separation classes with " +
                     std::to_string(bins) +
                     " bins make more than 65535 cells a pair of types; take fewer");
  for (std::uint32_t separation = 0; separation <= other_chain; ++separation) {
    const int found = separation == other_chain
                          ? classes.of_different_chains()
                          : classes.of_separation(static_cast<std::int32_t>(separation));
    if (found >= 0) offsets_[separation] = static_cast<std::uint16_t>(found * bins);
  }
  const auto counted = [](std::uint16_t offset) { return offset != none; };
  lowest_ = static_cast<std::uint32_t>(std::find_if(offsets_.begin(), offsets_.end(), counted) -
                                       offsets_.begin());
  highest_ = static_cast<std::uint32_t>(
      offsets_.rend() - std::find_if(offsets_.rbegin(), offsets_.rend(), counted) - 1);
  const auto& only = classes.classes().front();
  open_only_ = classes.size() == 1 && !only.inter && only.ranges.size() == 1 &&
               only.ranges[0].last == SeparationClasses::open();
  fill_near();
}

void ClassLookup::fill_near() {
  std::copy_n(offsets_.begin(), last + 1, near_.offset);
  near_.offset[last + 1] = offsets_[other_chain];
  near_.enough = std::all_of(offsets_.begin() + last, offsets_.begin() + other_chain,
                             [this](std::uint16_t offset) { return offset == offsets_[last]; });
}

std::size_t ClassLookup::add(const std::uint16_t* separation, std::size_t size,
                             std::uint32_t* offset, std::uint32_t* site) const {
  const std::uint16_t* const first_cell = offsets_.data();
  std::size_t kept = 0;
  for (std::size_t k = 0; k < size; ++k) {
    const std::uint16_t first = first_cell[separation[k]];
    if (site != nullptr) site[kept] = site[k];
    offset[kept] = offset[k] + first;
    kept += first != none ? 1U : 0U;
  }
  return kept;
}

}  // namespace potential
