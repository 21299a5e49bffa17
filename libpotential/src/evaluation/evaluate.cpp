#include <algorithm>
#include <cctype>
#include <cmath>
#include <potential/evaluation/evaluate.hpp>
#include <potential/evaluation/statistics.hpp>

namespace potential {
namespace {

/// Something models can be ranked by, lower = believed better.
struct RankedBy {
  const char* name;
  std::optional<double> ScoredModel::*value;
  double sign;
};
constexpr RankedBy all_rankings[] = {{"score", &ScoredModel::score, 1},
                                     {"contacts", &ScoredModel::contacts, -1},
                                     {"residues", &ScoredModel::residues, -1},
                                     {"radius_of_gyration", &ScoredModel::radius_of_gyration, 1}};

Figures figures_of(const std::vector<RankedModel>& models, const LabelKind& label,
                   const BootstrapOptions& bootstrap) {
  std::vector<double> scores, labels;
  for (const RankedModel& model : models) {
    scores.push_back(model.score);
    labels.push_back(model.label);
  }
  const Correlations found = correlations(scores, labels, bootstrap);
  Figures figures;
  figures.spearman = found.spearman.value;
  figures.spearman_interval = found.spearman.interval;
  figures.pearson = found.pearson.value;
  figures.pearson_interval = found.pearson.interval;
  figures.kendall = found.kendall.value;
  figures.kendall_interval = found.kendall.interval;
  if (label.good) figures.roc_auc = roc_auc(models, label.lower_is_better, *label.good);
  figures.enrichment = enrichment(models, label.lower_is_better);
  figures.log_pb1 = log_pb(models, label.lower_is_better, 1);
  figures.log_pb10 = log_pb(models, label.lower_is_better, 10);
  figures.top1_loss = top1_loss(models, label.lower_is_better);
  return figures;
}

Ranking ranking_by(const RankedBy& by, const std::vector<ScoredModel>& models,
                   const LabelKind& label, const BootstrapOptions& bootstrap) {
  std::vector<RankedModel> ranked;
  for (const ScoredModel& model : models) {
    const std::optional<double>& value = model.*by.value;
    if (model.score && model.label && value)
      ranked.push_back({model.id, by.sign * *value, *model.label});
  }
  return {by.name, ranked.size(), figures_of(ranked, label, bootstrap)};
}

/// Rank and Z from how far the native scores above each model.
std::optional<NativeFigures> native_figures(const std::vector<double>& above) {
  if (above.empty()) return std::nullopt;
  NativeFigures result;
  result.models = above.size();
  double mean = 0, squares = 0;
  for (const double difference : above) {
    mean += difference / static_cast<double>(above.size());
    if (difference > 0) ++result.rank;
  }
  ++result.rank;
  for (const double difference : above) squares += (difference - mean) * (difference - mean);
  const auto [least, most] = std::minmax_element(above.begin(), above.end());
  if (*least < *most) {
    const double z = mean / std::sqrt(squares / static_cast<double>(above.size() - 1));
    if (std::isfinite(z)) result.z = z;
  }
  return result;
}

/// A mean that is built up one target at a time.
void add_to(std::optional<Mean>& mean, const std::optional<double>& value) {
  if (!value) return;
  if (!mean) mean.emplace();
  ++mean->targets;
  mean->mean += (*value - mean->mean) / static_cast<double>(mean->targets);
}

void add_to(MeanNative& mean, const std::optional<NativeFigures>& native) {
  if (!native) return;
  ++mean.targets;
  if (native->rank == 1) ++mean.first;
  add_to(mean.rank, static_cast<double>(native->rank));
  add_to(mean.z, native->z);
}

bool begins_with(const std::string& text, const char* start) { return text.rfind(start, 0) == 0; }

}  // namespace

LabelKind label_kind(const std::string& name) {
  std::string lower = name;
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  LabelKind kind;
  kind.name = name;
  kind.lower_is_better = lower.find("rmsd") != std::string::npos;
  if (kind.lower_is_better) {
    kind.good = 4;  // Å
  } else if (begins_with(lower, "gdt") || begins_with(lower, "tm_score") ||
             begins_with(lower, "tmscore")) {
    kind.good = 0.5;
  }
  return kind;
}

const std::vector<FigureField>& figure_fields() {
  static const std::vector<FigureField> fields = {
      {"spearman", &Figures::spearman, &Figures::spearman_interval},
      {"pearson", &Figures::pearson, &Figures::pearson_interval},
      {"kendall", &Figures::kendall, &Figures::kendall_interval},
      {"roc_auc", &Figures::roc_auc, nullptr},
      {"enrichment", &Figures::enrichment, nullptr},
      {"log_pb1", &Figures::log_pb1, nullptr},
      {"log_pb10", &Figures::log_pb10, nullptr},
      {"top1_loss", &Figures::top1_loss, nullptr}};
  return fields;
}

TargetEvaluation evaluate(const TargetScores& scores, const LabelKind& label,
                          const BootstrapOptions& bootstrap) {
  TargetEvaluation result;
  result.target = scores.target;
  result.label = label.name;
  result.models = scores.models.size();
  std::vector<double> above, above_common;
  for (const ScoredModel& model : scores.models) {
    if (!model.score) {
      ++result.without_score;
      continue;
    }
    if (!model.label) ++result.without_label;
    if (scores.native) above.push_back(*scores.native - *model.score);
    if (model.common) above_common.push_back(model.common->native - model.common->model);
  }
  for (const RankedBy& by : all_rankings)
    result.rankings.push_back(ranking_by(by, scores.models, label, bootstrap));
  result.native = native_figures(above);
  result.native_common = native_figures(above_common);
  return result;
}

Summary summarize(const std::vector<TargetEvaluation>& targets) {
  const std::vector<FigureField>& fields = figure_fields();
  Summary summary;
  summary.targets = targets.size();
  for (const RankedBy& by : all_rankings)
    summary.rankings.push_back({by.name, std::vector<std::optional<Mean>>(fields.size())});
  for (const TargetEvaluation& target : targets) {
    add_to(summary.native, target.native);
    add_to(summary.native_common, target.native_common);
    for (std::size_t k = 0; k < summary.rankings.size(); ++k)
      for (std::size_t f = 0; f < fields.size(); ++f)
        add_to(summary.rankings[k].figures[f], target.rankings.at(k).figures.*fields[f].value);
  }
  return summary;
}

}  // namespace potential
