#pragma once
#include <cstdint>

namespace potential {

/// Where the cells of a pair of types stand in a table. Of types i and j, C = K * B
/// cells each:
///   square   row i of [T, T, C]: j * C, so that what surrounds a site of type i
///            is one row; i:j and j:i are counted apart
///   pairs    [P, C], P = T (T + 1) / 2, unordered pairs 0:0, 0:1, ... 1:1, ...
///            in the order of TypePairs: as_first(lower) + as_second(higher)
///
/// The pair search knows this shape of its callers' tables, though not what is in
/// them, because it has the type of each site at hand where it finds a pair: a block
/// of sites carries their as_first and as_second, and the place costs an addition on
/// registers. A caller would have to fetch the type of each site found and work the
/// place out pair by pair, which makes a score cost nearly three times as much (12.6
/// instead of 4.6 ns a pair, AVX-512, heavy atoms within 20 Å).
class CellLayout {
 public:
  static CellLayout square(std::uint32_t cells) { return {false, 0, cells}; }
  static CellLayout pairs(std::uint32_t types, std::uint32_t cells) { return {true, types, cells}; }

  bool of_pairs() const { return of_pairs_; }
  std::uint32_t as_first(std::uint32_t type) const {
    return of_pairs_ ? (type * types_ - type * (type + 1) / 2) * cells_ : 0;
  }
  std::uint32_t as_second(std::uint32_t type) const { return type * cells_; }

 private:
  CellLayout(bool of_pairs, std::uint32_t types, std::uint32_t cells)
      : of_pairs_(of_pairs), types_(types), cells_(cells) {}

  bool of_pairs_;
  std::uint32_t types_, cells_;
};

}  // namespace potential
