#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <potential/evaluation/correlation.hpp>

namespace potential {

/// What a label means.
struct LabelKind {
  std::string name;
  bool lower_is_better = false;
  std::optional<double> good;  ///< a model with a label this good counts as good (ROC AUC)
  bool docking = false;        ///< of poses of two partners: success counts
};

/// Lower is better when the name begins with or contains `rmsd` (any case).
/// Good is RMSD <= 4 Å; GDT and TM-score >= 0.5; for other labels not known. Of docking
/// are dockq (good >= 0.23), fnat, irmsd (<= 4 Å) and lrmsd (<= 10 Å).
LabelKind label_kind(const std::string& name);

/// Scores over the residues that the native and one model have in common.
struct CommonScores {
  double native = 0;
  double model = 0;
};

/// One model as it goes into the evaluation; what is not known stays empty.
struct ScoredModel {
  std::string id;
  std::optional<double> score;  ///< lower = believed better
  std::optional<double> label;
  std::optional<double> contacts, residues, radius_of_gyration;
  std::optional<double> quality;  ///< expected GDT-TS, where the potential is calibrated
  std::optional<CommonScores> common;
  std::optional<std::size_t> matched;  ///< residues in common with the native
};

/// All models of one protein; the native is not among them.
struct TargetScores {
  std::string target;
  std::vector<ScoredModel> models;
  std::optional<double> native;  ///< score of the native; of several, of the best-scored
  std::optional<std::size_t> native_residues;
  std::string kind = {};  ///< group that the target belongs to; empty = none
};

/// Figures of merit of one ranking of one target; definitions in
/// statistics.hpp. Correlations are between score and label: with a label that
/// is better when higher, a good ranking has a negative one.
struct Figures {
  std::optional<double> spearman, pearson, kendall;
  std::optional<Interval> spearman_interval, pearson_interval, kendall_interval;
  std::optional<double> roc_auc, enrichment, log_pb1, log_pb10, top1_loss;
  std::optional<double> success_1, success_5, success_10, success_100;  ///< of docking
  std::vector<double> spearman_resamples, pearson_resamples, kendall_resamples;
};

/// The figures by name, in the order they are shown.
struct FigureField {
  const char* name;
  std::optional<double> Figures::*value;
  std::optional<Interval> Figures::*interval;  ///< nullptr for those without
  std::vector<double> Figures::*resamples;     ///< nullptr for the same
};
const std::vector<FigureField>& figure_fields();

/// `score`, or one of the trivial rankings shown beside it: `contacts` and
/// `residues` (more is believed better), `radius_of_gyration` (less is). All
/// are over the same models, those with a score and a label, as far as the
/// value is known. What is ranked by is lower = better (minus the contacts), so
/// that the signs of all correlations can be compared.
struct Ranking {
  std::string name;
  std::size_t models = 0;  ///< N of the figures
  Figures figures;
};

/// Where the native stands among the scored models.
struct NativeFigures {
  std::size_t models = 0;   ///< compared with
  std::size_t rank = 0;     ///< 1 + models that score lower than the native
  std::optional<double> z;  ///< (E_native − mean)/sd (n−1); negative is good
};

struct TargetEvaluation {
  std::string target;
  std::string label;
  std::size_t models = 0;         ///< given
  std::size_t without_score = 0;  ///< left out of everything
  std::size_t without_label = 0;  ///< scored, but left out of all but rank and Z
  std::optional<std::size_t> native_residues;
  std::optional<double> matched_residues;  ///< of them in a model, mean over those scored
  std::vector<Ranking> rankings;           ///< the score first
  std::optional<NativeFigures> native;
  /// Over the residues common to native and model, each model having its own:
  /// rank = 1 + models with E_model < E_native, Z = mean/sd of E_native −
  /// E_model, which is the Z above when all have the same.
  std::optional<NativeFigures> native_common;
  std::string kind = {};  ///< as in TargetScores
};

TargetEvaluation evaluate(const TargetScores& scores, const LabelKind& label,
                          const BootstrapOptions& bootstrap = {});

/// A mean over the targets (or kinds) where the figure is defined.
struct Mean {
  double mean = 0;
  std::size_t targets = 0;
};
struct MeanRanking {
  std::string name;
  std::vector<std::optional<Mean>> figures;  ///< as figure_fields()
  /// Of the figures that have one: bootstrap over targets and their models (see
  /// mean_interval); of the ranking by score alone.
  std::vector<std::optional<Interval>> intervals;
};
struct MeanNative {
  std::size_t targets = 0;  ///< with a native that has a rank
  std::size_t first = 0;    ///< of them, those where it ranks first
  std::optional<Mean> rank, z;
};
struct Summary {
  std::size_t targets = 0;
  std::vector<MeanRanking> rankings;
  MeanNative native, native_common;
  std::size_t models = 0, without_score = 0, without_label = 0;  ///< sums over targets
  std::string kind = {};                                         ///< empty = not of one kind
};

/// Plain means over targets, each target with the same weight.
Summary summarize(const std::vector<TargetEvaluation>& targets,
                  const BootstrapOptions& bootstrap = {});

/// Where targets come in kinds: the means of each kind, in the order in which kinds
/// first appear, and the mean of these means, each kind with the same weight.
struct KindSummary {
  std::vector<Summary> kinds;
  Summary mean_of_kinds;  ///< Mean::targets counts kinds
};
KindSummary summarize_kinds(const std::vector<TargetEvaluation>& targets,
                            const BootstrapOptions& bootstrap = {});

}  // namespace potential
