#include "scoring/smooth_energy.hpp"

#include "scoring/sum.hpp"

namespace potential {
namespace {

/// Two sites may be farther apart than their places in whole mÅ say; what is
/// found beyond the cut-off has no energy.
constexpr std::int32_t rounding = 2;  // mÅ

DistanceBins reach_of(const DistanceBins& bins) {
  return DistanceBins(std::vector<std::int32_t>{0, bins.cutoff() + rounding});
}

}  // namespace

SmoothEnergy::SmoothEnergy(const ScoringTable& scoring, std::shared_ptr<const SmoothTable> table)
    : table_(std::move(table)),
      kernel_(reach_of(scoring.bins), scoring.separations,
              CellLayout::pairs(static_cast<std::uint32_t>(scoring.types),
                                static_cast<std::uint32_t>(scoring.separations.size()))),
      pairs_(std::make_unique<SmoothPairs>()) {}

double SmoothEnergy::of(const Model& model, const std::vector<Vector3>& sites,
                        std::vector<Vector3>* gradient) {
  x_.resize(sites.size()), y_.resize(sites.size()), z_.resize(sites.size());
  for (std::size_t i = 0; i < sites.size(); ++i)
    x_[i] = sites[i].x, y_[i] = sites[i].y, z_[i] = sites[i].z;
  if (gradient != nullptr) gradient->assign(sites.size(), {0, 0, 0});
  const SmoothTable& t = *table_;
  const SmoothTask task{x_.data(),
                        y_.data(),
                        z_.data(),
                        t.knots.data(),
                        t.widths.data(),
                        t.inverses.data(),
                        t.first_piece.data(),
                        t.runs.size() == SmoothRun::number ? t.runs.data() : nullptr,
                        t.nodes.data(),
                        t.per_angstrom,
                        t.cutoff,
                        static_cast<std::int32_t>(t.stride())};
  double energy = 0;
  kernel_.for_each_batch_with_sites(model, [&](const ContactBatch& batch) {
    smooth_pairs(task, batch.site, batch.sites, batch.offsets, batch.size, *pairs_);
    const double* const energies = pairs_->energy;
    energy += sum_of_terms(batch.size, [=](std::size_t k) { return energies[k]; });
    if (gradient != nullptr) pull(batch, *gradient);
  });
  return energy;
}

void SmoothEnergy::pull(const ContactBatch& batch, std::vector<Vector3>& gradient) const {
  const SmoothPairs& p = *pairs_;
  Vector3 own{0, 0, 0};
  for (std::size_t k = 0; k < batch.size; ++k) {
    Vector3& other = gradient[batch.sites[k]];
    const Vector3 g{p.pull[k] * p.dx[k], p.pull[k] * p.dy[k], p.pull[k] * p.dz[k]};
    other = other + g;
    own = own + g;
  }
  gradient[batch.site] = gradient[batch.site] - own;
}

}  // namespace potential
