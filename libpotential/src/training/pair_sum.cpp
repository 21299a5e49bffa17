#include "training/pair_sum.hpp"

namespace potential {
namespace {

/// By blocks of structures, as a matrix product for each bin.
class PairSum {
 public:
  explicit PairSum(const ClassCounts& counts)
      : counts_(counts),
        types_(counts.all.axes.scheme.size()),
        different_(std::size_t(counts.bins), Eigen::MatrixXd::Zero(types_, types_)),
        same_(Eigen::MatrixXd::Zero(types_, counts.bins)) {}

  ScoreTable over_all(const PairWeight& weight) {
    constexpr Eigen::Index block = 256;
    Eigen::MatrixXd composition(block, types_);
    ScoreTable weights(block, counts_.bins);
    Eigen::Index rows = 0;
    counts_.all.each_structure([&](const StructureRecord& structure) {
      composition.row(rows) = Eigen::Map<const Eigen::Matrix<std::uint32_t, 1, Eigen::Dynamic>>(
                                  structure.composition.data(), types_)
                                  .cast<double>();
      weight(structure, weights.row(rows));
      if (++rows < block) return;
      stop_if(counts_.cancel);
      add(composition, weights);
      rows = 0;
    });
    if (rows > 0) add(composition.topRows(rows), weights.topRows(rows));
    return by_pair();
  }

 private:
  void add(const Eigen::MatrixXd& composition, const ScoreTable& weights) {
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

}  // namespace

ScoreTable sum_pairs(const ClassCounts& counts, const PairWeight& weight) {
  return PairSum(counts).over_all(weight);
}

double count_site_pairs(const StructureRecord& structure) {
  double sites = 0;
  for (const std::uint32_t number : structure.composition) sites += number;
  return sites * (sites - 1) / 2;
}

RowArray histogram_of(const ClassCounts& counts, const StructureRecord& structure) {
  const auto first = std::size_t(counts.separation_class) * std::size_t(counts.all.axes.columns());
  RowArray histogram(counts.bins);
  for (int bin = 0; bin < counts.bins; ++bin)
    histogram(bin) = double(structure.pair_histogram[first + std::size_t(bin)]);
  return histogram;
}

}  // namespace potential
