#include "training/pair_sum.hpp"

namespace potential::states {
namespace {

/// Types shuffled over the sites of each structure, the mean over all shuffles.
Reference expected(const ClassCounts& counts, const TrainRecipe&) {
  const auto weight = [&](const StructureRecord& structure, Eigen::Ref<RowArray> weights) {
    const double all_pairs = count_site_pairs(structure);
    if (!(all_pairs > 0)) return void(weights.setZero());
    weights = histogram_of(counts, structure) / all_pairs;
  };
  return {sum_pairs(counts, weight), Reference::Level::free};
}

}  // namespace

ReferenceState srs() { return {"srs", "Rykunov & Fiser 2007", std::nullopt, true, {}, expected}; }

}  // namespace potential::states
