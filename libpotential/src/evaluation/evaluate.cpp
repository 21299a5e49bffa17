#include <algorithm>
#include <cctype>
#include <cmath>
#include <potential/evaluation/evaluate.hpp>
#include <potential/evaluation/statistics.hpp>

#include "evaluation/mean.hpp"

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
  Correlations found = correlations(scores, labels, bootstrap);
  Figures figures;
  figures.spearman = found.spearman.value;
  figures.spearman_interval = found.spearman.interval;
  figures.pearson = found.pearson.value;
  figures.pearson_interval = found.pearson.interval;
  figures.kendall = found.kendall.value;
  figures.kendall_interval = found.kendall.interval;
  figures.spearman_resamples = std::move(found.spearman.resamples);
  figures.pearson_resamples = std::move(found.pearson.resamples);
  figures.kendall_resamples = std::move(found.kendall.resamples);
  if (label.good) figures.roc_auc = roc_auc(models, label.lower_is_better, *label.good);
  figures.enrichment = enrichment(models, label.lower_is_better);
  figures.log_pb1 = log_pb(models, label.lower_is_better, 1);
  figures.log_pb10 = log_pb(models, label.lower_is_better, 10);
  figures.top1_loss = top1_loss(models, label.lower_is_better);
  if (label.docking && label.good) {
    const auto among = [&](std::size_t best) {
      return success(models, label.lower_is_better, *label.good, best);
    };
    figures.success_1 = among(1);
    figures.success_5 = among(5);
    figures.success_10 = among(10);
    figures.success_100 = among(100);
  }
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

bool begins_with(const std::string& text, const char* start) { return text.rfind(start, 0) == 0; }

}  // namespace

LabelKind label_kind(const std::string& name) {
  std::string lower = name;
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  LabelKind kind;
  kind.name = name;
  kind.lower_is_better = lower.find("rmsd") != std::string::npos;
  kind.docking =
      begins_with(lower, "dockq") || lower == "fnat" || lower == "irmsd" || lower == "lrmsd";
  if (begins_with(lower, "dockq")) {
    kind.good = 0.23;  // acceptable (Basu & Wallner 2016)
  } else if (kind.lower_is_better) {
    kind.good = lower == "lrmsd" ? 10 : 4;  // Å
  } else if (begins_with(lower, "gdt") || begins_with(lower, "tm_score") ||
             begins_with(lower, "tmscore")) {
    kind.good = 0.5;
  }
  return kind;
}

const std::vector<FigureField>& figure_fields() {
  static const std::vector<FigureField> fields = {
      {"spearman", &Figures::spearman, &Figures::spearman_interval, &Figures::spearman_resamples},
      {"pearson", &Figures::pearson, &Figures::pearson_interval, &Figures::pearson_resamples},
      {"kendall", &Figures::kendall, &Figures::kendall_interval, &Figures::kendall_resamples},
      {"roc_auc", &Figures::roc_auc, nullptr, nullptr},
      {"enrichment", &Figures::enrichment, nullptr, nullptr},
      {"log_pb1", &Figures::log_pb1, nullptr, nullptr},
      {"log_pb10", &Figures::log_pb10, nullptr, nullptr},
      {"top1_loss", &Figures::top1_loss, nullptr, nullptr},
      {"success_1", &Figures::success_1, nullptr, nullptr},
      {"success_5", &Figures::success_5, nullptr, nullptr},
      {"success_10", &Figures::success_10, nullptr, nullptr},
      {"success_100", &Figures::success_100, nullptr, nullptr}};
  return fields;
}

TargetEvaluation evaluate(const TargetScores& scores, const LabelKind& label,
                          const BootstrapOptions& bootstrap) {
  TargetEvaluation result;
  result.target = scores.target;
  result.label = label.name;
  result.kind = scores.kind;
  result.models = scores.models.size();
  result.native_residues = scores.native_residues;
  std::vector<double> above, above_common;
  std::optional<Mean> matched;
  for (const ScoredModel& model : scores.models) {
    if (!model.score) {
      ++result.without_score;
      continue;
    }
    if (!model.label) ++result.without_label;
    if (model.matched) add_to(matched, static_cast<double>(*model.matched));
    if (scores.native) above.push_back(*scores.native - *model.score);
    if (model.common) above_common.push_back(model.common->native - model.common->model);
  }
  for (const RankedBy& by : all_rankings)
    result.rankings.push_back(ranking_by(by, scores.models, label, bootstrap));
  result.native = native_figures(above);
  result.native_common = native_figures(above_common);
  if (matched) result.matched_residues = matched->mean;
  return result;
}

}  // namespace potential
