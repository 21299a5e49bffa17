#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <potential/evaluation/target.hpp>
#include <potential/support/error.hpp>

#include "../stored_normalization.hpp"
#include "../target_folder.hpp"
#include "models.hpp"
#include "module.hpp"
#include "run.hpp"

namespace potential::python {
namespace {

/// A table in TSV, or values by model.
using Labels = std::variant<std::map<std::string, double>, Path>;

/// The figures of a target, and the models behind them.
struct Evaluation : TargetEvaluation {
  TargetModels details;
};

/// What to find, and how sure to be about it.
struct Aim {
  LabelKind label;
  BootstrapOptions bootstrap;
};

Aim aim_of(const std::string& label, std::optional<double> good, int bootstrap) {
  Aim aim{label_kind(label), {}};
  if (good) aim.label.good = good;
  aim.bootstrap.resamples = static_cast<int>(count_of("bootstrap", bootstrap));
  return aim;
}

/// Values by model as the table that a file of them would have been.
ModelTable table_of(const Labels& labels, const std::string& column) {
  if (const auto* file = std::get_if<Path>(&labels)) return ModelTable::read(file->string());
  std::string text = "model\t" + column + "\n";
  for (const auto& [model, value] : std::get<std::map<std::string, double>>(labels))
    text += fmt::format("{}\t{}\n", model, value);
  return ModelTable::parse(text, column);
}

std::shared_ptr<Evaluation> finish(TargetModels models, const Aim& aim) {
  auto evaluation = std::make_shared<Evaluation>();
  static_cast<TargetEvaluation&>(*evaluation) = evaluate(models.scores, aim.label, aim.bootstrap);
  evaluation->details = std::move(models);
  return evaluation;
}

TargetOptions options_of(const PotentialTable& table, const std::optional<std::string>& normalize,
                         const std::string& models, bool compare, bool strict, int threads) {
  TargetOptions options;
  options.models = read_options(models).models;
  options.normalize =
      normalize ? parse_normalization(*normalize) : app::stored_normalization(table);
  options.compare = compare;
  options.strict = strict;
  options.threads = threads_of(threads);
  return options;
}

std::shared_ptr<Evaluation> evaluate_target(const Target& target,
                                            const std::optional<ModelTable>& labels,
                                            const PotentialTable& table, const Aim& aim,
                                            TargetOptions options) {
  if (!labels && target.native.empty())
    throw UsageError(target.name + ": neither a native nor labels: nothing to evaluate with");
  if (!labels) similarity_figure({}, aim.label.name);  // refuses an unknown name before the work
  options.compare = !target.native.empty() && (!labels || options.compare);
  TargetModels models = score_target(target, table, options);
  if (labels)
    label_by_table(models.scores, *labels, aim.label.name);
  else
    label_by_similarity(models, aim.label.name);
  return finish(std::move(models), aim);
}

std::shared_ptr<Evaluation> evaluate_models(
    const PotentialTable& table, const Inputs& inputs, const std::optional<Path>& native,
    const std::optional<Labels>& labels, const std::string& label, std::optional<double> good,
    const std::optional<std::string>& normalize, const std::string& models, int bootstrap,
    bool compare, bool strict, int threads, const py::object& progress, const py::object& warn) {
  const Aim aim = aim_of(label, good, bootstrap);
  TargetOptions options = options_of(table, normalize, models, compare, strict, threads);
  std::optional<ModelTable> known;
  if (labels) known = table_of(*labels, label);
  Target target{native  ? native->string()
                : known ? known->source()
                        : "models",
                native ? native->string() : "", words_of(inputs)};
  std::shared_ptr<Evaluation> evaluation;
  run_work({progress, warn}, [&](const RunObserver& observer) {
    options.observer = observer;
    evaluation = evaluate_target(target, known, table, aim, options);
  });
  return evaluation;
}

/// One folder; nothing when it is no target.
std::shared_ptr<Evaluation> try_folder(const Path& folder, const std::optional<ModelTable>& all,
                                       const PotentialTable& table, const Aim& aim,
                                       const TargetOptions& options) {
  const std::string name = folder.filename().string();
  const std::string models = app::models_in(folder);
  if (models.empty()) {
    options.observer.noted(folder.string(), "no target: it has no models/");
    return nullptr;
  }
  try {
    auto labels = all;
    if (!labels && std::filesystem::exists(folder / "labels.tsv"))
      labels = ModelTable::read((folder / "labels.tsv").string());
    if (labels) labels = app::labels_of(*labels, name);
    return evaluate_target({name, app::native_in(folder), {models}}, labels, table, aim, options);
  } catch (const Cancelled&) {
    throw;
  } catch (const Error& error) {
    if (options.strict) throw;
    options.observer.skipped("target " + name, error.what());
    return nullptr;
  }
}

std::vector<std::shared_ptr<Evaluation>> evaluate_folders(
    const PotentialTable& table, const Path& folder, const std::optional<Path>& labels,
    const std::string& label, std::optional<double> good,
    const std::optional<std::string>& normalize, const std::string& models, int bootstrap,
    bool compare, bool strict, int threads, const py::object& progress, const py::object& warn) {
  const Aim aim = aim_of(label, good, bootstrap);
  TargetOptions options = options_of(table, normalize, models, compare, strict, threads);
  std::vector<std::shared_ptr<Evaluation>> evaluations;
  run_work({progress, warn}, [&](const RunObserver& observer) {
    options.observer = observer;
    std::optional<ModelTable> known;
    if (labels) known = ModelTable::read(labels->string());
    for (const Path& path : app::target_folders(folder.string()))
      if (auto evaluation = try_folder(path, known, table, aim, options))
        evaluations.push_back(std::move(evaluation));
    if (evaluations.empty()) throw FileError(folder.string(), app::no_target);
  });
  return evaluations;
}

std::vector<std::shared_ptr<Evaluation>> evaluate_scores(
    const Labels& scores, const Labels& labels, const std::string& label, const std::string& score,
    bool higher_is_better, const std::string& native, std::optional<double> good, int bootstrap) {
  const Aim aim = aim_of(label, good, bootstrap);
  const ModelTable scored = table_of(scores, score), labelled = table_of(labels, label);
  const py::gil_scoped_release unlocked;
  auto names = scored.targets();
  if (names.empty()) names.emplace_back();
  std::vector<std::shared_ptr<Evaluation>> evaluations;
  for (const std::string& name : names) {
    TargetModels target;
    target.scores = target_of_table(name.empty() ? scored : scored.of_target(name), score,
                                    higher_is_better, native);
    target.scores.target = name.empty() ? scored.source() : name;
    target.similarities.resize(target.scores.models.size());
    label_by_table(target.scores, app::labels_of(labelled, name), label);
    evaluations.push_back(finish(std::move(target), aim));
  }
  return evaluations;
}

std::optional<std::pair<double, double>> pair_of(const std::optional<Interval>& interval) {
  return interval ? std::optional(std::pair(interval->low, interval->high)) : std::nullopt;
}

py::dict figures_of(const Figures& figures) {
  py::dict dict;
  for (const FigureField& field : figure_fields()) dict[field.name] = figures.*field.value;
  return dict;
}

void bind_models_of_evaluation(py::module_& module) {
  py::class_<Similarity>(module, "Similarity", "How alike a model is to the native (CA atoms).")
      .def_readonly("native_residues", &Similarity::native_residues)
      .def_readonly("matched", &Similarity::matched, "Residues in common.")
      .def_readonly("rmsd", &Similarity::rmsd, "Å; None without a residue in common.")
      .def_readonly("gdt_ts", &Similarity::gdt_ts, "0 to 1.")
      .def_readonly("gdt_ha", &Similarity::gdt_ha, "0 to 1.")
      .def_readonly("tm_score", &Similarity::tm_score, "0 to 1.")
      .def_readonly("lddt", &Similarity::lddt, "0 to 1, or None.");
  py::class_<ScoredModel>(module, "ScoredModel", "A model of an evaluation.")
      .def_readonly("model", &ScoredModel::id, "Its name.")
      .def_readonly("score", &ScoredModel::score, "Lower is better; None when not scored.")
      .def_readonly("label", &ScoredModel::label, "How good it is in truth; None when not known.")
      .def_readonly("contacts", &ScoredModel::contacts)
      .def_readonly("residues", &ScoredModel::residues)
      .def_readonly("radius_of_gyration", &ScoredModel::radius_of_gyration, "Å.");
}

void bind_figures(py::module_& module) {
  py::class_<Ranking>(
      module, "Ranking",
      "How well one ranking finds the good models. A figure that is not defined is\n"
      "None. A good ranking has a negative correlation with a label that is better\n"
      "when higher.")
      .def_readonly("name", &Ranking::name,
                    "'score', or 'contacts', 'residues', 'radius_of_gyration': trivial ones.")
      .def_readonly("models", &Ranking::models, "Number of models ranked.")
      .def_property_readonly(
          "figures", [](const Ranking& ranking) { return figures_of(ranking.figures); },
          "By name: spearman, pearson, kendall, roc_auc, enrichment, log_pb1, log_pb10,\n"
          "top1_loss.")
      .def_property_readonly(
          "intervals",
          [](const Ranking& ranking) {
            py::dict dict;
            for (const FigureField& field : figure_fields())
              if (field.interval != nullptr)
                dict[field.name] = pair_of(ranking.figures.*field.interval);
            return dict;
          },
          "95 % bootstrap intervals (low, high) of the correlations, by name.");
  py::class_<NativeFigures>(module, "NativeRank", "Where the native stands among the models.")
      .def_readonly("models", &NativeFigures::models, "Compared with.")
      .def_readonly("rank", &NativeFigures::rank, "1 = before all of them.")
      .def_readonly("z", &NativeFigures::z, "Negative is good; None when not defined.");
}

void bind_result(py::module_& module) {
  py::class_<Evaluation, std::shared_ptr<Evaluation>>(module, "Evaluation",
                                                      "How well scores find the good models of one "
                                                      "protein.")
      .def_readonly("target", &Evaluation::target)
      .def_readonly("label", &Evaluation::label, "The label to find.")
      .def_readonly("models", &Evaluation::models, "How many models were given.")
      .def_readonly("without_score", &Evaluation::without_score)
      .def_readonly("without_label", &Evaluation::without_label)
      .def_readonly("rankings", &Evaluation::rankings, "By the score first, then the trivial ones.")
      .def_property_readonly(
          "figures",
          [](const Evaluation& evaluation) {
            return figures_of(evaluation.rankings.front().figures);
          },
          "Figures of the ranking by score, by name; see Ranking.figures.")
      .def_readonly("native", &Evaluation::native, "By whole structures; None without a native.")
      .def_readonly("native_common", &Evaluation::native_common,
                    "Over the residues common to native and model; None without a native.")
      .def_property_readonly(
          "per_model",
          [](const Evaluation& evaluation) { return evaluation.details.scores.models; },
          "Score and label of each model, in order of the input.")
      .def_property_readonly(
          "similarities",
          [](const Evaluation& evaluation) { return evaluation.details.similarities; },
          "Of each model to the native; None where not worked out.")
      .def("__repr__", [](const Evaluation& evaluation) {
        return "<potential.Evaluation " + evaluation.target + ", " +
               std::to_string(evaluation.models) + " models>";
      });
}

}  // namespace

void bind_evaluation(py::module_& module) {
  bind_models_of_evaluation(module);
  bind_figures(module);
  bind_result(module);
  module.def(
      "evaluate", evaluate_models, py::arg("potential"), py::arg("inputs"), py::kw_only(),
      py::arg("native") = py::none(), py::arg("labels") = py::none(), py::arg("label") = "gdt_ts",
      py::arg("good") = py::none(), py::arg("normalize") = py::none(), py::arg("models") = "all",
      py::arg("bootstrap") = 2000, py::arg("compare") = false, py::arg("strict") = false,
      py::arg("threads") = 0, py::arg("progress") = py::none(), py::arg("warn") = py::none(),
      "How well a potential finds the good models of a protein.\n\n"
      "native: the native structure. labels: how good each model is: a table in TSV, or a\n"
      "dict of values by model; without any, models are compared with the native. label:\n"
      "the column to find, or rmsd, gdt_ts, gdt_ha, tm_score, lddt; one with rmsd in its\n"
      "name is better when lower. good: from this label on a model counts as good. bootstrap:\n"
      "resamples for the intervals. compare: with the native also when there are labels.\n"
      "The rest: as for score. Releases the GIL.");
  module.def("evaluate_targets", evaluate_folders, py::arg("potential"), py::arg("folder"),
             py::kw_only(), py::arg("labels") = py::none(), py::arg("label") = "gdt_ts",
             py::arg("good") = py::none(), py::arg("normalize") = py::none(),
             py::arg("models") = "all", py::arg("bootstrap") = 2000, py::arg("compare") = false,
             py::arg("strict") = false, py::arg("threads") = 0, py::arg("progress") = py::none(),
             py::arg("warn") = py::none(),
             "The same for many proteins: a folder of folders with native.pdb, models/ and, if\n"
             "known, labels.tsv. One that cannot be evaluated is told to `warn`.");
  module.def("evaluate_scores", evaluate_scores, py::arg("scores"), py::arg("labels"),
             py::kw_only(), py::arg("label") = "gdt_ts", py::arg("score") = "score",
             py::arg("higher_is_better") = false, py::arg("native") = "",
             py::arg("good") = py::none(), py::arg("bootstrap") = 2000,
             "The same for scores of any program: a table in TSV, or a dict of values by model.\n"
             "native: the name of the native's row, if there is one.");
}

}  // namespace potential::python
