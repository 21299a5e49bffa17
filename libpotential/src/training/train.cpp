#include <fmt/format.h>

#include <cmath>
#include <potential/support/error.hpp>
#include <potential/training/rapdf.hpp>
#include <potential/training/train.hpp>

#include "training/regroup.hpp"
#include "training/score_cells.hpp"
#include "training/standard_errors.hpp"

namespace potential {
namespace {

/// √460 Å² (Zhang & Zhang 2010).
const double default_kuhn_length = std::sqrt(460.0);

/// The cut-off a reference state comes with, Å; none for those without one.
std::optional<double> default_cutoff(ReferenceState reference) {
  switch (reference) {
    case ReferenceState::dfire:
      return 14.5;
    case ReferenceState::dope:
      return 15;
    case ReferenceState::rw:
      return 15.5;
    default:
      return std::nullopt;
  }
}

/// The cut-off asked for, or the default as far as the bins reach.
std::optional<double> cutoff_of(const TrainOptions& options, const DistanceBins& bins) {
  const double end = bins.upper(bins.size() - 1);
  if (!options.cutoff) {
    const auto cutoff = default_cutoff(options.reference);
    return cutoff ? std::optional(std::min(*cutoff, end)) : std::nullopt;
  }
  if (*options.cutoff > end)
    throw UsageError(fmt::format("the cut-off of {} Å lies beyond the last bin, which ends at {} Å",
                                 *options.cutoff, end));
  return options.cutoff;
}

/// Number of bins up to the one that holds the cut-off, that one included.
int scored_bins(const DistanceBins& bins, std::optional<double> cutoff) {
  if (!cutoff) return bins.size();
  int scored = 0;
  while (scored < bins.size() && bins.lower(scored) < *cutoff) ++scored;
  if (scored == 0)
    throw UsageError(
        fmt::format("the cut-off of {} Å lies before the first bin, which begins at {} Å", *cutoff,
                    bins.lower(0)));
  return scored;
}

/// Where a reference state is fixed by each row's own counts, one bin alone is
/// compared with itself: every score would be 0. (Counts of one bin are let pass:
/// their scores are 0 by choice.)
void require_two_bins(const TrainOptions& options, const DistanceBins& bins, int scored) {
  if (scored > 1 || bins.size() == 1 || options.reference == ReferenceState::kbp ||
      options.reference == ReferenceState::srs)
    return;
  throw UsageError(fmt::format(
      "only the bin {} lies before the cut-off, and {} compares bins with each other, so every "
      "score would be 0; give a longer cut-off or narrower bins",
      bins.label(0), to_string(options.reference)));
}

void require_margins(const ContactCounts& counts, ReferenceState reference) {
  if (reference == ReferenceState::rapdf || reference == ReferenceState::dfire) return;
  if (!counts.has_margins())
    throw Error(
        fmt::format("the reference state {} needs the composition of each structure, which an "
                    "imported contact map does not have; extract the counts from "
                    "structures, or train rapdf or dfire",
                    to_string(reference)));
  const auto types = static_cast<std::size_t>(counts.axes.scheme.size());
  const auto cells = static_cast<std::size_t>(counts.axes.classes() * counts.axes.columns());
  for (const StructureRecord& structure : counts.structures)
    if (structure.composition.size() != types || structure.pair_histogram.size() != cells)
      throw Error(structure.id + ": its margins do not fit the scheme, bins and classes");
}

Reference reference_of(const ClassCounts& counts, const TrainOptions& options) {
  const double pseudocount = options.pseudocount;
  Reference reference = [&] {
    switch (options.reference) {
      case ReferenceState::kbp:
        return kbp_reference(counts);
      case ReferenceState::dfire:
        return dfire_reference(counts, options.alpha, pseudocount);
      case ReferenceState::dope:
        return dope_reference(counts);
      case ReferenceState::srs:
        return srs_reference(counts);
      case ReferenceState::rw:
        return rw_reference(counts, options.kuhn_length.value_or(default_kuhn_length), pseudocount);
      case ReferenceState::rapdf:
        break;
    }
    return rapdf_reference(counts, pseudocount);
  }();
  // Below the pseudocount, an empty cell would look attractive.
  if (reference.level != Reference::Level::margins)
    reference.expected = (reference.expected > 0).select(reference.expected.max(pseudocount), 0.0);
  return reference;
}

void round_to(int decimals, Eigen::Ref<ScoreTable> score) {
  if (decimals < 0) return;
  const double power = std::pow(10.0, decimals);
  score = score.unaryExpr([=](double s) { return std::nearbyint(s * power) / power + 0.0; });
}

void require_finite(const ClassCounts& counts, double pseudocount,
                    const Eigen::Ref<const ScoreTable>& score) {
  const TableAxes& axes = counts.all.axes;
  for (Eigen::Index row = 0; row < score.rows(); ++row)
    for (Eigen::Index bin = 0; bin < score.cols(); ++bin)
      if (!std::isfinite(score(row, bin)))
        throw UsageError(fmt::format(
            "the score of {} at {} (separation {}) is not finite: {}",
            axes.pairs.labels()[static_cast<std::size_t>(row)], axes.bins.label(int(bin)),
            axes.separations.label(counts.separation_class),
            counts.observed()(row, bin) == 0 && pseudocount == 0
                ? "it was never seen, and there is no pseudocount; give one above 0, or a smoothing"
                : "the reference state expects too little or too much there for a number; give a "
                  "larger pseudocount, or other parameters of the reference state"));
}

void train_class(const ClassCounts& counts, const TrainOptions& options, PotentialTable& table) {
  const Eigen::Index first = Eigen::Index{counts.separation_class} * counts.rows();
  auto score = table.score.block(first, 0, counts.rows(), counts.bins);
  auto error = table.standard_error.block(first, 0, counts.rows(), counts.bins);
  const Reference reference = reference_of(counts, options);
  if (options.reference == ReferenceState::rapdf &&
      options.smoothing.kind == Smoothing::Kind::none) {
    rapdf(counts.observed(), options.pseudocount, options.decimals, score);
  } else {
    score_cells(counts, reference, options.pseudocount, options.smoothing, score);
    round_to(options.decimals, score);
  }
  require_finite(counts, options.pseudocount, score);
  standard_errors(counts, reference, options.pseudocount, options.smoothing, error);
}

Options recipe(const ContactCounts& counts, const TrainOptions& options) {
  Options recipe = counts.options;
  const auto number = [](double value) { return fmt::format("{}", value); };
  recipe["reference"] = to_string(options.reference);
  recipe["pseudocount"] = number(options.pseudocount);
  recipe["smoothing"] = options.smoothing.to_string();
  recipe["normalize"] = to_string(options.normalize);
  if (options.pool) {
    recipe["pool"] = "yes";
    recipe["separations"] = counts.axes.separations.to_string();
  }
  if (options.bins) recipe["bins"] = options.bins->to_string();
  if (const auto cutoff = cutoff_of(options, counts.axes.bins)) recipe["cutoff"] = number(*cutoff);
  if (options.reference == ReferenceState::dfire) recipe["alpha"] = number(options.alpha);
  if (options.reference == ReferenceState::rw)
    recipe["kuhn-length"] = number(options.kuhn_length.value_or(default_kuhn_length));
  if (options.decimals >= 0) recipe["decimals"] = std::to_string(options.decimals);
  return recipe;
}

std::optional<ContactCounts> regrouped(const ContactCounts& counts, const TrainOptions& options) {
  const TableAxes& axes = counts.axes;
  const auto separations = options.pool ? axes.separations.pooled() : axes.separations;
  const auto bins = options.bins.value_or(axes.bins);
  if (separations == axes.separations && bins == axes.bins) return std::nullopt;
  return regroup(counts, separations, bins);
}

}  // namespace

PotentialTable train(const ContactCounts& given, const TrainOptions& options) {
  options.check();
  const auto fewer = regrouped(given, options);
  const ContactCounts& counts = fewer ? *fewer : given;
  require_margins(counts, options.reference);
  const int bins = scored_bins(counts.axes.bins, cutoff_of(options, counts.axes.bins));
  require_two_bins(options, counts.axes.bins, bins);

  PotentialTable table(counts.axes);
  for (int k = 0; k < counts.axes.classes(); ++k)
    train_class({counts, k, bins, options.cancel}, options, table);
  table.counts = counts.counts;
  table.structures = counts.structures.size();
  table.options = recipe(counts, options);
  return table;
}

}  // namespace potential
