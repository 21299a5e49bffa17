#include "scoring/smooth_energy.hpp"
#include <algorithm>

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
  places_.assign(4 * sites.size(), 0);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    double* const place = places_.data() + 4 * i;
    place[0] = sites[i].x, place[1] = sites[i].y, place[2] = sites[i].z;
  }
  gradient_.assign(gradient == nullptr ? 0 : 4 * sites.size(), 0);
  const SmoothTable& t = *table_;
  const SmoothTask task{places_.data(),
                        t.knots.data(),
                        t.widths.data(),
                        t.inverses.data(),
                        t.first_piece.data(),
                        t.runs.size() == SmoothRun::number ? t.runs.data() : nullptr,
                        t.nodes.data(),
                        t.per_angstrom,
                        t.cutoff,
                        t.stride()};
  double energy = 0;
  kernel_.for_each_batch_with_sites(model, [&](const ContactBatch& batch) {
    for (std::size_t from = 0; from < batch.size; from += SmoothPairs::room) {
      const std::size_t size = std::min(batch.size - from, SmoothPairs::room);
      const std::uint32_t* const others = batch.sites + from;
      energy += smooth_pairs(task, batch.site, others, batch.offsets + from, size, *pairs_);
      if (gradient != nullptr) add_pulls(*pairs_, batch.site, others, size, gradient_.data());
    }
  });
  if (gradient == nullptr) return energy;
  gradient->resize(sites.size());
  for (std::size_t i = 0; i < sites.size(); ++i)
    (*gradient)[i] = {gradient_[4 * i], gradient_[4 * i + 1], gradient_[4 * i + 2]};
  return energy;
}

}  // namespace potential
