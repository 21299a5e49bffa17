#pragma once
#include <cstdint>
#include <vector>

#include <potential/core/distance_bins.hpp>
#include <potential/core/separation_classes.hpp>

namespace potential {

/// Bins by whole-number keys. The key of a pair is its squared distance less
/// the square of the first edge (mÅ²) or, when those could pass 32 bits, its
/// distance less the first edge in whole mÅ, rounded down: edges are whole mÅ,
/// so either decides exactly.
class BinLookup {
 public:
  explicit BinLookup(const DistanceBins& bins);

  /// True when keys are squares: the cut-off is 32 Å at most, where
  /// differences of coordinates fit 16 bits and squares 32.
  bool squares() const { return squares_; }
  std::int64_t lowest_square() const { return lowest_square_; }
  std::int64_t cutoff_square() const { return cutoff_square_; }
  std::int32_t cutoff() const { return cutoff_; }
  /// Key of a squared distance that lies in a bin.
  std::uint32_t key(std::int64_t squared) const;
  /// Keys run from 0 to just below this.
  std::uint32_t range() const { return edges_.back(); }

  /// Adds the bin of key[k] < range() to cell[k], for k < size.
  void add(const std::uint32_t* key, std::size_t size, std::uint32_t* cell) const;

  /// For vector code: 32 stretches, or 64 where 32 will not do, of roughly even
  /// width in distance, none of which holds more than one edge. The bits of a
  /// float, halved and shifted by a constant, are roughly those of a multiple of
  /// its root:
  ///     stretch = int(float_of((bits_of(float(key)) >> 1) + bias))
  ///     bin = (key + step[stretch]) >> shift
  /// Every step is monotone, and a key is near enough to the edge in its stretch (or to
  /// the end of a stretch without one) to stay within 2^shift of it, so this is exact.
  struct Stretches {
    unsigned size = 0;  ///< 0 when the bins are too many or too uneven
    std::uint32_t bias = 0;
    std::uint32_t shift = 0;
    alignas(64) std::uint32_t step[64];  ///< (bin below the edge + 1) << shift, less the edge
  };
  const Stretches& stretches() const { return stretches_; }

 private:
  void fill_guess(int shift);
  void fill_stretches(unsigned size);

  bool squares_ = false;
  bool one_step_ = false;  // no guess is more than one bin too low
  std::int64_t lowest_square_ = 0, cutoff_square_ = 0;
  std::int32_t lowest_ = 0, cutoff_ = 0;
  int shift_ = 0;
  std::vector<std::uint32_t> edges_;  // [B + 1] as keys
  std::vector<std::uint16_t> guess_;  // by key >> shift_: the lowest bin there
  Stretches stretches_;
};

/// Classes by a separation cut to `far`, with `other_chain` for pairs of
/// different chains.
class ClassLookup {
 public:
  static constexpr std::uint32_t far = SeparationClasses::largest() + 1;
  static constexpr std::uint32_t other_chain = far + 1;
  static constexpr std::uint16_t none = 0xFFFF;

  ClassLookup(const SeparationClasses& classes, int bins);

  /// True for one class `K+`: a pair of one chain, `lowest()` or more apart.
  bool open_only() const { return open_only_; }
  std::uint32_t lowest() const { return lowest_; }    ///< of all separations in a class
  std::uint32_t highest() const { return highest_; }  ///< other_chain included
  /// Adds class * B to each offset by its separation, and drops those of no class
  /// from both arrays. @param site nullptr when there is none. @returns what is left.
  std::size_t add(const std::uint16_t* separation, std::size_t size, std::uint32_t* offset,
                  std::uint32_t* site) const;

  /// For vector code: class * B, or none, by separation cut to `last`, and for
  /// pairs of different chains behind that.
  struct Near {
    bool enough = false;  ///< false when separations beyond `last` differ
    alignas(64) std::uint16_t offset[64];
  };
  static constexpr std::uint32_t last = 62;
  const Near& near() const { return near_; }

 private:
  void fill_near();

  bool open_only_ = false;
  std::uint32_t lowest_ = 0, highest_ = 0;
  std::vector<std::uint16_t> offsets_;  // [other_chain + 1] class * B, or none
  Near near_;
};

}  // namespace potential
