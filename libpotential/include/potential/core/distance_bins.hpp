#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace potential {

/// Distance-bin edges. Kept as whole milli-ångström, because a distance must
/// fall into its bin exactly: bin k holds every d with edge[k] <= d < edge[k+1].
class DistanceBins {
 public:
  /// From a name or a list, all in Å:
  /// `rapdf` (0-3, then 1 Å to 20), `seed` (0-3, then 1 Å to 8),
  /// `half` (0-2.5, then 0.5 Å to 20), `EDGE,EDGE,...`, or `start:stop:step`
  /// with the stop included.
  /// @throws UsageError when the edges are not increasing multiples of 0.001
  ///         between 0 and 1000, or fewer than two, or more than 1001.
  static DistanceBins parse(std::string_view text);

  /// @param edges in mÅ, strictly increasing. @throws UsageError as parse().
  explicit DistanceBins(std::vector<std::int32_t> edges);

  /// Number of bins B.
  int size() const { return static_cast<int>(edges_.size()) - 1; }
  /// B + 1 edges, mÅ.
  const std::vector<std::int32_t>& edges() const { return edges_; }
  /// The last edge, mÅ: pairs at this distance or beyond are in no bin.
  std::int32_t cutoff() const { return edges_.back(); }
  double lower(int bin) const { return edges_[static_cast<std::size_t>(bin)] / 1000.0; }  ///< Å
  double upper(int bin) const { return edges_[static_cast<std::size_t>(bin) + 1] / 1000.0; }  ///< Å
  double middle(int bin) const { return (lower(bin) + upper(bin)) / 2; }  ///< Å

  /// Bin of a squared distance in mÅ², or -1.
  int find_squared(std::int64_t squared) const;
  /// Bin of a distance in Å (rounded to the nearest mÅ), or -1.
  int find(double distance) const;

  /// `0-3A`, `2.5-3A`.
  std::string label(int bin) const;
  std::vector<std::string> labels() const;
  /// The edges as parse() reads them: `0,3,4,5`.
  std::string to_string() const;
  /// Reads labels such as `0-3A 3-4A`, which must adjoin.
  /// @throws UsageError naming the label.
  static DistanceBins from_labels(const std::vector<std::string>& labels);

  /// For every bin of `fine`, the bin of this object that holds it, or -1 when
  /// it lies outside. @throws UsageError when an edge of this object within
  /// the range of `fine` is not an edge of `fine`, or the range is larger.
  std::vector<int> nesting(const DistanceBins& fine) const;

  bool operator==(const DistanceBins& other) const { return edges_ == other.edges_; }
  bool operator!=(const DistanceBins& other) const { return !(*this == other); }

 private:
  std::vector<std::int32_t> edges_;
};

/// `3`, `2.5`, `14.123`: a whole number of mÅ written in Å.
std::string format_angstrom(std::int32_t milli);

}  // namespace potential
