#pragma once
#include <optional>
#include <string>
#include <vector>

#include <potential/evaluation/docking.hpp>
#include <potential/evaluation/evaluate.hpp>
#include <potential/evaluation/labels.hpp>
#include <potential/evaluation/similarity.hpp>

namespace potential {

/// What is known of the models of one target.
struct TargetModels {
  TargetScores scores;  ///< models in the order of the input
  /// How alike each model is to the native, one a model; none where it was not
  /// asked for, or the model has no CA atom.
  std::vector<std::optional<Similarity>> similarities;
  /// The same of poses of two partners.
  std::vector<std::optional<DockingSimilarity>> docking = {};
};

/// A figure of Similarity by name: rmsd (or rmsd_ca), gdt_ts, gdt_ha, tm_score,
/// lddt (or lddt_ca). @throws UsageError on another name.
std::optional<double> similarity_figure(const Similarity& similarity, const std::string& name);

/// Labels each model by a figure of its similarity to the native (see similarity_figure,
/// docking_figure).
void label_by_similarity(TargetModels& target, const std::string& figure);
/// Labels each model by a column of a table; models that it lacks get none.
/// @throws FormatError as numbers() and match_rows(), or when no row fits a model.
void label_by_table(TargetScores& target, const ModelTable& labels, const std::string& column);

/// The scores of any program as a target: a column of scores and, where the
/// table has them, contacts, residues and radius_of_gyration.
/// @param native  name of the native's row, if it has one; it is no model then
/// @throws FormatError as numbers() and match_rows(), or without that row.
TargetScores target_of_table(const ModelTable& scores, const std::string& column,
                             bool higher_is_better, const std::string& native);

}  // namespace potential
