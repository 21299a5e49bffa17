#include <algorithm>
#include <potential/evaluation/target.hpp>
#include <potential/support/error.hpp>

namespace potential {

std::optional<double> similarity_figure(const Similarity& similarity, const std::string& name) {
  if (name == "rmsd" || name == "rmsd_ca") return similarity.rmsd;
  if (name == "gdt_ts") return similarity.gdt_ts;
  if (name == "gdt_ha") return similarity.gdt_ha;
  if (name == "tm_score") return similarity.tm_score;
  if (name == "lddt" || name == "lddt_ca") return similarity.lddt;
  throw UsageError("label '" + name +
                   "': without a table of labels, give rmsd, gdt_ts, gdt_ha, tm_score or lddt, or "
                   "dockq, fnat, irmsd or lrmsd of docked partners");
}

void label_by_similarity(TargetModels& target, const std::string& figure) {
  for (std::size_t i = 0; i < target.scores.models.size(); ++i) {
    std::optional<double>& label = target.scores.models[i].label;
    const auto& similarity = target.similarities[i];
    if (docking_figure({}, figure))
      label = target.docking[i] ? docking_figure(*target.docking[i], figure) : std::nullopt;
    else
      label = similarity ? similarity_figure(*similarity, figure) : std::nullopt;
  }
}

void label_by_table(TargetScores& target, const ModelTable& labels, const std::string& column) {
  std::vector<std::string> ids;
  for (const ScoredModel& model : target.models) ids.push_back(model.id);
  const auto values = labels.numbers(column);
  const auto rows = match_rows(labels, ids);
  for (std::size_t i = 0; i < ids.size(); ++i)
    target.models[i].label = rows[i] ? values[*rows[i]] : std::nullopt;
  if (!ids.empty() && std::none_of(rows.begin(), rows.end(), [](auto row) { return row; }))
    throw FormatError(labels.source(),
                      "none of its models is among those scored, such as '" + ids.front() + "'");
}

TargetScores target_of_table(const ModelTable& scores, const std::string& column,
                             bool higher_is_better, const std::string& native) {
  const auto optional_numbers = [&](const char* name) {
    return scores.has_column(name) ? scores.numbers(name)
                                   : std::vector<std::optional<double>>(scores.rows().size());
  };
  auto values = scores.numbers(column);
  if (higher_is_better)
    for (auto& value : values)
      if (value) value = -*value;
  const auto contacts = optional_numbers("contacts"), residues = optional_numbers("residues"),
             radius = optional_numbers("radius_of_gyration");
  const std::size_t none = values.size();
  const std::size_t native_row =
      native.empty() ? none : match_rows(scores, {native}).front().value_or(none);
  if (!native.empty() && native_row == none)
    throw FormatError(scores.source(), "has no row for the native '" + native + "'");
  TargetScores target;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (native_row == row) {
      target.native = values[row];
      continue;
    }
    ScoredModel model;
    model.id = scores.rows()[row].model;
    model.score = values[row];
    model.contacts = contacts[row];
    model.residues = residues[row];
    model.radius_of_gyration = radius[row];
    target.models.push_back(std::move(model));
  }
  return target;
}

}  // namespace potential
