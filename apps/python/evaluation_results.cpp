#include "evaluation.hpp"
#include "models.hpp"

namespace potential::python {
namespace {

std::optional<std::pair<double, double>> pair_of(const std::optional<Interval>& interval) {
  return interval ? std::optional(std::pair(interval->low, interval->high)) : std::nullopt;
}

std::vector<TargetEvaluation> figures_of(const std::vector<Evaluation>& evaluations) {
  std::vector<TargetEvaluation> figures;
  for (const Evaluation& evaluation : evaluations) figures.push_back(evaluation->figures);
  return figures;
}

BootstrapOptions bootstrap_of(int resamples) {
  BootstrapOptions options;
  options.resamples = static_cast<int>(count_of("bootstrap", resamples));
  return options;
}

Summary mean_of(const std::vector<Evaluation>& evaluations, int bootstrap) {
  return summarize(figures_of(evaluations), bootstrap_of(bootstrap));
}

/// The mean of kinds as the last.
std::vector<Summary> means_of_kinds(const std::vector<Evaluation>& evaluations, int bootstrap) {
  KindSummary summary = summarize_kinds(figures_of(evaluations), bootstrap_of(bootstrap));
  std::vector<Summary> all = std::move(summary.kinds);
  all.push_back(std::move(summary.mean_of_kinds));
  return all;
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
      .def_readonly("by_sequence", &Similarity::by_sequence,
                    "Matched by aligning the sequences: the files are numbered differently.")
      .def_readonly("rmsd", &Similarity::rmsd, "Å; None without a residue in common.")
      .def_readonly("gdt_ts", &Similarity::gdt_ts, "0 to 1.")
      .def_readonly("gdt_ha", &Similarity::gdt_ha, "0 to 1.")
      .def_readonly("tm_score", &Similarity::tm_score, "0 to 1.")
      .def_readonly("lddt", &Similarity::lddt, "0 to 1, or None.");
  py::class_<DockingSimilarity>(module, "DockingSimilarity",
                                "How alike a pose of two partners is to the bound complex.")
      .def_readonly("dockq", &DockingSimilarity::dockq, "0 to 1.")
      .def_readonly("fnat", &DockingSimilarity::fnat,
                    "Share of the native contacts (residues within 5 Å), 0 to 1.")
      .def_readonly("irmsd", &DockingSimilarity::irmsd, "Å, backbone of the interface.")
      .def_readonly("lrmsd", &DockingSimilarity::lrmsd,
                    "Å, backbone of the second partner, the first one superposed.")
      .def_property_readonly(
          "capri", [](const DockingSimilarity& pose) { return to_string(pose.capri); },
          "'incorrect', 'acceptable', 'medium' or 'high'.");
  py::class_<ScoredModel>(module, "ScoredModel", "A model of an evaluation.")
      .def_readonly("model", &ScoredModel::id, "Its name.")
      .def_readonly("score", &ScoredModel::score, "Lower is better; None when not scored.")
      .def_readonly("label", &ScoredModel::label, "How good it is in truth; None when not known.")
      .def_readonly("quality", &ScoredModel::quality,
                    "Expected GDT-TS; None when the potential is not calibrated.")
      .def_readonly("matched", &ScoredModel::matched, "Residues in common with the native.")
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
          "top1_loss; of docking success_1, success_5, success_10, success_100.")
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

void bind_summary(py::module_& module) {
  const auto by_name = [](const Summary& summary, const auto& value) {
    py::dict dict;
    if (summary.rankings.empty()) return dict;
    for (std::size_t f = 0; f < figure_fields().size(); ++f)
      value(dict, figure_fields()[f], summary.rankings.front(), f);
    return dict;
  };
  py::class_<Summary>(module, "Summary", "Means over targets, or over kinds of targets.")
      .def_readonly("kind", &Summary::kind, "Empty when not of one kind.")
      .def_readonly("targets", &Summary::targets, "How many.")
      .def_readonly("models", &Summary::models, "Of all targets.")
      .def_property_readonly(
          "figures",
          [by_name](const Summary& summary) {
            return by_name(summary, [](py::dict& dict, const FigureField& field,
                                       const MeanRanking& ranking, std::size_t f) {
              const auto& mean = ranking.figures[f];
              dict[field.name] = mean ? std::optional(mean->mean) : std::nullopt;
            });
          },
          "Mean figures of the ranking by score, by name; see Ranking.figures.")
      .def_property_readonly(
          "intervals",
          [by_name](const Summary& summary) {
            return by_name(summary, [](py::dict& dict, const FigureField& field,
                                       const MeanRanking& ranking, std::size_t f) {
              if (field.interval != nullptr) dict[field.name] = pair_of(ranking.intervals[f]);
            });
          },
          "95 % intervals (low, high) of the correlations: bootstrap over targets and models.")
      .def_property_readonly(
          "native_first", [](const Summary& summary) { return summary.native.first; },
          "Targets whose native ranks first.");
  module.def("summarize", mean_of, py::arg("evaluations"), py::kw_only(),
             py::arg("bootstrap") = 2000, "The plain mean over targets.");
  module.def("summarize_kinds", means_of_kinds, py::arg("evaluations"), py::kw_only(),
             py::arg("bootstrap") = 2000,
             "The means of each kind of target, and as the last the mean of these means.");
}

/// A member of the figures of a target.
template <class Value>
auto figure(Value TargetEvaluation::*member) {
  return [member](const EvaluatedTarget& target) { return target.figures.*member; };
}

void bind_result(py::module_& module) {
  using Figures = TargetEvaluation;
  py::class_<EvaluatedTarget, Evaluation> type(
      module, "Evaluation", "How well scores find the good models of one protein.");
  type.def_property_readonly("target", figure(&Figures::target))
      .def_property_readonly("kind", figure(&Figures::kind),
                             "Group that the target belongs to; empty = none.")
      .def_property_readonly("label", figure(&Figures::label), "The label to find.")
      .def_property_readonly("models", figure(&Figures::models), "How many models were given.")
      .def_property_readonly("without_score", figure(&Figures::without_score))
      .def_property_readonly("without_label", figure(&Figures::without_label))
      .def_property_readonly("native_residues", figure(&Figures::native_residues),
                             "None without a native.")
      .def_property_readonly("matched_residues", figure(&Figures::matched_residues),
                             "Of the native, in a model: mean over those scored.")
      .def_property_readonly("rankings", figure(&Figures::rankings),
                             "By the score first, then the trivial ones.")
      .def_property_readonly(
          "figures",
          [](const EvaluatedTarget& target) {
            return figures_of(target.figures.rankings.front().figures);
          },
          "Figures of the ranking by score, by name; see Ranking.figures.")
      .def_property_readonly("native", figure(&Figures::native),
                             "By whole structures; None without a native.")
      .def_property_readonly("native_common", figure(&Figures::native_common),
                             "Over the residues common to native and model; None without a native.")
      .def_property_readonly(
          "per_model", [](const EvaluatedTarget& target) { return target.models.scores.models; },
          "Score and label of each model, in order of the input.")
      .def_property_readonly(
          "similarities", [](const EvaluatedTarget& target) { return target.models.similarities; },
          "Of each model to the native; None where not worked out.")
      .def_property_readonly(
          "docking", [](const EvaluatedTarget& target) { return target.models.docking; },
          "Of each pose to the bound complex; None where not worked out.")
      .def("__repr__", [](const EvaluatedTarget& target) {
        return "<potential.Evaluation " + target.figures.target + ", " +
               std::to_string(target.figures.models) + " models>";
      });
}

}  // namespace

void bind_evaluation_results(py::module_& module) {
  bind_models_of_evaluation(module);
  bind_figures(module);
  bind_result(module);
  bind_summary(module);
}

}  // namespace potential::python
