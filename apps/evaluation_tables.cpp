#include "evaluation_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace potential::app {
namespace {

using Cell = ResultTable::Cell;

Cell cell_of(const std::optional<double>& value) { return value ? Cell(*value) : Cell(); }
Cell cell_of(const std::optional<Mean>& mean) { return mean ? Cell(mean->mean) : Cell(); }

/// A row of means below the targets.
struct MeanRow {
  std::string target;
  Summary summary;
};

/// One column: what it says of a target, and of all.
struct Field {
  std::string name;
  int digits = 3;
  std::string heading;  ///< for people; empty = not shown to them
  std::function<Cell(const TargetEvaluation&)> of;
  std::function<Cell(const Summary&)> mean = [](const Summary&) { return Cell(); };
};

using NativeOf = std::function<const std::optional<NativeFigures>&(const TargetEvaluation&)>;
using MeanNativeOf = std::function<const MeanNative&(const Summary&)>;

/// Rank and Z over common residues, or whole where those are not known.
const std::optional<NativeFigures>& shown(const TargetEvaluation& target) {
  return target.native_common ? target.native_common : target.native;
}
const MeanNative& shown(const Summary& summary) {
  return summary.native_common.targets > 0 ? summary.native_common : summary.native;
}

void add_native(std::vector<Field>& fields, const std::string& suffix, const NativeOf& native,
                const MeanNativeOf& mean) {
  const bool people = suffix.empty();
  fields.push_back({"native_rank" + suffix, 1, people ? "native_rank" : "",
                    [=](const TargetEvaluation& target) {
                      const auto& figures = native(target);
                      return figures ? Cell(std::uint64_t{figures->rank}) : Cell();
                    },
                    [=](const Summary& summary) { return cell_of(mean(summary).rank); }});
  fields.push_back({"native_z" + suffix, 2, people ? "native_z" : "",
                    [=](const TargetEvaluation& target) {
                      const auto& figures = native(target);
                      return figures ? cell_of(figures->z) : Cell();
                    },
                    [=](const Summary& summary) { return cell_of(mean(summary).z); }});
}

void add_interval(std::vector<Field>& fields, std::size_t f, bool people) {
  const FigureField& field = figure_fields()[f];
  const auto add_end = [&](const std::string& name, double Interval::*which) {
    const auto cell = [which](const std::optional<Interval>& interval) {
      return interval ? Cell((*interval).*which) : Cell();
    };
    fields.push_back({std::string(field.name) + "_" + name, 2, people ? name : "",
                      [&field, cell](const TargetEvaluation& target) {
                        return cell(target.rankings.front().figures.*field.interval);
                      },
                      [f, cell](const Summary& summary) {
                        return cell(summary.rankings.front().intervals[f]);
                      }});
  };
  add_end("low", &Interval::low);
  add_end("high", &Interval::high);
}

/// What people see a figure of the score under; nothing where they do not.
std::string heading_of(const std::string& figure, bool docking) {
  if (figure.rfind("success", 0) == 0) return docking ? figure : "";
  const bool hidden =
      figure == "pearson" || (docking && (figure == "kendall" || figure.rfind("log_pb", 0) == 0));
  return hidden ? "" : figure;
}

/// The figures of one ranking: the score (k = 0) or something trivial.
void add_ranking(std::vector<Field>& fields, std::size_t k, const std::string& name, bool docking) {
  for (std::size_t f = 0; f < figure_fields().size(); ++f) {
    const FigureField& field = figure_fields()[f];
    const std::string own = field.name;
    const std::string heading = k == 0   ? heading_of(own, docking)
                                : f == 0 ? (name == "radius_of_gyration" ? "by_rg" : "by_" + name)
                                         : "";
    fields.push_back(
        {k == 0 ? own : own + "_by_" + name, k == 0 ? 3 : 2, heading,
         [=, &field](const TargetEvaluation& target) {
           return cell_of(target.rankings[k].figures.*field.value);
         },
         [=](const Summary& summary) { return cell_of(summary.rankings[k].figures[f]); }});
    if (k == 0 && field.interval != nullptr) add_interval(fields, f, f == 0);
  }
}

/// A number that is counted over targets, and summed over all.
Field count(const std::string& name, bool people, std::size_t TargetEvaluation::*number,
            std::size_t Summary::*sum) {
  return {name, 0, people ? name : "",
          [=](const TargetEvaluation& target) { return Cell(std::uint64_t{target.*number}); },
          [=](const Summary& summary) { return Cell(std::uint64_t{summary.*sum}); }};
}

void add_residues(std::vector<Field>& fields) {
  fields.push_back({"native_residues", 0, "native_residues", [](const TargetEvaluation& target) {
                      return target.native_residues ? Cell(std::uint64_t{*target.native_residues})
                                                    : Cell();
                    }});
  fields.push_back({"matched_residues", 1, "matched", [](const TargetEvaluation& target) {
                      return cell_of(target.matched_residues);
                    }});
}

bool come_in_kinds(const std::vector<TargetEvaluation>& targets) {
  return std::any_of(targets.begin(), targets.end(),
                     [](const TargetEvaluation& target) { return !target.kind.empty(); });
}

std::vector<Field> fields_of(const std::vector<TargetEvaluation>& targets) {
  const std::string label = targets.front().label;
  std::vector<Field> fields{
      {"label", 0, "label", [](const TargetEvaluation& target) { return Cell(target.label); },
       [=](const Summary&) { return Cell(label); }},
      count("models", true, &TargetEvaluation::models, &Summary::models),
      count("without_score", false, &TargetEvaluation::without_score, &Summary::without_score),
      count("without_label", false, &TargetEvaluation::without_label, &Summary::without_label)};
  if (come_in_kinds(targets))
    fields.insert(fields.begin(), {"kind", 0, "kind",
                                   [](const TargetEvaluation& target) { return Cell(target.kind); },
                                   [](const Summary& summary) { return Cell(summary.kind); }});
  add_residues(fields);
  add_native(
      fields, "", [](const auto& target) -> decltype(auto) { return shown(target); },
      [](const auto& summary) -> decltype(auto) { return shown(summary); });
  add_native(
      fields, "_whole", [](const auto& target) -> decltype(auto) { return (target.native); },
      [](const auto& summary) -> decltype(auto) { return (summary.native); });
  const auto& rankings = targets.front().rankings;
  const bool docking = rankings.front().figures.success_1.has_value();
  for (std::size_t k = 0; k < rankings.size(); ++k)
    add_ranking(fields, k, rankings[k].name, docking);
  return fields;
}

std::string legend(const std::vector<TargetEvaluation>& targets) {
  const MeanNative native = shown(summarize(targets, {0}));
  std::string text =
      "\nmatched: residues of the native that a model has, on average. low, high: 95 %\n"
      "bootstrap interval of spearman. by_contacts, by_residues, by_rg: spearman of ranking\n"
      "by most contacts, most residues, least radius of gyration.\n";
  if (native.targets > 0)
    text += fmt::format("The native ranks first in {} of {}.\n", native.first, native.targets);
  return text;
}

/// The means below the targets.
std::vector<MeanRow> mean_rows(const std::vector<TargetEvaluation>& targets,
                               const BootstrapOptions& bootstrap) {
  if (!come_in_kinds(targets)) {
    if (targets.size() < 2) return {};
    return {{"mean", summarize(targets, bootstrap)}};
  }
  std::vector<MeanRow> rows;
  KindSummary summary = summarize_kinds(targets, bootstrap);
  for (Summary& kind : summary.kinds) rows.push_back({"mean", std::move(kind)});
  rows.push_back({"mean of kinds", std::move(summary.mean_of_kinds)});
  return rows;
}

}  // namespace

std::string format_evaluation(const std::vector<EvaluatedTarget>& evaluated,
                              const BootstrapOptions& bootstrap, Format format) {
  std::vector<TargetEvaluation> targets;
  for (const EvaluatedTarget& target : evaluated) targets.push_back(target.figures);
  const bool people = format == Format::table;
  std::vector<Field> fields;
  std::vector<ResultTable::Column> columns{{"target", 0}};
  for (Field& field : fields_of(targets)) {
    if (people && field.heading.empty()) continue;
    columns.push_back({people ? field.heading : field.name, field.digits});
    fields.push_back(std::move(field));
  }
  ResultTable table(std::move(columns));
  const auto add_row = [&](const std::string& name, const auto& cell) {
    std::vector<Cell> row{name};
    for (const Field& field : fields) row.push_back(cell(field));
    table.add(std::move(row));
  };
  for (const TargetEvaluation& target : targets)
    add_row(target.target, [&](const Field& field) { return field.of(target); });
  for (const MeanRow& row : mean_rows(targets, bootstrap))
    add_row(row.target, [&](const Field& field) { return field.mean(row.summary); });
  return table.format(format) + (people ? legend(targets) : "");
}

ResultTable model_table(const std::vector<EvaluatedTarget>& targets) {
  const auto of_docking = [](const EvaluatedTarget& one) {
    const auto& poses = one.models.docking;
    return std::any_of(poses.begin(), poses.end(),
                       [](const auto& pose) { return pose.has_value(); });
  };
  const bool docking = std::any_of(targets.begin(), targets.end(), of_docking);
  const std::vector<const char*> figures =
      docking ? std::vector<const char*>{"dockq", "fnat", "irmsd", "lrmsd"}
              : std::vector<const char*>{"rmsd", "gdt_ts", "gdt_ha", "tm_score", "lddt"};
  std::vector<ResultTable::Column> columns{{"target"}, {"model"},    {"score"},
                                           {"label"},  {"contacts"}, {"residues"}};
  const bool with_quality =
      std::any_of(targets.begin(), targets.end(), [](const EvaluatedTarget& one) {
        const auto& models = one.models.scores.models;
        return std::any_of(models.begin(), models.end(),
                           [](const ScoredModel& model) { return model.quality.has_value(); });
      });
  if (with_quality) columns.push_back({"quality"});
  for (const char* figure : figures) columns.push_back({figure});
  if (docking) columns.push_back({"capri"});
  columns.push_back({"matched"});
  ResultTable table(std::move(columns));
  for (const auto& [figures_of_target, target] : targets)
    for (std::size_t i = 0; i < target.scores.models.size(); ++i) {
      const ScoredModel& model = target.scores.models[i];
      std::vector<Cell> row{target.scores.target,    model.id,
                            cell_of(model.score),    cell_of(model.label),
                            cell_of(model.contacts), cell_of(model.residues)};
      if (with_quality) row.push_back(cell_of(model.quality));
      const auto& similarity = target.similarities[i];
      const auto& pose = target.docking[i];
      for (const char* figure : figures)
        row.push_back(docking      ? pose ? cell_of(docking_figure(*pose, figure)) : Cell()
                           : similarity ? cell_of(similarity_figure(*similarity, figure))
                                   : Cell());
      if (docking) row.push_back(pose ? Cell(std::string(to_string(pose->capri))) : Cell());
      row.push_back(model.matched ? Cell(std::uint64_t{*model.matched}) : Cell());
      table.add(std::move(row));
    }
  return table;
}

}  // namespace potential::app
