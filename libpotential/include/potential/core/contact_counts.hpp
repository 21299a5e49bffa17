#pragma once
#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <potential/core/distance_bins.hpp>
#include <potential/core/scheme.hpp>
#include <potential/core/separation_classes.hpp>
#include <potential/core/type_pairs.hpp>
#include <potential/support/digest.hpp>

namespace potential {

/// A table [K·P, B], row-major: the rows of class k are k·P .. (k+1)·P − 1.
template <class Scalar>
using Table = Eigen::Array<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using CountTable = Table<std::uint64_t>;
using ScoreTable = Table<double>;

/// What shaped the numbers: option name -> value, such as "models" -> "first".
using Options = std::map<std::string, std::string>;

/// What every table is laid out by: types, rows, columns, classes.
struct TableAxes {
  Scheme scheme;
  DistanceBins bins;
  SeparationClasses separations;
  TypePairs pairs;

  TableAxes(Scheme s, DistanceBins b, SeparationClasses c)
      : scheme(std::move(s)), bins(std::move(b)), separations(std::move(c)), pairs(scheme) {}
  TableAxes(Scheme s, DistanceBins b, SeparationClasses c, TypePairs p)
      : scheme(std::move(s)), bins(std::move(b)), separations(std::move(c)), pairs(std::move(p)) {}

  int classes() const { return separations.size(); }  ///< K
  int rows() const { return pairs.size(); }           ///< P
  int columns() const { return bins.size(); }         ///< B
  bool operator==(const TableAxes& o) const {
    return scheme == o.scheme && bins == o.bins && separations == o.separations && pairs == o.pairs;
  }
};

/// The margins of one structure: with the counts, all that a reference state
/// can ask for.
struct StructureRecord {
  std::string id;
  Digest sha256{};
  std::uint32_t sites = 0;
  std::uint32_t residues = 0;                 ///< polymer residues
  double radius_of_gyration = 0;              ///< Å
  std::vector<std::uint32_t> chain_lengths;   ///< residues of each chain
  std::vector<std::uint32_t> composition;     ///< [T] sites of each type
  std::vector<std::uint64_t> pair_histogram;  ///< [K*B] its pairs, class by class
};

/// Structures that are not held in memory: they are gone through one after another, any
/// number of times, sorted by id, then sha256.
class StructureStream {
 public:
  virtual ~StructureStream() = default;
  virtual std::size_t size() const = 0;
  /// Each record is good until visit() returns. @throws what reading and visit() throw.
  virtual void each(const std::function<void(const StructureRecord&)>& visit) const = 0;
};

/// An input that was not counted, and why.
struct SkippedInput {
  std::string id;
  std::string reason;
  bool operator==(const SkippedInput& o) const { return id == o.id && reason == o.reason; }
  bool operator<(const SkippedInput& o) const { return id != o.id ? id < o.id : reason < o.reason; }
};

/// Binned counts of site pairs over a set of structures. Exact whole numbers:
/// counts of two sets add up to those of their union, in any order.
struct ContactCounts {
  TableAxes axes;
  CountTable counts;                                        ///< [K·P, B]
  std::vector<StructureRecord> structures;                  ///< sorted by id, then sha256
  std::shared_ptr<const StructureStream> stream = nullptr;  ///< in place of `structures`
  std::vector<SkippedInput> skipped;                        ///< sorted
  Options options;                                          ///< of the extraction

  /// All counts 0.
  explicit ContactCounts(TableAxes a)
      : axes(std::move(a)),
        counts(CountTable::Zero(Eigen::Index{axes.classes()} * axes.rows(), axes.columns())) {}

  /// The P×B table of one class.
  auto table(int separation_class) {
    return counts.middleRows(Eigen::Index{separation_class} * axes.rows(), axes.rows());
  }
  auto table(int separation_class) const {
    return counts.middleRows(Eigen::Index{separation_class} * axes.rows(), axes.rows());
  }
  /// False for an imported map: there are counts, but no structures behind them.
  bool has_margins() const { return number_of_structures() > 0; }
  /// The structures, from memory or from the stream.
  std::size_t number_of_structures() const { return stream ? stream->size() : structures.size(); }
  void each_structure(const std::function<void(const StructureRecord&)>& visit) const;
  /// Sorts structures by id, then sha256; skipped inputs by id, then reason.
  void sort();
};

/// a + b. @throws Error when the sum passes 2^64 − 1.
std::uint64_t add_counts(std::uint64_t a, std::uint64_t b);
/// a += b, cell by cell. @throws Error as add_counts.
void add_table(Eigen::Ref<CountTable> a, const Eigen::Ref<const CountTable>& b);

}  // namespace potential
