#include <cmath>
#include <potential/support/error.hpp>
#include <potential/workflow/poses.hpp>
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

/// Which chains to score, and what of them.
struct ChainArguments {
  std::vector<std::string> chains;
  std::optional<std::string> between, residues;
  bool interfaces = false;
};

ScoreOptions options_of(const std::optional<std::string>& normalize, bool per_residue,
                        int top_pairs, bool shuffle_z, bool strict, int threads,
                        const ChainArguments& chains) {
  ScoreOptions options;
  if (chains.between) options.between = ChainGroups::parse(*chains.between);
  if (chains.residues) options.residues = ResidueSelection::parse(*chains.residues);
  options.interfaces = chains.interfaces;
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
                                    const std::vector<std::string>& chains,
                                    const std::optional<std::string>& between,
                                    const std::optional<std::string>& residues, bool interfaces,
                                    bool strict, int threads, const py::object& progress,
                                    const py::object& warn) {
  ScoreOptions options = options_of(normalize, per_residue, top_pairs, shuffle_z, strict, threads,
                                    {chains, between, residues, interfaces});
  const auto held = potential_of("potential", potential);
  const PotentialTable& table = *held;
  options.read = read_options(models);
  options.read.chains = chains;
  std::vector<ModelScore> scores;
  run_work({progress, warn}, [&](const RunObserver& observer) {
    options.observer = observer;
    if (leave_out)
      options.leave_out = std::make_shared<LeaveOut>(leave_out->string(), table, options.read);
    scores = score_inputs(words_of(inputs), table, options);
  });
  return scores;
}

std::vector<ModelScore> score_in_memory(
    const PotentialArgument& potential, const std::vector<TypedModel>& models,
    const std::optional<std::string>& normalize, bool per_residue, int top_pairs, bool shuffle_z,
    const std::optional<std::string>& between, const std::optional<std::string>& residues,
    bool interfaces, int threads, const py::object& progress, const py::object& warn) {
  ScoreOptions options = options_of(normalize, per_residue, top_pairs, shuffle_z, false, threads,
                                    {{}, between, residues, interfaces});
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

using PoseArray = py::array_t<double, py::array::c_style | py::array::forcecast>;

std::vector<RigidMotion> motions_of(const PoseArray& quaternions, const PoseArray& translations) {
  if (quaternions.ndim() != 2 || quaternions.shape(1) != 4)
    throw UsageError("quaternions: give an array of the shape (n, 4): x, y, z, w");
  if (translations.ndim() != 2 || translations.shape(1) != 3 ||
      translations.shape(0) != quaternions.shape(0))
    throw UsageError("translations: give an array of the shape (n, 3), in Å, one a quaternion");
  const auto q = quaternions.unchecked<2>(), t = translations.unchecked<2>();
  std::vector<RigidMotion> motions(static_cast<std::size_t>(q.shape(0)));
  for (py::ssize_t k = 0; k < q.shape(0); ++k)
    motions[static_cast<std::size_t>(k)] = {{q(k, 0), q(k, 1), q(k, 2), q(k, 3)},
                                            {t(k, 0), t(k, 1), t(k, 2)}};
  return motions;
}

/// @returns (scores, contacts), arrays [n].
py::tuple score_poses_of(const PotentialArgument& potential, const Path& receptor,
                         const Path& ligand, const PoseArray& quaternions,
                         const PoseArray& translations, int threads, const py::object& progress,
                         const py::object& warn) {
  const auto motions = motions_of(quaternions, translations);
  const auto held = potential_of("potential", potential);
  RunOptions options;
  set_run(options, false, threads);
  ScoredPoses scored;
  run_work({progress, warn}, [&](const RunObserver& observer) {
    options.observer = observer;
    scored = score_poses(receptor.string(), ligand.string(), motions, *held, options);
  });
  py::array_t<double> scores(static_cast<py::ssize_t>(motions.size()));
  py::array_t<std::uint64_t> contacts(static_cast<py::ssize_t>(motions.size()));
  for (std::size_t k = 0; k < motions.size(); ++k) {
    scores.mutable_data()[k] = scored.scores[k].score;
    contacts.mutable_data()[k] = scored.scores[k].contacts;
  }
  return py::make_tuple(scores, contacts);
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
  py::class_<InterfaceScore>(module, "InterfaceScore", "Two chains of a model in contact.")
      .def_readonly("first", &InterfaceScore::first, "Name of a chain.")
      .def_readonly("second", &InterfaceScore::second, "Name of the other.")
      .def_property_readonly(
          "score",
          [](const InterfaceScore& pair) {
            return pair.scored ? std::optional(pair.score) : std::nullopt;
          },
          "Natural-log units, not normalized; None when the potential has no class for pairs\n"
          "between chains.")
      .def_readonly("contacts", &InterfaceScore::contacts, "Pairs of sites between them.")
      .def_property_readonly(
          "standard_error", [](const InterfaceScore& pair) { return known(pair.standard_error); },
          "Of the score.")
      .def_readonly("first_residues", &InterfaceScore::first_residues,
                    "Residues of the first within 5 Å of the second, by heavy atoms.")
      .def_readonly("second_residues", &InterfaceScore::second_residues, "The other way round.");
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
          "within", [](const ModelScore& row) { return known(row.within); },
          "Part of the score from pairs among the residues asked for; None when none were.")
      .def_property_readonly(
          "with_rest", [](const ModelScore& row) { return known(row.with_rest); },
          "Part from their pairs with the rest; None when none were asked for.")
      .def_property_readonly(
          "within_chains", [](const ModelScore& row) { return known(row.within_chains); },
          "Part of the score from pairs within chains, of a model with several, where the\n"
          "potential judges pairs between chains too; else None.")
      .def_property_readonly(
          "between_chains", [](const ModelScore& row) { return known(row.between_chains); },
          "Part from pairs between chains; see within_chains.")
      .def_property_readonly(
          "shuffle_z", [](const ModelScore& row) { return known(row.shuffle_z); },
          "Standard deviations between the score and that of the model with its types\n"
          "shuffled, negative is good; None when not asked for or not known.")
      .def_readonly("warnings", &ModelScore::warnings, "What to know, or why there is no score.")
      .def_readonly("per_residue", &ModelScore::per_residue,
                    "When asked for, in order of the file.")
      .def_readonly("interfaces", &ModelScore::interfaces,
                    "When asked for, each two chains in contact.")
      .def_readonly("unscored_interfaces", &ModelScore::unscored_interfaces,
                    "Names of two chains that touch, where the potential has no class for pairs\n"
                    "between chains.")
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
      py::arg("chains") = std::vector<std::string>(), py::arg("between") = py::none(),
      py::arg("residues") = py::none(), py::arg("interfaces") = false, py::arg("strict") = false,
      py::arg("threads") = 0, py::arg("progress") = py::none(), py::arg("warn") = py::none(),
      "Scores the models of files and ranks them, best first. A model that cannot be scored\n"
      "stands last, without a score.\n\n"
      "potential: a Potential, the path of one, or a shipped name ('default').\n"
      "inputs: structure files, folders, tar archives and '@LIST', one or several.\n"
      "normalize: 'total', 'residue' or 'contact'; default: as the potential says. models:\n"
      "'first' or 'all' of a file. per_residue, top_pairs (how many), shuffle_z: what else to\n"
      "work out. leave_out: the counts file the potential was trained from; a model that is\n"
      "among its structures is scored without its own contacts. chains: take only these.\n"
      "between: 'A,B:C', score only the pairs between two groups of chains; then ranked by\n"
      "the total. residues: 'A:40-50,A:60,B', score only their pairs, among them and with the\n"
      "rest; then ranked by the total. interfaces: also each two chains in contact. strict: the "
      "first model\n"
      "that cannot be scored raises Error. threads: 0 = all cores. progress, warn: as for\n"
      "extract.\n\n"
      "Releases the GIL. Ctrl-C ends it. Raises Error when nothing could be scored.");
  module.def("score_models", score_in_memory, py::arg("potential"), py::arg("models"),
             py::kw_only(), py::arg("normalize") = py::none(), py::arg("per_residue") = false,
             py::arg("top_pairs") = 0, py::arg("shuffle_z") = false,
             py::arg("between") = py::none(), py::arg("residues") = py::none(),
             py::arg("interfaces") = false, py::arg("threads") = 0,
             py::arg("progress") = py::none(), py::arg("warn") = py::none(),
             "The same for models in memory, whose scheme must be that of the potential.");
  module.def(
      "score_poses", score_poses_of, py::arg("potential"), py::arg("receptor"), py::arg("ligand"),
      py::arg("quaternions"), py::arg("translations"), py::kw_only(), py::arg("threads") = 0,
      py::arg("progress") = py::none(), py::arg("warn") = py::none(),
      "Scores poses of a ligand on a receptor, two structure files of which the first\n"
      "model is taken: x' = R(q) x + t of the ligand, rounded to 0.001 Å as in a PDB file.\n\n"
      "quaternions: [n, 4] (x, y, z, w). translations: [n, 3], Å. Returns (scores,\n"
      "contacts), arrays of n in the order of the poses; scores are totals, in natural-log\n"
      "units. Raises UsageError when the potential has no class for pairs between chains.\n"
      "Releases the GIL. Ctrl-C ends it.");
}

}  // namespace potential::python
