#include <algorithm>
#include <iostream>
#include <map>
#include <mutex>
#include <potential/evaluation/target.hpp>
#include <potential/scoring/score.hpp>
#include <potential/support/error.hpp>

#include "core/model_id.hpp"
#include "pipeline/pipeline.hpp"
#include "pipeline/worker_pool.hpp"

namespace potential {
namespace {

InputFile file_of(const std::string& path) {
  InputFile file;
  file.id = file.path = path;
  return file;
}

/// A FileError's text begins with the name, which is told beside it.
std::string without_name(const std::string& id, const std::string& problem) {
  return problem.rfind(id + ": ", 0) == 0 ? problem.substr(id.size() + 2) : problem;
}

/// The native in both forms: sites of the potential's scheme, and CA atoms.
struct Native {
  Model model;
  std::vector<ResidueId> residues;
  std::optional<CaTrace> trace;
};

/// What came of one model.
struct Outcome {
  ScoredModel scored;
  std::optional<Similarity> similarity;
  std::vector<std::string> notes;
  std::string problem;  ///< why there is no score
  bool is_native = false;
};

/// Scores models beside one native; used by many threads at once.
class TargetScorer {
 public:
  TargetScorer(const PotentialTable& table, const TargetOptions& options)
      : options_(options),
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

  std::vector<Outcome> work(const InputFile& file) {
    if (!file.problem.empty()) return {failed(file.id, file.problem)};
    std::vector<Outcome> outcomes;
    try {
      for (const Model& model : reader_.read(file)) outcomes.push_back(outcome_of(model));
    } catch (const Error& error) {
      return {failed(file.id, without_name(file.id, error.what()))};
    }
    if (native_ && options_.compare) compare_all(file, outcomes);
    return outcomes;
  }

 private:
  static Outcome failed(const std::string& id, const std::string& problem) {
    Outcome outcome;
    outcome.scored.id = ModelId::make(id).text();
    outcome.problem = problem;
    return outcome;
  }

  ModelScore score(const Model& model) {
    return scorers_.with(
        [&](Scorer& scorer) { return scorer.score(model, options_.normalize, false); });
  }

  Outcome outcome_of(const Model& model) {
    const ModelScore whole = score(model);
    Outcome outcome;
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
  void compare_all(const InputFile& file, std::vector<Outcome>& outcomes) const {
    std::map<std::string, const Model*> by_id;
    std::vector<Model> models;
    try {
      models = ca_reader_.read(file);
    } catch (const Error& error) {
      for (Outcome& outcome : outcomes)
        outcome.notes.push_back("not compared with the native: " +
                                without_name(file.id, error.what()));
      return;
    }
    for (const Model& model : models) by_id[model.id] = &model;
    for (Outcome& outcome : outcomes) {
      const auto found = by_id.find(outcome.scored.id);
      if (found == by_id.end() || outcome.is_native) continue;
      outcome.similarity = compare(ca_trace(*found->second, ca_scheme_), *native_->trace);
      if (outcome.similarity->matched == 0)
        outcome.notes.push_back("has no residue in common with the native");
    }
  }

  const TargetOptions& options_;
  const Scheme& scheme_;
  const Scheme ca_scheme_;
  const StructureReader reader_, ca_reader_;
  std::shared_ptr<const ScoringTable> table_;
  WorkerPool<Scorer> scorers_;
  std::optional<Native> native_;
  std::mutex mutex_;
  std::map<std::vector<std::uint32_t>, std::optional<double>> native_parts_;
};

/// Takes outcomes in the order of the input and tells the observer.
class Gatherer {
 public:
  Gatherer(const TargetOptions& options, TargetModels& result)
      : options_(options), result_(result) {}

  void take(std::vector<Outcome>& outcomes, std::size_t total) {
    for (Outcome& outcome : outcomes) {
      for (const std::string& note : outcome.notes)
        options_.observer.noted(outcome.scored.id, note);
      if (!outcome.problem.empty()) {
        if (options_.strict) throw Error(outcome.scored.id + ": " + outcome.problem);
        options_.observer.skipped(outcome.scored.id, outcome.problem);
        ++progress_.skipped;
      }
      if (outcome.is_native) continue;
      result_.scores.models.push_back(std::move(outcome.scored));
      result_.similarities.push_back(std::move(outcome.similarity));
    }
    ++progress_.done;
    progress_.total = total;
    options_.observer.progressed(progress_);
  }

 private:
  const TargetOptions& options_;
  TargetModels& result_;
  Progress progress_;
};

}  // namespace

TargetModels score_target(const Target& target, const PotentialTable& table,
                          const TargetOptions& options) {
  if (options.compare && target.native.empty())
    throw UsageError("models can only be compared with a native; none is given");
  TargetModels result;
  result.scores.target = target.name;
  TargetScorer scorer(table, options);
  if (!target.native.empty()) result.scores.native = scorer.set_native(target.native);
  InputSource source(target.models, &std::cin);
  const std::size_t total = source.known_total();  // before any is read
  Gatherer gatherer(options, result);
  run_pipeline<InputFile, std::vector<Outcome>>(
      thread_count(options.threads),
      [&]() -> std::optional<InputFile> {
        if (options.observer.cancelled()) throw Cancelled();
        auto file = source.next();
        if (file) require_no_output(*file, options.observer.outputs);
        return file;
      },
      [&](InputFile& file) { return scorer.work(file); },
      [&](std::vector<Outcome>& outcomes) { gatherer.take(outcomes, total); });
  const auto& models = result.scores.models;
  if (std::none_of(models.begin(), models.end(), [](const auto& m) { return m.score.has_value(); }))
    throw Error((target.name.empty() ? "" : target.name + ": ") +
                "none of the models could be scored");
  return result;
}

}  // namespace potential
