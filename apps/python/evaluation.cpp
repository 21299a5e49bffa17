#include <fmt/format.h>

#include <map>

#include "evaluation.hpp"
#include "models.hpp"
#include "module.hpp"
#include "run.hpp"

namespace potential::python {
namespace {

/// A table in TSV, or values by model.
using Labels = std::variant<std::map<std::string, double>, Path>;

/// One structure, or several states of one protein.
using Natives = std::variant<Path, std::vector<Path>>;

std::vector<std::string> files_of(const Natives& natives) {
  if (const auto* one = std::get_if<Path>(&natives)) return {one->string()};
  std::vector<std::string> files;
  for (const Path& path : std::get<std::vector<Path>>(natives)) files.push_back(path.string());
  return files;
}

std::vector<Evaluation> shared(std::vector<EvaluatedTarget> targets) {
  std::vector<Evaluation> evaluations;
  for (EvaluatedTarget& target : targets)
    evaluations.push_back(std::make_shared<EvaluatedTarget>(std::move(target)));
  return evaluations;
}

/// Values by model as the table that a file of them would have been.
ModelTable table_of(const Labels& labels, const std::string& column) {
  if (const auto* file = std::get_if<Path>(&labels)) return ModelTable::read(file->string());
  std::string text = "model\t" + column + "\n";
  for (const auto& [model, value] : std::get<std::map<std::string, double>>(labels))
    text += fmt::format("{}\t{}\n", model, value);
  return ModelTable::parse(text, column);
}

/// What to find, and how sure to be about it.
EvaluateOptions aim_of(const std::optional<Labels>& labels, const std::string& label,
                       std::optional<double> good, int bootstrap) {
  EvaluateOptions options;
  options.label = label_kind(label);
  if (good) options.label.good = good;
  options.bootstrap.resamples = static_cast<int>(count_of("bootstrap", bootstrap));
  if (labels) options.labels = table_of(*labels, label);
  return options;
}

void set_scoring(EvaluateOptions& options, const std::vector<std::string>& chains,
                 const std::optional<std::string>& between,
                 const std::optional<std::string>& normalize, const std::string& models,
                 const std::optional<std::string>& rmsd_atoms, bool compare, bool strict,
                 int threads) {
  options.models = read_options(models).models;
  options.chains = chains;
  if (between) options.between = ChainGroups::parse(*between);
  if (normalize) options.normalize = parse_normalization(*normalize);
  if (rmsd_atoms) options.rmsd_atoms = parse_rmsd_atoms(*rmsd_atoms);
  options.compare = compare;
  set_run(options, strict, threads);
}

Evaluation evaluate_models(const PotentialArgument& potential, const Inputs& inputs,
                           const std::optional<Natives>& native,
                           const std::optional<Labels>& labels, const std::string& label,
                           std::optional<double> good, const std::optional<std::string>& normalize,
                           const std::string& models, int bootstrap, bool compare,
                           const std::vector<std::string>& chains,
                           const std::optional<std::string>& between,
                           const std::optional<std::string>& rmsd_atoms, bool strict, int threads,
                           const py::object& progress, const py::object& warn) {
  EvaluateOptions options = aim_of(labels, label, good, bootstrap);
  const auto table = potential_of("potential", potential);
  set_scoring(options, chains, between, normalize, models, rmsd_atoms, compare, strict, threads);
  Target target{options.labels ? options.labels->source() : "models", "", words_of(inputs)};
  if (native) {
    target.other_natives = files_of(*native);
    if (!target.other_natives.empty()) target.name = target.other_natives.front();
  }
  Evaluation evaluation;
  run_work({progress, warn}, [&](const RunObserver& observer) {
    options.observer = observer;
    evaluation = std::make_shared<EvaluatedTarget>(evaluate_target(target, *table, options));
  });
  return evaluation;
}

std::vector<Evaluation> evaluate_folders(
    const PotentialArgument& potential, const Path& folder, const std::optional<Path>& labels,
    const std::string& label, std::optional<double> good,
    const std::optional<std::string>& normalize, const std::string& models, int bootstrap,
    bool compare, const std::vector<std::string>& chains, const std::optional<std::string>& between,
    const std::optional<std::string>& rmsd_atoms, bool strict, int threads,
    const py::object& progress, const py::object& warn) {
  EvaluateOptions options =
      aim_of(labels ? std::optional<Labels>(*labels) : std::nullopt, label, good, bootstrap);
  const auto table = potential_of("potential", potential);
  set_scoring(options, chains, between, normalize, models, rmsd_atoms, compare, strict, threads);
  std::vector<Evaluation> evaluations;
  run_work({progress, warn}, [&](const RunObserver& observer) {
    options.observer = observer;
    evaluations = shared(evaluate_targets(folder.string(), *table, options));
  });
  return evaluations;
}

std::vector<Evaluation> evaluate_scored(const Labels& scores, const Labels& labels,
                                        const std::string& label, const std::string& score,
                                        bool higher_is_better, const std::string& native,
                                        std::optional<double> good, int bootstrap,
                                        const py::object& warn) {
  EvaluateOptions options = aim_of(labels, label, good, bootstrap);
  const ScoreColumn column{table_of(scores, score), score, higher_is_better, native};
  std::vector<Evaluation> evaluations;
  run_work({py::none(), warn}, [&](const RunObserver& observer) {
    options.observer = observer;
    evaluations = shared(evaluate_scores(column, options));
  });
  return evaluations;
}

}  // namespace

void bind_evaluation(py::module_& module) {
  bind_evaluation_results(module);
  module.def(
      "evaluate", evaluate_models, py::arg("potential"), py::arg("inputs"), py::kw_only(),
      py::arg("native") = py::none(), py::arg("labels") = py::none(), py::arg("label") = "gdt_ts",
      py::arg("good") = py::none(), py::arg("normalize") = py::none(), py::arg("models") = "all",
      py::arg("bootstrap") = 2000, py::arg("compare") = false,
      py::arg("chains") = std::vector<std::string>(), py::arg("between") = py::none(),
      py::arg("rmsd_atoms") = py::none(), py::arg("strict") = false, py::arg("threads") = 0,
      py::arg("progress") = py::none(), py::arg("warn") = py::none(),
      "How well a potential finds the good models of a protein.\n\n"
      "native: the native structure, or a list of its states. labels: how good each model is: a "
      "table in TSV, or a\n"
      "dict of values by model; without any, models are compared with the native. label:\n"
      "the column to find, or rmsd, gdt_ts, gdt_ha, tm_score, lddt, or, of poses of the\n"
      "partners that between names, dockq, fnat, irmsd, lrmsd; one with rmsd in its\n"
      "name is better when lower. good: from this label on a model counts as good. bootstrap:\n"
      "resamples for the intervals. rmsd_atoms: of nucleic acids, the atoms for rmsd: \"C1'\"\n"
      "(the default), 'P', \"C3'\" or 'heavy'. compare: with the native also when there are "
      "labels.\n"
      "potential and the rest: as for score. Releases the GIL.");
  module.def("evaluate_targets", evaluate_folders, py::arg("potential"), py::arg("folder"),
             py::kw_only(), py::arg("labels") = py::none(), py::arg("label") = "gdt_ts",
             py::arg("good") = py::none(), py::arg("normalize") = py::none(),
             py::arg("models") = "all", py::arg("bootstrap") = 2000, py::arg("compare") = false,
             py::arg("chains") = std::vector<std::string>(), py::arg("between") = py::none(),
             py::arg("rmsd_atoms") = py::none(), py::arg("strict") = false, py::arg("threads") = 0,
             py::arg("progress") = py::none(), py::arg("warn") = py::none(),
             "The same for many proteins: a folder of folders with native.pdb, models/ and, if\n"
             "known, labels.tsv, or of kinds, which are folders of such folders. One that cannot\n"
             "be evaluated is told to `warn`.");
  module.def("evaluate_scores", evaluate_scored, py::arg("scores"), py::arg("labels"),
             py::kw_only(), py::arg("label") = "gdt_ts", py::arg("score") = "score",
             py::arg("higher_is_better") = false, py::arg("native") = "",
             py::arg("good") = py::none(), py::arg("bootstrap") = 2000,
             py::arg("warn") = py::none(),
             "The same for scores of any program: a table in TSV, or a dict of values by model.\n"
             "native: the name of the native's row, if there is one.");
}

}  // namespace potential::python
