#pragma once
#include <optional>
#include <string>
#include <vector>

#include <potential/core/chain_groups.hpp>
#include <potential/core/normalization.hpp>
#include <potential/core/potential_table.hpp>
#include <potential/evaluation/target.hpp>
#include <potential/structure/reader.hpp>
#include <potential/workflow/inputs.hpp>

namespace potential {

/// One protein: models of it and, if it is known, its native structure.
struct Target {
  std::string name;
  std::string native;  ///< a structure file; empty = not known
  Inputs models;
  /// Further states of the protein: a model is compared with the one it is most like,
  /// and ranked with the one that scores best.
  std::vector<std::string> other_natives = {};
};

struct EvaluateOptions : RunOptions {
  ModelChoice models = ModelChoice::all;   ///< of the model files; the native is a file's first
  std::optional<Normalization> normalize;  ///< none = as the potential says
  std::vector<std::string> chains;         ///< to take of the models; empty = all
  std::optional<ChainGroups> between;      ///< score only between them, as ScoreOptions::between
  bool compare = false;                 ///< each model with the native also when there are labels
  std::optional<RmsdAtoms> rmsd_atoms;  ///< of nucleic acids; none = C1'
  LabelKind label = label_kind("gdt_ts");
  BootstrapOptions bootstrap;
  /// How good each model is, in the column `label.name`. None: as that figure of
  /// its likeness to the native says (see similarity_figure).
  std::optional<ModelTable> labels;
};

/// The figures of a target, and the models behind them.
struct EvaluatedTarget {
  TargetEvaluation figures;
  TargetModels models;
};

/// Scores the models of a target, each whole and over the residues it has in
/// common with the native (both cut down to them, see match_residues), and tells
/// how well the scores find the good ones. A model that is the native itself (by
/// its SHA-256) is left out. One that cannot be scored is named to the observer
/// and has no score; one that is another protein has no label but that of a table.
/// Files that are numbered differently are told to the observer.
/// @throws FileError when the native cannot be read; Error when it cannot be
///         scored, or no model can or is of its protein; UsageError when there are neither labels
///         nor a native, or the label is unknown; FormatError as label_by_table(); Cancelled.
EvaluatedTarget evaluate_target(const Target& target, const PotentialTable& table,
                                const EvaluateOptions& options);

/// The same for each folder in a folder: with `native.*` (and `native2.*`, …, other
/// states of it), models (a folder or an archive) and, if known, labels.tsv, which holds
/// where there are no other labels. Folders may be grouped by kind: a folder of such
/// folders is a kind, and its name TargetEvaluation::kind.
/// Unless the run is strict, a target that cannot be evaluated is named to the
/// observer and left out.
/// @throws FileError when none is left; UsageError; Cancelled.
std::vector<EvaluatedTarget> evaluate_targets(const std::string& folder,
                                              const PotentialTable& table,
                                              const EvaluateOptions& options);

/// The scores of any program.
struct ScoreColumn {
  ModelTable table;  ///< perhaps of several targets
  std::string column = "score";
  bool higher_is_better = false;
  std::string native;  ///< the model that is the native; empty = none
};

/// The same for them, one a target of the table. Of the options, those of scoring
/// are of no matter.
/// @throws UsageError without labels; FormatError as target_of_table(), label_by_table().
std::vector<EvaluatedTarget> evaluate_scores(const ScoreColumn& scores,
                                             const EvaluateOptions& options);

}  // namespace potential
