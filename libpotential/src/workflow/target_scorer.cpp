#include "workflow/target_scorer.hpp"
#include <algorithm>
#include <map>
#include <mutex>
#include <potential/evaluation/residue_match.hpp>
#include <potential/scoring/score.hpp>

#include "core/model_id.hpp"
#include "pipeline/worker_pool.hpp"
#include "scoring/model_scorer.hpp"
#include "scoring/scoring_tables.hpp"
#include "workflow/chain_reading.hpp"
#include "workflow/input_run.hpp"
#include "workflow/native_comparison.hpp"
#include "workflow/target_folder.hpp"

namespace potential {
namespace {

/// A native as sites of the potential's scheme.
struct Native {
  Model model;
  std::vector<ResidueId> residues;
  double score = 0;

  std::size_t size() const {
    return static_cast<std::size_t>(
        std::count_if(residues.begin(), residues.end(),
                      [](const ResidueId& residue) { return !residue.name.empty(); }));
  }
};

/// What came of one model.
struct ScoredOutcome {
  ScoredModel scored;
  std::optional<Similarity> similarity;
  std::optional<DockingSimilarity> docking;
  std::vector<std::string> notes;
  std::string problem;              ///< why there is no score
  std::string unscored_interfaces;  ///< see note_on_interfaces()
  bool is_native = false;
  bool by_sequence = false;  ///< its residues are numbered otherwise than the native's
  std::string not_compared;  ///< with the native, and why
};

ReadOptions reading(const EvaluateOptions& options) {
  ReadOptions read{options.models};
  read.chains = options.chains;
  return read;
}

/// Scores models beside the natives; used by many threads at once.
class TargetScorer {
 public:
  TargetScorer(const PotentialTable& table, const EvaluateOptions& options)
      : options_(options),
        normalize_(options.normalize.value_or(stored_normalization(table, options.between))),
        scheme_(table.axes.scheme),
        reader_(scheme_, with_heavy_atoms(reading(options), table)),
        tables_(table, options.between),
        scorers_([this] { return std::make_unique<SiteScorer>(tables_.fixed()); }) {}

  /// Of several natives, ranks are those of the one that scores best.
  void set_natives(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      Native native{StructureReader(scheme_, {}).read(file_of(path)).front(), {}};
      native.residues = residue_ids(native.model, scheme_);
      const ModelScore whole = score(native.model);
      if (!whole.scored)
        throw Error(path + ": the native cannot be scored: " + whole.warnings.back());
      native.score = whole.score;
      natives_.push_back(std::move(native));
    }
    native_ = &*std::min_element(
        natives_.begin(), natives_.end(),
        [](const Native& first, const Native& second) { return first.score < second.score; });
    if (options_.compare) comparison_ = native_comparison(paths, options_);
  }
  const Native* native() const { return native_; }

  std::vector<ScoredOutcome> work(const InputFile& file) {
    auto outcome = attempt(file, [&] {
      std::vector<ScoredOutcome> models;
      for (const Model& model : reader_.read(file)) models.push_back(outcome_of(model));
      return models;
    });
    if (!outcome.problem.empty()) {
      ScoredOutcome failed;
      failed.scored.id = ModelId::make(file.id).text();
      failed.problem = outcome.problem;
      return {failed};
    }
    if (comparison_) compare_all(file, outcome.result);
    return std::move(outcome.result);
  }

 private:
  ModelScore score(const Model& model) {
    if (!tables_.fixed()) return SiteScorer(tables_.of(model)).score(model, normalize_, false);
    return scorers_.with(
        [&](SiteScorer& scorer) { return scorer.score(model, normalize_, false); });
  }

  ScoredOutcome outcome_of(const Model& model) {
    const ModelScore whole = score(model);
    ScoredOutcome outcome;
    outcome.scored.id = model.id;
    outcome.notes = model.notes;
    outcome.is_native = std::any_of(natives_.begin(), natives_.end(), [&](const Native& native) {
      return native.model.sha256 == model.sha256;
    });
    outcome.unscored_interfaces = note_on_interfaces(whole);
    if (!whole.scored) {
      outcome.problem = whole.warnings.back();
      return outcome;
    }
    outcome.scored.score = whole.score;
    outcome.scored.contacts = static_cast<double>(whole.contacts);
    outcome.scored.residues = whole.residues;
    if (whole.quality) outcome.scored.quality = whole.quality->value;
    outcome.scored.radius_of_gyration = radius_of_gyration(model);
    if (native_ != nullptr && !outcome.is_native) {
      const ResidueMatch match = match_residues(native_->residues, residue_ids(model, scheme_));
      outcome.scored.matched = match.size();
      outcome.by_sequence = match.by_sequence;
      if (match.same_protein()) outcome.scored.common = common(model, whole, match);
    }
    return outcome;
  }

  std::optional<CommonScores> common(const Model& model, const ModelScore& whole,
                                     const ResidueMatch& match) {
    const auto native = native_over(match.native);
    if (!native) return std::nullopt;
    if (match.size() == whole.residues) return CommonScores{*native, whole.score};
    const ModelScore part = score(keep_residues(model, match.model));
    if (!part.scored) return std::nullopt;
    return CommonScores{*native, part.score};
  }

  /// The native's score over some of its residues: the same for most models.
  std::optional<double> native_over(const std::vector<std::uint32_t>& residues) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      const auto found = native_parts_.find(residues);
      if (found != native_parts_.end()) return found->second;
    }
    const ModelScore part = score(keep_residues(native_->model, residues));
    const auto result = part.scored ? std::optional(part.score) : std::nullopt;
    const std::lock_guard<std::mutex> lock(mutex_);
    native_parts_.emplace(residues, result);
    return result;
  }

  /// Reads the file again for its CA atoms; models are found by their names.
  void compare_all(const InputFile& file, std::vector<ScoredOutcome>& outcomes) const {
    const auto found = attempt(file, [&] { return comparison_(file); });
    if (!found.problem.empty()) {
      for (ScoredOutcome& outcome : outcomes) outcome.not_compared = found.problem;
      return;
    }
    for (ScoredOutcome& outcome : outcomes) {
      const auto own = found.result.find(outcome.scored.id);
      if (own == found.result.end() || outcome.is_native) continue;
      outcome.similarity = own->second.similarity;
      outcome.docking = own->second.docking;
      outcome.not_compared = own->second.problem;
    }
  }

  const EvaluateOptions& options_;
  const Normalization normalize_;
  const Scheme& scheme_;
  const StructureReader reader_;
  ScoringTables tables_;
  WorkerPool<SiteScorer> scorers_;
  std::vector<Native> natives_;
  const Native* native_ = nullptr;  ///< the one that models are ranked with
  NativeComparison comparison_;     ///< none when not asked for
  std::mutex mutex_;
  std::map<std::vector<std::uint32_t>, std::optional<double>> native_parts_;
};

/// What is told once of a target, with the first model as the example.
class TargetNotes {
 public:
  void add(const ScoredOutcome& outcome) {
    if (outcome.by_sequence && ++renumbered_ == 1) first_renumbered_ = outcome.scored.id;
    if (!outcome.not_compared.empty() && ++not_compared_ == 1)
      first_not_compared_ = outcome.scored.id + ": " + outcome.not_compared;
  }
  void tell(const RunObserver& observer, const std::string& target) const {
    if (renumbered_ > 0)
      observer.noted(target, "residues of " + models(renumbered_) + ", such as " +
                                 first_renumbered_ +
                                 ", are numbered otherwise than the native's: matched by "
                                 "aligning the sequences");
    if (not_compared_ > 0)
      observer.noted(target, models(not_compared_) + " could not be compared with the native, " +
                                 "such as " + first_not_compared_);
  }

 private:
  static std::string models(std::size_t n) {
    return std::to_string(n) + (n == 1 ? " model" : " models");
  }
  std::size_t renumbered_ = 0, not_compared_ = 0;
  std::string first_renumbered_, first_not_compared_;
};

}  // namespace

TargetModels score_target(const Target& target, const PotentialTable& table,
                          const EvaluateOptions& options) {
  TargetModels result;
  result.scores.target = target.name;
  TargetScorer scorer(table, options);
  if (const auto natives = natives_of(target); !natives.empty()) {
    scorer.set_natives(natives);
    result.scores.native = scorer.native()->score;
    result.scores.native_residues = scorer.native()->size();
  }
  TargetNotes notes;
  InputRun run(target.models, options);
  bool told_of_interfaces = false;
  const auto take = [&](ScoredOutcome& outcome) {
    for (const std::string& note : outcome.notes) options.observer.noted(outcome.scored.id, note);
    if (!outcome.problem.empty()) run.skip(outcome.scored.id, outcome.problem);
    if (!std::exchange(told_of_interfaces,
                       told_of_interfaces || !outcome.unscored_interfaces.empty()) &&
        !outcome.unscored_interfaces.empty())
      options.observer.noted(outcome.scored.id, outcome.unscored_interfaces + said_once);
    if (outcome.is_native) return;
    notes.add(outcome);
    result.scores.models.push_back(std::move(outcome.scored));
    result.similarities.push_back(std::move(outcome.similarity));
    result.docking.push_back(std::move(outcome.docking));
  };
  run.for_each_file<std::vector<ScoredOutcome>>(
      [&](const InputFile& file) { return scorer.work(file); },
      [&](std::vector<ScoredOutcome>& outcomes) {
        std::for_each(outcomes.begin(), outcomes.end(), take);
      });
  notes.tell(options.observer, target.name);
  const auto& models = result.scores.models;
  if (std::none_of(models.begin(), models.end(), [](const auto& m) { return m.score.has_value(); }))
    throw Error((target.name.empty() ? "" : target.name + ": ") +
                "none of the models could be scored");
  return result;
}

}  // namespace potential
