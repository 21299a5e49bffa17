#include "score_tables.hpp"

#include <algorithm>
#include <cmath>

#include "chain_options.hpp"
#include "output.hpp"

namespace potential::app {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

/// Quality and its interval; empty where there is none.
void add_quality(const std::optional<Quality>& quality, std::vector<ResultTable::Cell>& cells) {
  if (quality)
    cells.insert(cells.end(), {quality->value, quality->low, quality->high});
  else
    cells.insert(cells.end(), 3, {});
}

std::string number_of(const ResidueName& residue) {
  const std::string number = std::to_string(residue.number);
  return residue.insertion_code == ' ' ? number : number + residue.insertion_code;
}

}  // namespace

bool any_in_parts(const std::vector<ModelScore>& scores) {
  return std::any_of(scores.begin(), scores.end(),
                     [](const ModelScore& row) { return !std::isnan(row.between_chains); });
}

ResultTable ranking(const std::vector<ModelScore>& scores, const PotentialTable& potential,
                    const ScoreOptions& options, Format format, bool in_parts) {
  const int digits = options.normalize == Normalization::contact ? 5 : 3;
  std::vector<ResultTable::Column> columns{
      {"model"}, {"score", digits}, {"contacts"}, {"residues"}, {"standard_error", digits}};
  if (in_parts)
    columns.insert(columns.end(), {{"within_chains", digits}, {"between_chains", digits}});
  if (options.residues) columns.insert(columns.end(), {{"within", digits}, {"with_rest", digits}});
  const bool with_quality = potential.calibration && !options.between && !options.residues;
  if (with_quality)
    columns.insert(columns.end(), {{"quality", 3}, {"quality_low", 3}, {"quality_high", 3}});
  if (options.shuffle_z) columns.push_back({"shuffle_z", 2});
  columns.push_back({"warnings"});
  const bool with_unscored =
      format == Format::json && potential.axes.separations.of_different_chains() < 0;
  if (with_unscored) columns.push_back({"unscored_interfaces"});
  ResultTable table(std::move(columns));
  for (const ModelScore& row : scores) {
    std::vector<ResultTable::Cell> cells{row.id, {}, {}, {}, {}};
    if (row.scored)
      cells = {row.id, row.score, row.contacts, std::uint64_t{row.residues}, row.standard_error};
    if (in_parts) cells.insert(cells.end(), {row.within_chains, row.between_chains});
    if (options.residues) cells.insert(cells.end(), {row.within, row.with_rest});
    if (with_quality) add_quality(row.quality, cells);
    if (options.shuffle_z) cells.emplace_back(row.shuffle_z);
    cells.emplace_back(joined(row.warnings));
    if (with_unscored) cells.emplace_back(unscored_interfaces(row));
    table.add(std::move(cells));
  }
  return table;
}

ResultTable residue_table(const std::vector<ModelScore>& scores, bool with_quality) {
  std::vector<ResultTable::Column> columns{{"model"}, {"chain"}, {"residue"},
                                           {"name"},  {"score"}, {"contacts"}};
  if (with_quality) columns.push_back({"quality", 3});
  ResultTable table(std::move(columns));
  for (const ModelScore& row : scores)
    for (const ResidueScore& residue : row.per_residue) {
      std::vector<ResultTable::Cell> cells{row.id,       residue.chain, number_of(residue),
                                           residue.name, residue.score, residue.contacts};
      if (with_quality) {
        cells.emplace_back();
        if (residue.quality) cells.back() = residue.quality->value;
      }
      table.add(std::move(cells));
    }
  return table;
}

ResultTable pair_table(const std::vector<ModelScore>& scores) {
  ResultTable table({{"model"},
                     {"chain_1"},
                     {"residue_1"},
                     {"name_1"},
                     {"chain_2"},
                     {"residue_2"},
                     {"name_2"},
                     {"score"},
                     {"contacts"}});
  for (const ModelScore& row : scores)
    for (const NamedPairScore& pair : row.top_pairs)
      table.add({row.id, pair.first.chain, number_of(pair.first), pair.first.name,
                 pair.second.chain, number_of(pair.second), pair.second.name, pair.score,
                 pair.contacts});
  return table;
}

}  // namespace potential::app
