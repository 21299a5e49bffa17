#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <potential/core/scheme.hpp>

namespace potential {

/// The rows of a table: pairs of types. Usually every unordered pair once,
/// P = T(T+1)/2 rows with first <= second, ordered by first, then second. A
/// contact map from elsewhere keeps rows, order and names of its own.
class TypePairs {
 public:
  /// Every unordered pair of the scheme's types.
  explicit TypePairs(const Scheme& scheme);

  /// Rows of an imported map. `labels` are the names they came with.
  /// @throws UsageError when the lengths differ or a type is out of range.
  TypePairs(const Scheme& scheme, std::vector<std::uint16_t> first,
            std::vector<std::uint16_t> second, std::vector<std::string> labels);

  /// Number of rows P.
  int size() const { return static_cast<int>(first_.size()); }
  const std::vector<std::uint16_t>& first() const { return first_; }
  const std::vector<std::uint16_t>& second() const { return second_; }
  /// `ALA:CB-LEU:CB`; in residue schemes `ALA-LEU`; for an imported map as it came.
  const std::vector<std::string>& labels() const { return labels_; }

  /// True when each unordered pair of types stands on exactly one row, so that
  /// a structure can be scored. (An imported map may list A:B and B:A.)
  bool complete() const { return complete_; }
  /// True for the rows and names of the first constructor.
  bool canonical() const { return canonical_; }
  /// Row of the unordered pair, or -1; for a map with both A:B and B:A, the
  /// row written in this order if there is one.
  int row(int first, int second) const;

  bool operator==(const TypePairs& other) const {
    return first_ == other.first_ && second_ == other.second_ && labels_ == other.labels_;
  }
  bool operator!=(const TypePairs& other) const { return !(*this == other); }

 private:
  void index_rows();

  int types_ = 0;
  std::vector<std::uint16_t> first_, second_;
  std::vector<std::string> labels_;
  std::vector<std::int32_t> row_;  // [T*T], -1 when absent
  bool complete_ = false;
  bool canonical_ = false;
};

}  // namespace potential
