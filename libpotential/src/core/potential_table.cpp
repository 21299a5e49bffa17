#include <algorithm>
#include <map>
#include <potential/core/potential_table.hpp>
#include <potential/support/error.hpp>
#include <set>
#include <tuple>

namespace potential {
namespace {

/// Structures listed by their sites in one scheme.
using List = std::set<std::pair<std::string, Digest>>;

std::vector<std::string> ids_of(const List& list) {
  std::vector<std::string> ids;
  for (const auto& [id, digest] : list) ids.push_back(id);
  return ids;
}

}  // namespace

std::string join_names(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

PotentialTable::PotentialTable(TableAxes a)
    : axes(std::move(a)),
      score(ScoreTable::Zero(Eigen::Index{axes.classes()} * axes.rows(), axes.columns())),
      standard_error(score) {}

bool depends_on_size(const PotentialTable& table) {
  return std::any_of(table.terms.begin(), table.terms.end(),
                     [](const Term& term) { return term.weight.depends_on_size(); });
}

const Term& find_term(const PotentialTable& sum, const std::string& name) {
  std::vector<std::string> names;
  for (const Term& term : sum.terms) {
    if (term.name == name) return term;
    names.push_back(term.name);
  }
  throw UsageError("term", names.empty()
                               ? "the potential has no terms"
                               : "no term '" + name + "'; the potential has " + join_names(names));
}

std::vector<TrainingStructure> union_of_training(
    const std::vector<const std::vector<TrainingStructure>*>& lists) {
  std::vector<std::string> schemes;  // in order of appearance
  std::map<std::string, List> of_scheme;
  for (const auto* list : lists)
    for (const TrainingStructure& one : *list) {
      if (of_scheme.count(one.types) == 0) schemes.push_back(one.types);
      of_scheme[one.types].emplace(one.id, one.sha256);
    }
  std::set<std::vector<std::string>> known;
  std::vector<TrainingStructure> all;
  for (const std::string& types : schemes)
    if (known.insert(ids_of(of_scheme[types])).second)
      for (const auto& [id, digest] : of_scheme[types]) all.push_back({id, digest, types});
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::tie(a.id, a.sha256, a.types) < std::tie(b.id, b.sha256, b.types);
  });
  return all;
}

PotentialTable in_classes(const PotentialTable& table, const SeparationClasses& separations) {
  TableAxes axes = table.axes;
  axes.separations = separations;
  PotentialTable part(std::move(axes));
  part.structures = table.structures;
  part.recipe = table.recipe;
  part.training = table.training;
  part.recipe.separations = separations;
  const auto from = table.axes.separations.nesting(separations);
  const Eigen::Index rows = table.axes.rows();
  for (int k = 0; k < separations.size(); ++k) {
    const int own = from[static_cast<std::size_t>(k)];
    if (own < 0)
      throw UsageError("the potential has no class for pairs of " + separations.label(k) +
                       "; its classes are " + table.axes.separations.to_string());
    part.score.middleRows(k * rows, rows) = table.score.middleRows(own * rows, rows);
    part.standard_error.middleRows(k * rows, rows) =
        table.standard_error.middleRows(own * rows, rows);
  }
  return part;
}

}  // namespace potential
