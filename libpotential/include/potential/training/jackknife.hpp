#pragma once
#include <vector>

#include <potential/training/train.hpp>

namespace potential {

/// Trains on the sum of all groups of structures, with standard errors from the
/// delete-one-group jackknife in place of the analytic ones:
///
///     σ² = (G−1)/G Σ_g (s_(g) − mean s_(g))²
///
/// where s_(g) is the (unrounded) score without group g. It includes what
/// structures differ by beyond Poisson counts (Efron & Stein 1981). A cell
/// without any count keeps its one-sided bound.
/// @param groups  at least two, of equal layout, such as the shards of one run;
///                of about equal size; their order does not matter
/// @throws UsageError as train() and merge_counts().
PotentialTable train_jackknife(const std::vector<ContactCounts>& groups,
                               const TrainOptions& options);
/// The same where the sum is at hand, as when the structures come as streams.
/// @param all  the sum of `groups`
PotentialTable train_jackknife(const ContactCounts& all, const std::vector<ContactCounts>& groups,
                               const TrainOptions& options);

}  // namespace potential
