#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <potential/support/error.hpp>
#include <potential/training/train.hpp>
#include <tuple>

#include "training/regroup.hpp"
#include "training/score_cells.hpp"
#include "training/standard_errors.hpp"

namespace potential {
namespace {

/// The cut-off asked for, or the default as far as the bins reach.
std::optional<double> cutoff_of(const TrainOptions& options, const ReferenceState& state,
                                const DistanceBins& bins) {
  const double end = bins.upper(bins.size() - 1);
  if (!options.cutoff)
    return state.cutoff ? std::optional(std::min(*state.cutoff, end)) : std::nullopt;
  if (*options.cutoff > end)
    throw UsageError(fmt::format("the cut-off of {} Å lies beyond the last bin, which ends at {} Å",
                                 *options.cutoff, end));
  return options.cutoff;
}

/// The options with nothing left to a default.
TrainRecipe complete(const TrainOptions& options, const ReferenceState& state,
                     const DistanceBins& bins) {
  TrainRecipe recipe = options;
  recipe.cutoff = cutoff_of(options, state, bins);
  recipe.parameters.clear();
  for (const Parameter& parameter : state.parameters) {
    const auto given = options.parameters.find(parameter.name);
    recipe.parameters[parameter.name] =
        given == options.parameters.end() ? parameter.default_value : given->second;
  }
  return recipe;
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
void require_two_bins(const ClassCounts& counts, const ReferenceState& state,
                      Reference::Level level) {
  const DistanceBins& bins = counts.all.axes.bins;
  if (counts.bins > 1 || bins.size() == 1 || level == Reference::Level::free) return;
  throw UsageError(fmt::format(
      "only the bin {} lies before the cut-off, and {} compares bins with each other, so every "
      "score would be 0; give a longer cut-off or narrower bins",
      bins.label(0), state.name));
}

void require_margins(const ContactCounts& counts, const ReferenceState& state) {
  if (!state.needs_margins) return;
  if (!counts.has_margins())
    throw Error(fmt::format(
        "the reference state {} needs the composition of each structure, which an imported contact "
        "map does not have; extract the counts from structures, or train {}",
        state.name,
        join_reference_states("or", [](const auto& other) { return !other.needs_margins; })));
  const auto types = static_cast<std::size_t>(counts.axes.scheme.size());
  const auto cells = static_cast<std::size_t>(counts.axes.classes() * counts.axes.columns());
  for (const StructureRecord& structure : counts.structures)
    if (structure.composition.size() != types || structure.pair_histogram.size() != cells)
      throw Error(structure.id + ": its margins do not fit the scheme, bins and classes");
}

Reference reference_of(const ClassCounts& counts, const ReferenceState& state,
                       const TrainRecipe& recipe) {
  Reference reference = state.expected(counts, recipe);
  // Below the pseudocount, an empty cell would look attractive.
  if (reference.level != Reference::Level::margins)
    reference.expected =
        (reference.expected > 0).select(reference.expected.max(recipe.pseudocount), 0.0);
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

void train_class(const ClassCounts& counts, const ReferenceState& state, const TrainRecipe& recipe,
                 PotentialTable& table) {
  const Eigen::Index first = Eigen::Index{counts.separation_class} * counts.rows();
  auto score = table.score.block(first, 0, counts.rows(), counts.bins);
  auto error = table.standard_error.block(first, 0, counts.rows(), counts.bins);
  const Reference reference = reference_of(counts, state, recipe);
  require_two_bins(counts, state, reference.level);
  if (state.score != nullptr && recipe.smoothing.kind == Smoothing::Kind::none) {
    state.score(counts, recipe, score);
  } else {
    score_cells(counts, reference, recipe.pseudocount, recipe.smoothing, score);
    round_to(recipe.decimals, score);
  }
  require_finite(counts, recipe.pseudocount, score);
  standard_errors(counts, reference, recipe.pseudocount, recipe.smoothing, error);
}

std::optional<ContactCounts> regrouped(const ContactCounts& counts, const TrainOptions& options) {
  const TableAxes& axes = counts.axes;
  const auto separations = options.pool ? axes.separations.pooled() : axes.separations;
  const auto bins = options.bins.value_or(axes.bins);
  if (separations == axes.separations && bins == axes.bins) return std::nullopt;
  return regroup(counts, separations, bins);
}

/// Each structure once, also where duplicates were allowed. They come sorted; the general
/// union takes four times the memory.
std::vector<TrainingStructure> training_list(const ContactCounts& counts) {
  std::vector<TrainingStructure> list;
  list.reserve(counts.number_of_structures());
  bool sorted = true;
  counts.each_structure([&](const StructureRecord& structure) {
    if (!list.empty()) {
      const auto last = std::tie(list.back().id, list.back().sha256);
      const auto next = std::tie(structure.id, structure.sha256);
      if (last == next) return;
      sorted = sorted && last < next;
    }
    list.push_back({structure.id, structure.sha256, counts.axes.scheme.name()});
  });
  return sorted ? list : union_of_training({&list});
}

}  // namespace

PotentialTable train(const ContactCounts& given, const TrainOptions& options) {
  options.check();
  const ReferenceState& state = find_reference_state(options.reference);
  const auto fewer = regrouped(given, options);
  const ContactCounts& counts = fewer ? *fewer : given;
  require_margins(counts, state);
  const TrainRecipe recipe = complete(options, state, counts.axes.bins);
  const int bins = scored_bins(counts.axes.bins, recipe.cutoff);

  PotentialTable table(counts.axes);
  for (int k = 0; k < counts.axes.classes(); ++k)
    train_class({counts, k, bins, options.cancel}, state, recipe, table);
  table.counts = counts.counts;
  table.structures = counts.number_of_structures();
  table.training = training_list(counts);
  table.recipe.counting = counts.options;
  table.recipe.types = counts.axes.scheme.name();
  table.recipe.bins = options.bins;
  if (options.pool) table.recipe.separations = counts.axes.separations;
  if (!options.inter_as.empty())
    table.axes.separations = table.axes.separations.with_inter(options.inter_as);
  table.recipe.inter_as = options.inter_as;
  table.recipe.normalize = options.normalize;
  table.recipe.training = recipe;
  return table;
}

}  // namespace potential
