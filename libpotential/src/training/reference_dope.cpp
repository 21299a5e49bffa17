#include <cmath>

#include "training/pair_sum.hpp"

namespace potential::states {
namespace {

/// r³ (r³ − 18a²r + 32a³): 6 times the integral of r² (r−2a)² (r+4a) from 0,
/// the pair density of a uniform sphere of radius a.
double sphere_pairs(double r, double a) {
  return r * r * r * (r * r * r - 18 * a * a * r + 32 * a * a * a);
}

/// Sphere of non-interacting sites, one a structure, of radius √(5/3)·Rg. The
/// pairs of a structure within the cut-off are shared out by its composition,
/// and each row is rescaled to its observed sum.
Reference expected(const ClassCounts& counts, const TrainRecipe&) {
  const DistanceBins& bins = counts.all.axes.bins;
  const double cutoff = bins.upper(counts.bins - 1);
  const auto weight = [&](const StructureRecord& structure, Eigen::Ref<RowArray> weights) {
    const double radius = std::sqrt(5.0 / 3) * structure.radius_of_gyration;
    const double end = std::min(cutoff, 2 * radius);
    const double all_pairs = count_site_pairs(structure);
    if (!(end > 0) || !(all_pairs > 0)) return void(weights.setZero());
    const double share = histogram_of(counts, structure).sum() / all_pairs;
    for (int bin = 0; bin < counts.bins; ++bin)
      weights(bin) = share *
                     (sphere_pairs(std::min(bins.upper(bin), end), radius) -
                      sphere_pairs(std::min(bins.lower(bin), end), radius)) /
                     sphere_pairs(end, radius);
  };
  Reference reference{sum_pairs(counts, weight), Reference::Level::row};
  const Eigen::ArrayXd observed = counts.observed().cast<double>().rowwise().sum();
  const Eigen::ArrayXd sphere = reference.expected.rowwise().sum();
  const Eigen::ArrayXd scale = (sphere > 0).select(observed / sphere, 0.0);
  reference.expected.colwise() *= scale;
  return reference;
}

}  // namespace

ReferenceState dope() { return {"dope", "Shen & Sali 2006", 15, true, {}, expected}; }

}  // namespace potential::states
