#include "training/from_cutoff.hpp"
#include <potential/support/error.hpp>

namespace potential {
namespace {

/// What a bin holds in proportion to the others.
Eigen::ArrayXd bin_shares(const ClassCounts& counts, const std::function<double(double)>& density,
                          const std::function<double(double, double)>& integral) {
  const DistanceBins& bins = counts.all.axes.bins;
  const auto width = [&](int bin) { return bins.upper(bin) - bins.lower(bin); };
  Eigen::ArrayXd shares(counts.bins);
  for (int bin = 0; bin < counts.bins; ++bin) shares(bin) = density(bins.middle(bin)) * width(bin);
  if (bins.edges().front() == 0 || (counts.bins > 1 && width(0) > width(1)))
    shares(0) = integral(bins.lower(0), bins.upper(0));
  return shares;
}

}  // namespace

Reference carry_from_cutoff(const ClassCounts& counts, double pseudocount,
                            const std::function<double(double)>& density,
                            const std::function<double(double, double)>& integral) {
  const Eigen::ArrayXd shares = bin_shares(counts, density, integral);
  if (!(shares(counts.bins - 1) > 0) || !shares.isFinite().all())
    throw UsageError(
        "the density of the reference state is 0 or infinite at the cut-off in "
        "separation class " +
        counts.all.axes.separations.label(counts.separation_class) +
        "; give other parameters or a shorter cut-off");
  const Eigen::Array<double, 1, Eigen::Dynamic> ratios =
      shares.transpose() / shares(counts.bins - 1);
  const Eigen::ArrayXd last = counts.observed().col(counts.bins - 1).cast<double>();
  const Eigen::ArrayXd at_cutoff = (last > 0).select(last + pseudocount, 0.0);
  return {(at_cutoff.matrix() * ratios.matrix()).array(), Reference::Level::cutoff};
}

}  // namespace potential
