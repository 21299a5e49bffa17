#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "structure/message_pack.hpp"

namespace potential {

/// The decoded values of a column or a mask.
struct BcifValues {
  enum class Kind {
    whole,   ///< `whole`
    scaled,  ///< `whole` divided by `factor`
    real,    ///< `real`
    single,  ///< `real`, which had the precision of a float
    text     ///< the strings `names` that `whole` counts; -1 = none
  };
  Kind kind = Kind::whole;
  std::vector<std::int32_t> whole;
  double factor = 1;
  std::vector<double> real;
  std::vector<std::string_view> names;

  bool has_reals() const { return kind == Kind::real || kind == Kind::single; }
  std::size_t size() const { return has_reals() ? real.size() : whole.size(); }
};

/// The values of encoded data: a map of `data` (bytes) and `encoding`, a list of the
/// encodings ByteArray, FixedPoint, IntervalQuantization, RunLength, Delta,
/// IntegerPacking and StringArray in the order they were applied (Sehnal et al. 2020,
/// PLOS Comput Biol 16:e1008247; github.com/molstar/BinaryCIF).
/// @throws FormatError when it is damaged, or an array would hold more values than
///         the file has bytes.
BcifValues decode_bcif(const PackedValue& encoded, const SourceText& source);

}  // namespace potential
