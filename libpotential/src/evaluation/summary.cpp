#include <algorithm>
#include <potential/evaluation/evaluate.hpp>

#include "evaluation/mean.hpp"

namespace potential {
namespace {

using Targets = std::vector<const TargetEvaluation*>;

void add_to(MeanNative& mean, const std::optional<NativeFigures>& native) {
  if (!native) return;
  ++mean.targets;
  if (native->rank == 1) ++mean.first;
  add_to(mean.rank, static_cast<double>(native->rank));
  add_to(mean.z, native->z);
}

std::optional<double> value_of(const std::optional<Mean>& mean) {
  return mean ? std::optional(mean->mean) : std::nullopt;
}

void add_to(MeanNative& mean, const MeanNative& kind) {
  mean.targets += kind.targets;
  mean.first += kind.first;
  add_to(mean.rank, value_of(kind.rank));
  add_to(mean.z, value_of(kind.z));
}

/// The means of no target yet, with the rankings of these.
Summary empty_summary(const TargetEvaluation& example) {
  const std::size_t fields = figure_fields().size();
  Summary summary;
  for (const Ranking& ranking : example.rankings)
    summary.rankings.push_back({ranking.name, std::vector<std::optional<Mean>>(fields),
                                std::vector<std::optional<Interval>>(fields)});
  return summary;
}

/// Intervals of the first ranking, which is by the score.
void add_intervals(Summary& summary, const std::vector<Targets>& kinds,
                   const BootstrapOptions& bootstrap) {
  for (std::size_t f = 0; f < figure_fields().size(); ++f) {
    const FigureField& field = figure_fields()[f];
    if (field.resamples == nullptr) continue;
    std::vector<std::vector<const std::vector<double>*>> groups;
    for (const Targets& targets : kinds) {
      groups.emplace_back();
      for (const TargetEvaluation* target : targets)
        groups.back().push_back(&(target->rankings.front().figures.*field.resamples));
    }
    summary.rankings.front().intervals[f] = mean_interval(groups, bootstrap);
  }
}

void add_sums(Summary& summary, std::size_t targets, std::size_t models, std::size_t without_score,
              std::size_t without_label) {
  summary.targets += targets;
  summary.models += models;
  summary.without_score += without_score;
  summary.without_label += without_label;
}

Summary summary_of(const Targets& targets, const BootstrapOptions& bootstrap) {
  if (targets.empty()) return {};
  Summary summary = empty_summary(*targets.front());
  for (const TargetEvaluation* target : targets) {
    add_sums(summary, 1, target->models, target->without_score, target->without_label);
    add_to(summary.native, target->native);
    add_to(summary.native_common, target->native_common);
    for (std::size_t k = 0; k < summary.rankings.size(); ++k)
      for (std::size_t f = 0; f < figure_fields().size(); ++f)
        add_to(summary.rankings[k].figures[f],
               target->rankings.at(k).figures.*figure_fields()[f].value);
  }
  add_intervals(summary, {targets}, bootstrap);
  return summary;
}

}  // namespace

Summary summarize(const std::vector<TargetEvaluation>& targets, const BootstrapOptions& bootstrap) {
  Targets all;
  for (const TargetEvaluation& target : targets) all.push_back(&target);
  return summary_of(all, bootstrap);
}

KindSummary summarize_kinds(const std::vector<TargetEvaluation>& targets,
                            const BootstrapOptions& bootstrap) {
  std::vector<Targets> kinds;
  for (const TargetEvaluation& target : targets) {
    const auto same = [&](const Targets& kind) { return kind.front()->kind == target.kind; };
    auto found = std::find_if(kinds.begin(), kinds.end(), same);
    if (found == kinds.end()) found = kinds.insert(found, Targets{});
    found->push_back(&target);
  }
  KindSummary result;
  if (kinds.empty()) return result;
  Summary& mean = result.mean_of_kinds = empty_summary(targets.front());
  for (const Targets& kind : kinds) {
    Summary summary = summary_of(kind, bootstrap);
    summary.kind = kind.front()->kind;
    add_sums(mean, summary.targets, summary.models, summary.without_score, summary.without_label);
    add_to(mean.native, summary.native);
    add_to(mean.native_common, summary.native_common);
    for (std::size_t k = 0; k < mean.rankings.size(); ++k)
      for (std::size_t f = 0; f < figure_fields().size(); ++f)
        add_to(mean.rankings[k].figures[f], value_of(summary.rankings[k].figures[f]));
    result.kinds.push_back(std::move(summary));
  }
  add_intervals(mean, kinds, bootstrap);
  return result;
}

}  // namespace potential
