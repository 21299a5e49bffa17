#include <algorithm>
#include <potential/support/error.hpp>
#include <potential/workflow/evaluate.hpp>

#include "workflow/input_run.hpp"
#include "workflow/target_folder.hpp"
#include "workflow/target_scorer.hpp"

namespace potential {
namespace {

namespace fs = std::filesystem;

/// The rows of one target: all, when the table is not divided by targets or holds
/// but one.
ModelTable labels_of(const ModelTable& labels, const std::string& target) {
  const auto names = labels.targets();
  return std::find(names.begin(), names.end(), target) != names.end() ? labels.of_target(target)
                                                                      : labels;
}

EvaluatedTarget finish(TargetModels target, const EvaluateOptions& options) {
  const auto& models = target.scores.models;
  const auto unlabelled =
      std::count_if(models.begin(), models.end(), [](const auto& model) { return !model.label; });
  if (unlabelled > 0)
    options.observer.noted(target.scores.target, std::to_string(unlabelled) + " of " +
                                                     std::to_string(models.size()) +
                                                     " models have no label " + options.label.name);
  TargetEvaluation figures = evaluate(target.scores, options.label, options.bootstrap);
  return {std::move(figures), std::move(target)};
}

bool can_be_evaluated(const Target& target, const EvaluateOptions& options) {
  return options.labels || !natives_of(target).empty();
}

constexpr const char* nothing_known = "neither a native nor labels: nothing to evaluate with";

/// One folder of many; nothing when it is no target.
std::optional<EvaluatedTarget> evaluate_folder(const TargetFolder& target_folder,
                                               const PotentialTable& table,
                                               EvaluateOptions options) {
  const fs::path& folder = target_folder.path;
  const std::string name = folder.filename().string(), models = models_in(folder);
  if (models.empty()) {
    options.observer.noted(folder.string(), "no target: it has no models/");
    return std::nullopt;
  }
  try {
    if (!options.labels && fs::exists(folder / "labels.tsv")) {
      options.labels = ModelTable::read((folder / "labels.tsv").string());
      if (docking_figure({}, options.label.name) && !options.labels->has_column(options.label.name))
        options.labels.reset();
    }
    if (!options.between) options.between = partners_in(folder);
    if (options.labels) options.labels = labels_of(*options.labels, name);
    Target target{name, "", {models}};
    target.other_natives = natives_in(folder);
    if (!can_be_evaluated(target, options)) throw Error(name + ": " + nothing_known);
    EvaluatedTarget evaluated = evaluate_target(target, table, options);
    evaluated.figures.kind = evaluated.models.scores.kind = target_folder.kind;
    return evaluated;
  } catch (const Cancelled&) {
    throw;
  } catch (const UsageError&) {
    throw;
  } catch (const Error& error) {
    if (options.strict) throw;
    options.observer.skipped("target " + name, error.what());
    return std::nullopt;
  }
}

}  // namespace

EvaluatedTarget evaluate_target(const Target& target, const PotentialTable& table,
                                const EvaluateOptions& options) {
  if (!can_be_evaluated(target, options))
    throw UsageError((target.name.empty() ? "" : target.name + ": ") + nothing_known);
  if (!options.labels && !docking_figure({}, options.label.name))
    similarity_figure({}, options.label.name);  // refuses before the work
  EvaluateOptions own = options;
  own.compare = !natives_of(target).empty() && (!options.labels || options.compare);
  TargetModels models = score_target(target, table, own);
  if (options.labels)
    label_by_table(models.scores, *options.labels, options.label.name);
  else
    label_by_similarity(models, options.label.name);
  const auto& all = models.scores.models;
  if (!options.labels && std::none_of(all.begin(), all.end(),
                                      [](const auto& model) { return model.label.has_value(); }))
    throw Error((target.name.empty() ? "" : target.name + ": ") +
                "no model could be compared with the native; is it that of another protein?");
  return finish(std::move(models), options);
}

std::vector<EvaluatedTarget> evaluate_targets(const std::string& folder,
                                              const PotentialTable& table,
                                              const EvaluateOptions& options) {
  const auto folders = target_folders(folder);
  std::error_code unreadable;  // said when it is its turn
  for (const TargetFolder& one : folders)
    for (const auto& entry : fs::directory_iterator(one.path, unreadable))
      require_no_output({entry.path().string(), entry.path().string(), nullptr, {}, ""},
                        options.observer.outputs);
  std::vector<EvaluatedTarget> evaluated;
  for (const TargetFolder& one : folders)
    if (auto target = evaluate_folder(one, table, options)) evaluated.push_back(std::move(*target));
  if (evaluated.empty())
    throw FileError(folder,
                    "none of its folders is a target that can be evaluated; a target "
                    "is a folder with native.pdb, models/ and, if known, labels.tsv");
  return evaluated;
}

std::vector<EvaluatedTarget> evaluate_scores(const ScoreColumn& scores,
                                             const EvaluateOptions& options) {
  if (!options.labels) throw UsageError("labels", "are needed to evaluate scores");
  auto names = scores.table.targets();
  if (names.empty()) names.emplace_back();
  std::vector<EvaluatedTarget> evaluated;
  for (const std::string& name : names) {
    TargetModels target;
    target.scores = target_of_table(name.empty() ? scores.table : scores.table.of_target(name),
                                    scores.column, scores.higher_is_better, scores.native);
    target.scores.target = name.empty() ? scores.table.source() : name;
    target.similarities.resize(target.scores.models.size());
    target.docking.resize(target.scores.models.size());
    label_by_table(target.scores, labels_of(*options.labels, name), options.label.name);
    evaluated.push_back(finish(std::move(target), options));
  }
  return evaluated;
}

}  // namespace potential
