#pragma once
#include <optional>
#include <string>
#include <vector>

#include <potential/core/normalization.hpp>
#include <potential/core/potential_table.hpp>
#include <potential/evaluation/evaluate.hpp>
#include <potential/evaluation/labels.hpp>
#include <potential/evaluation/similarity.hpp>
#include <potential/pipeline/progress.hpp>
#include <potential/structure/reader.hpp>

namespace potential {

/// One protein: models of it and, if it is known, its native structure.
struct Target {
  std::string name;
  std::string native;               ///< a structure file; empty = not known
  std::vector<std::string> models;  ///< inputs, see InputSource
};

struct TargetOptions {
  ModelChoice models = ModelChoice::all;  ///< of the model files; the native is a file's first
  Normalization normalize = Normalization::total;
  bool compare = false;  ///< each model with the native
  bool strict = false;   ///< the first model that cannot be scored ends the run (Error)
  int threads = 0;       ///< 0 = all cores
  RunObserver observer;
};

/// What is known of the models of one target.
struct TargetModels {
  TargetScores scores;  ///< no labels yet; models in the order of the input
  /// How alike each model is to the native, one a model; none where it was not
  /// asked for, or the model has no CA atom.
  std::vector<std::optional<Similarity>> similarities;
};

/// Scores the models of a target, each whole and over the residues it has in
/// common with the native (both cut down to them, see match_residues). A model
/// that is the native itself (by its SHA-256) is left out. One that cannot be
/// scored is told to the observer and has no score.
/// @throws FileError when the native cannot be read; Error when it cannot be
///         scored, or no model can; UsageError when there is nothing to compare
///         with; Cancelled.
TargetModels score_target(const Target& target, const PotentialTable& table,
                          const TargetOptions& options);

/// A figure of Similarity by name: rmsd (or rmsd_ca), gdt_ts, gdt_ha, tm_score,
/// lddt (or lddt_ca). @throws UsageError on another name.
std::optional<double> similarity_figure(const Similarity& similarity, const std::string& name);

/// Labels each model by a figure of its similarity to the native.
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
