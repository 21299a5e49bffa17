#include <cmath>
#include <potential/support/error.hpp>
#include <potential/workflow/score.hpp>

#include "models.hpp"
#include "module.hpp"
#include "run.hpp"

namespace potential::python {
namespace {

/// None where it is not known.
std::optional<double> known(double value) {
  return std::isnan(value) ? std::nullopt : std::optional(value);
}

/// Binds quality, quality_low and quality_high of a model or a residue.
template <class Score, class... Options>
void bind_quality(py::class_<Score, Options...>& type, const std::string& what) {
  const auto part = [](double Quality::*value) {
    return [value](const Score& row) {
      return row.quality ? std::optional((*row.quality).*value) : std::nullopt;
    };
  };
  type.def_property_readonly(
          "quality", part(&Quality::value),
          (what + ", 0 to 1; None when the potential is not calibrated.").c_str())
      .def_property_readonly("quality_low", part(&Quality::low),
                             "80 % lie between quality_low and quality_high.")
      .def_property_readonly("quality_high", part(&Quality::high), "See quality_low.");
}

ScoreOptions options_of(const std::optional<std::string>& normalize, bool per_residue,
                        int top_pairs, bool shuffle_z, bool strict, int threads) {
  ScoreOptions options;
  if (normalize) options.normalize = parse_normalization(*normalize);
  options.per_residue = per_residue;
  options.top_pairs = count_of("top_pairs", top_pairs);
  options.shuffle_z = shuffle_z;
  set_run(options, strict, threads);
  return options;
}

std::vector<ModelScore> score_files(const PotentialArgument& potential, const Inputs& inputs,
                                    const std::optional<std::string>& normalize,
                                    const std::string& models, bool per_residue, int top_pairs,
                                    bool shuffle_z, const std::optional<Path>& leave_out,
                                    bool strict, int threads, const py::object& progress,
                                    const py::object& warn) {
  ScoreOptions options = options_of(normalize, per_residue, top_pairs, shuffle_z, strict, threads);
  const auto held = potential_of("potential", potential);
  const PotentialTable& table = *held;
  options.read = read_options(models);
  std::vector<ModelScore> scores;
  run_work({progress, warn}, [&](const RunObserver& observer) {
    options.observer = observer;
    if (leave_out) options.leave_out = std::make_shared<LeaveOut>(leave_out->string(), table);
    scores = score_inputs(words_of(inputs), table, options);
  });
  return scores;
}

std::vector<ModelScore> score_in_memory(const PotentialArgument& potential,
                                        const std::vector<TypedModel>& models,
                                        const std::optional<std::string>& normalize,
                                        bool per_residue, int top_pairs, bool shuffle_z,
                                        int threads, const py::object& progress,
                                        const py::object& warn) {
  ScoreOptions options = options_of(normalize, per_residue, top_pairs, shuffle_z, false, threads);
  const auto held = potential_of("potential", potential);
  const PotentialTable& table = *held;
  std::vector<std::shared_ptr<const Model>> sites;
  for (const TypedModel& model : models) {
    if (*model.scheme != table.axes.scheme)
      throw UsageError(model.model->id + ": its types are " + model.scheme->name() +
                       ", the potential's " + table.axes.scheme.name());
    sites.push_back(model.model);
  }
  std::vector<ModelScore> scores;
  run_work({progress, warn}, [&](const RunObserver& observer) {
    options.observer = observer;
    scores = score_models(sites, table, options);
  });
  return scores;
}

void bind_parts(py::module_& module) {
  py::class_<ResidueScore, potential::ResidueName> residue(
      module, "ResidueScore", "What a residue adds to the score of its model.");
  bind_quality(residue, "Expected lDDT of its CA");
  residue
      .def_readonly("score", &ResidueScore::score,
                    "Natural-log units, not normalized; half of each pair goes to each of its\n"
                    "residues.")
      .def_readonly("contacts", &ResidueScore::contacts, "Pairs of sites it takes part in.");
  py::class_<NamedPairScore>(module, "PairScore",
                             "What the contacts of two residues add to the score of their model.")
      .def_readonly("first", &NamedPairScore::first)
      .def_readonly("second", &NamedPairScore::second)
      .def_readonly("score", &NamedPairScore::score, "Natural-log units, not normalized.")
      .def_readonly("contacts", &NamedPairScore::contacts);
}

void bind_model_score(py::module_& module) {
  py::class_<ModelScore> row(module, "ModelScore",
                             "A row of the ranking: one model and its score.");
  bind_quality(row, "Expected GDT-TS");
  row.def_readonly("model", &ModelScore::id, "Its name.")
      .def_property_readonly(
          "score",
          [](const ModelScore& row) {
            return row.scored ? std::optional(row.score) : std::nullopt;
          },
          "Normalized, natural-log units, lower is better; None when it could not be scored.")
      .def_readonly("contacts", &ModelScore::contacts, "Pairs of sites in a bin and a class.")
      .def_readonly("residues", &ModelScore::residues, "Polymer residues with a site.")
      .def_property_readonly(
          "standard_error", [](const ModelScore& row) { return known(row.standard_error); },
          "Of the difference to the best model; None when not known.")
      .def_property_readonly(
          "shuffle_z", [](const ModelScore& row) { return known(row.shuffle_z); },
          "Standard deviations between the score and that of the model with its types\n"
          "shuffled, negative is good; None when not asked for or not known.")
      .def_readonly("warnings", &ModelScore::warnings, "What to know, or why there is no score.")
      .def_readonly("per_residue", &ModelScore::per_residue,
                    "When asked for, in order of the file.")
      .def_readonly("top_pairs", &ModelScore::top_pairs, "When asked for, the worst first.")
      .def("__repr__", [](const ModelScore& row) {
        return "<potential.ModelScore " + row.id + ", " +
               (row.scored ? std::to_string(row.score) : std::string("not scored")) + ">";
      });
}

}  // namespace

void bind_scoring(py::module_& module) {
  bind_parts(module);
  bind_model_score(module);
  module.def(
      "score", score_files, py::arg("potential"), py::arg("inputs"), py::kw_only(),
      py::arg("normalize") = py::none(), py::arg("models") = "all", py::arg("per_residue") = false,
      py::arg("top_pairs") = 0, py::arg("shuffle_z") = false, py::arg("leave_out") = py::none(),
      py::arg("strict") = false, py::arg("threads") = 0, py::arg("progress") = py::none(),
      py::arg("warn") = py::none(),
      "Scores the models of files and ranks them, best first. A model that cannot be scored\n"
      "stands last, without a score.\n\n"
      "potential: a Potential, the path of one, or a shipped name ('default').\n"
      "inputs: structure files, folders, tar archives and '@LIST', one or several.\n"
      "normalize: 'total', 'residue' or 'contact'; default: as the potential says. models:\n"
      "'first' or 'all' of a file. per_residue, top_pairs (how many), shuffle_z: what else to\n"
      "work out. leave_out: the counts file the potential was trained from; a model that is\n"
      "among its structures is scored without its own contacts. strict: the first model\n"
      "that cannot be scored raises Error. threads: 0 = all cores. progress, warn: as for\n"
      "extract.\n\n"
      "Releases the GIL. Ctrl-C ends it. Raises Error when nothing could be scored.");
  module.def("score_models", score_in_memory, py::arg("potential"), py::arg("models"),
             py::kw_only(), py::arg("normalize") = py::none(), py::arg("per_residue") = false,
             py::arg("top_pairs") = 0, py::arg("shuffle_z") = false, py::arg("threads") = 0,
             py::arg("progress") = py::none(), py::arg("warn") = py::none(),
             "The same for models in memory, whose scheme must be that of the potential.");
}

}  // namespace potential::python
