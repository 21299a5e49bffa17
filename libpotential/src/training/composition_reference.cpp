// Reference states that come from the composition of each structure.
#include <cmath>
#include <functional>
#include <potential/support/error.hpp>

#include "training/reference.hpp"

namespace potential {
namespace {

using RowArray = Eigen::Array<double, 1, Eigen::Dynamic>;

/// Fills what one pair of sites of a structure counts in each bin, [B'].
using PairWeight = std::function<void(const StructureRecord&, Eigen::Ref<RowArray>)>;

/// Σ over structures of weight(d) times the number of pairs of sites of the
/// two types, c_i c_j or c_i (c_i − 1)/2; [P, B']. By blocks of structures, as
/// a matrix product for each bin.
class PairSum {
 public:
  explicit PairSum(const ClassCounts& counts)
      : counts_(counts),
        types_(counts.all.axes.scheme.size()),
        different_(std::size_t(counts.bins), Eigen::MatrixXd::Zero(types_, types_)),
        same_(Eigen::MatrixXd::Zero(types_, counts.bins)) {}

  ScoreTable over(const std::vector<StructureRecord>& structures, const PairWeight& weight) {
    constexpr std::size_t block = 256;
    for (std::size_t from = 0; from < structures.size(); from += block) {
      stop_if(counts_.cancel);
      add(structures.data() + from, std::min(block, structures.size() - from), weight);
    }
    return by_pair();
  }

 private:
  void add(const StructureRecord* structures, std::size_t size, const PairWeight& weight) {
    const auto rows = static_cast<Eigen::Index>(size);
    Eigen::MatrixXd composition(rows, types_);
    ScoreTable weights(rows, counts_.bins);
    for (Eigen::Index s = 0; s < rows; ++s) {
      const auto& number = structures[s].composition;
      composition.row(s) =
          Eigen::Map<const Eigen::Matrix<std::uint32_t, 1, Eigen::Dynamic>>(number.data(), types_)
              .cast<double>();
      weight(structures[s], weights.row(s));
    }
    for (int bin = 0; bin < counts_.bins; ++bin)
      different_[std::size_t(bin)].noalias() +=
          composition.transpose() * weights.col(bin).matrix().asDiagonal() * composition;
    // Apart, so that a type that stands once in each structure gives exactly 0.
    const Eigen::MatrixXd pairs = composition.array() * (composition.array() - 1) / 2;
    same_.noalias() += pairs.transpose() * weights.matrix();
  }

  ScoreTable by_pair() const {
    const TypePairs& pairs = counts_.all.axes.pairs;
    ScoreTable sum(pairs.size(), counts_.bins);
    for (int row = 0; row < pairs.size(); ++row) {
      const int i = pairs.first()[std::size_t(row)], j = pairs.second()[std::size_t(row)];
      for (int bin = 0; bin < counts_.bins; ++bin)
        sum(row, bin) = i == j ? same_(i, bin) : different_[std::size_t(bin)](i, j);
    }
    return sum;
  }

  const ClassCounts& counts_;
  Eigen::Index types_;
  std::vector<Eigen::MatrixXd> different_;  // [B'] of [T, T]
  Eigen::MatrixXd same_;                    // [T, B']
};

/// n (n − 1)/2
double site_pairs(const StructureRecord& structure) {
  double sites = 0;
  for (const std::uint32_t number : structure.composition) sites += number;
  return sites * (sites - 1) / 2;
}

/// The structure's pairs in each bin of the class, [B'].
RowArray histogram_of(const ClassCounts& counts, const StructureRecord& structure) {
  const auto first = std::size_t(counts.separation_class) * std::size_t(counts.all.axes.columns());
  RowArray histogram(counts.bins);
  for (int bin = 0; bin < counts.bins; ++bin)
    histogram(bin) = double(structure.pair_histogram[first + std::size_t(bin)]);
  return histogram;
}

/// r³ (r³ − 18a²r + 32a³): 6 times the integral of r² (r−2a)² (r+4a) from 0,
/// the pair density of a uniform sphere of radius a.
double sphere_pairs(double r, double a) {
  return r * r * r * (r * r * r - 18 * a * a * r + 32 * a * a * a);
}

}  // namespace

Reference kbp_reference(const ClassCounts& counts) {
  const TypePairs& pairs = counts.all.axes.pairs;
  Eigen::ArrayXd fraction = Eigen::ArrayXd::Zero(counts.all.axes.scheme.size());
  for (const StructureRecord& structure : counts.all.structures) {
    stop_if(counts.cancel);
    for (Eigen::Index type = 0; type < fraction.size(); ++type)
      fraction(type) += structure.composition[std::size_t(type)];
  }
  if (fraction.sum() > 0) fraction /= fraction.sum();

  const RowArray seen = counts.observed().cast<double>().colwise().sum();
  Reference reference{ScoreTable(pairs.size(), counts.bins), Reference::Level::free};
  for (int row = 0; row < pairs.size(); ++row) {
    const int i = pairs.first()[std::size_t(row)], j = pairs.second()[std::size_t(row)];
    reference.expected.row(row) = (i == j ? 1 : 2) * fraction(i) * fraction(j) * seen;
  }
  return reference;
}

Reference dope_reference(const ClassCounts& counts) {
  const DistanceBins& bins = counts.all.axes.bins;
  const double cutoff = bins.upper(counts.bins - 1);
  const auto weight = [&](const StructureRecord& structure, Eigen::Ref<RowArray> weights) {
    const double radius = std::sqrt(5.0 / 3) * structure.radius_of_gyration;
    const double end = std::min(cutoff, 2 * radius);
    const double all_pairs = site_pairs(structure);
    if (!(end > 0) || !(all_pairs > 0)) return void(weights.setZero());
    const double share = histogram_of(counts, structure).sum() / all_pairs;
    for (int bin = 0; bin < counts.bins; ++bin)
      weights(bin) = share *
                     (sphere_pairs(std::min(bins.upper(bin), end), radius) -
                      sphere_pairs(std::min(bins.lower(bin), end), radius)) /
                     sphere_pairs(end, radius);
  };
  Reference reference{PairSum(counts).over(counts.all.structures, weight), Reference::Level::row};
  const Eigen::ArrayXd observed = counts.observed().cast<double>().rowwise().sum();
  const Eigen::ArrayXd sphere = reference.expected.rowwise().sum();
  const Eigen::ArrayXd scale = (sphere > 0).select(observed / sphere, 0.0);
  reference.expected.colwise() *= scale;
  return reference;
}

Reference srs_reference(const ClassCounts& counts) {
  const auto weight = [&](const StructureRecord& structure, Eigen::Ref<RowArray> weights) {
    const double all_pairs = site_pairs(structure);
    if (!(all_pairs > 0)) return void(weights.setZero());
    weights = histogram_of(counts, structure) / all_pairs;
  };
  return {PairSum(counts).over(counts.all.structures, weight), Reference::Level::free};
}

}  // namespace potential
