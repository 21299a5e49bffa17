#include "workflow/target_scorer.hpp"
#include <algorithm>
#include <map>
#include <mutex>
#include <potential/evaluation/residue_match.hpp>
#include <potential/scoring/score.hpp>

#include "core/model_id.hpp"
#include "pipeline/worker_pool.hpp"
#include "workflow/input_run.hpp"

namespace potential {
namespace {

InputFile file_of(const std::string& path) {
  InputFile file;
  file.id = file.path = path;
  return file;
}

/// The native in both forms: sites of the potential's scheme, and CA atoms.
struct Native {
  Model model;
  std::vector<ResidueId> residues;
  std::optional<CaTrace> trace;
};

/// What came of one model.
struct ScoredOutcome {
  ScoredModel scored;
  std::optional<Similarity> similarity;
  std::vector<std::string> notes;
  std::string problem;  ///< why there is no score
  bool is_native = false;
};

/// Scores models beside one native; used by many threads at once.
class TargetScorer {
 public:
  TargetScorer(const PotentialTable& table, const EvaluateOptions& options)
      : options_(options),
        normalize_(options.normalize.value_or(stored_normalization(table))),
        scheme_(table.axes.scheme),
        ca_scheme_(load_scheme("residue-ca")),
        reader_(scheme_, {options.models}),
        ca_reader_(ca_scheme_, {options.models}),
        table_(make_scoring_table(table)),
        scorers_([this] { return std::make_unique<Scorer>(table_); }) {}

  /// @returns the score of the native.
  double set_native(const std::string& path) {
    Native native{StructureReader(scheme_, {}).read(file_of(path)).front(), {}, std::nullopt};
    native.residues = residue_ids(native.model, scheme_);
    if (options_.compare)
      native.trace =
          ca_trace(StructureReader(ca_scheme_, {}).read(file_of(path)).front(), ca_scheme_);
    const ModelScore whole = score(native.model);
    if (!whole.scored)
      throw Error(path + ": the native cannot be scored: " + whole.warnings.back());
    native_ = std::move(native);
    return whole.score;
  }

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
    if (native_ && options_.compare) compare_all(file, outcome.result);
    return std::move(outcome.result);
  }

 private:
  ModelScore score(const Model& model) {
    return scorers_.with([&](Scorer& scorer) { return scorer.score(model, normalize_, false); });
  }

  ScoredOutcome outcome_of(const Model& model) {
    const ModelScore whole = score(model);
    ScoredOutcome outcome;
    outcome.scored.id = model.id;
    outcome.notes = model.notes;
    outcome.is_native = native_ && model.sha256 == native_->model.sha256;
    if (!whole.scored) {
      outcome.problem = whole.warnings.back();
      return outcome;
    }
    outcome.scored.score = whole.score;
    outcome.scored.contacts = static_cast<double>(whole.contacts);
    outcome.scored.residues = whole.residues;
    if (whole.quality) outcome.scored.quality = whole.quality->value;
    outcome.scored.radius_of_gyration = radius_of_gyration(model);
    if (native_ && !outcome.is_native) outcome.scored.common = common(model, whole);
    return outcome;
  }

  std::optional<CommonScores> common(const Model& model, const ModelScore& whole) {
    const ResidueMatch match = match_residues(native_->residues, residue_ids(model, scheme_));
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
    const auto models = attempt(file, [&] { return ca_reader_.read(file); });
    if (!models.problem.empty()) {
      for (ScoredOutcome& outcome : outcomes)
        outcome.notes.push_back("not compared with the native: " + models.problem);
      return;
    }
    std::map<std::string, const Model*> by_id;
    for (const Model& model : models.result) by_id[model.id] = &model;
    for (ScoredOutcome& outcome : outcomes) {
      const auto found = by_id.find(outcome.scored.id);
      if (found == by_id.end() || outcome.is_native) continue;
      outcome.similarity = compare(ca_trace(*found->second, ca_scheme_), *native_->trace);
      if (outcome.similarity->matched == 0)
        outcome.notes.push_back("has no residue in common with the native");
    }
  }

  const EvaluateOptions& options_;
  const Normalization normalize_;
  const Scheme& scheme_;
  const Scheme ca_scheme_;
  const StructureReader reader_, ca_reader_;
  std::shared_ptr<const ScoringTable> table_;
  WorkerPool<Scorer> scorers_;
  std::optional<Native> native_;
  std::mutex mutex_;
  std::map<std::vector<std::uint32_t>, std::optional<double>> native_parts_;
};

}  // namespace

TargetModels score_target(const Target& target, const PotentialTable& table,
                          const EvaluateOptions& options) {
  TargetModels result;
  result.scores.target = target.name;
  TargetScorer scorer(table, options);
  if (!target.native.empty()) result.scores.native = scorer.set_native(target.native);
  InputRun run(target.models, options);
  const auto take = [&](ScoredOutcome& outcome) {
    for (const std::string& note : outcome.notes) options.observer.noted(outcome.scored.id, note);
    if (!outcome.problem.empty()) run.skip(outcome.scored.id, outcome.problem);
    if (outcome.is_native) return;
    result.scores.models.push_back(std::move(outcome.scored));
    result.similarities.push_back(std::move(outcome.similarity));
  };
  run.for_each_file<std::vector<ScoredOutcome>>(
      [&](const InputFile& file) { return scorer.work(file); },
      [&](std::vector<ScoredOutcome>& outcomes) {
        std::for_each(outcomes.begin(), outcomes.end(), take);
      });
  const auto& models = result.scores.models;
  if (std::none_of(models.begin(), models.end(), [](const auto& m) { return m.score.has_value(); }))
    throw Error((target.name.empty() ? "" : target.name + ": ") +
                "none of the models could be scored");
  return result;
}

}  // namespace potential
