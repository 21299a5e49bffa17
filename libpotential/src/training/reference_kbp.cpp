#include "training/reference.hpp"

namespace potential::states {
namespace {

/// Quasi-chemical mole fractions: χ_i χ_j Σ_ij N_ij(d), twice that for i ≠ j.
Reference expected(const ClassCounts& counts, const TrainRecipe&) {
  const TypePairs& pairs = counts.all.axes.pairs;
  Eigen::ArrayXd fraction = Eigen::ArrayXd::Zero(counts.all.axes.scheme.size());
  counts.all.each_structure([&](const StructureRecord& structure) {
    stop_if(counts.cancel);
    for (Eigen::Index type = 0; type < fraction.size(); ++type)
      fraction(type) += structure.composition[std::size_t(type)];
  });
  if (fraction.sum() > 0) fraction /= fraction.sum();

  const Eigen::Array<double, 1, Eigen::Dynamic> seen =
      counts.observed().cast<double>().colwise().sum();
  Reference reference{ScoreTable(pairs.size(), counts.bins), Reference::Level::free};
  for (int row = 0; row < pairs.size(); ++row) {
    const int i = pairs.first()[std::size_t(row)], j = pairs.second()[std::size_t(row)];
    reference.expected.row(row) = (i == j ? 1 : 2) * fraction(i) * fraction(j) * seen;
  }
  return reference;
}

}  // namespace

ReferenceState kbp() { return {"kbp", "Lu & Skolnick 2001", std::nullopt, true, {}, expected}; }

}  // namespace potential::states
