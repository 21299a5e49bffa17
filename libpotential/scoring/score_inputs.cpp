#include <algorithm>
#include <iostream>
#include <potential/pipeline/pipeline.hpp>
#include <potential/pipeline/worker_pool.hpp>
#include <potential/scoring/score_inputs.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

ModelScore unusable(const std::string& id, const std::string& problem) {
  ModelScore row;
  row.id = id;
  // A FileError's text begins with the name, which stands in its own column.
  const bool named = problem.rfind(id + ": ", 0) == 0;
  row.warnings.push_back(named ? problem.substr(id.size() + 2) : problem);
  return row;
}

std::vector<ModelScore> score_file(const InputFile& file, const StructureReader& reader,
                                   WorkerPool<Scorer>& scorers, const ScoreOptions& options) {
  if (!file.problem.empty()) return {unusable(file.id, file.problem)};
  std::vector<ModelScore> rows;
  try {
    for (const Model& model : reader.read(file))
      rows.push_back(scorers.with([&](Scorer& scorer) {
        return scorer.score(model, options.normalize, options.per_residue);
      }));
  } catch (const Error& error) {
    return {unusable(file.id, error.what())};
  }
  if (options.on_file &&
      std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.scored; }))
    options.on_file(file, rows);
  return rows;
}

/// Takes rows in the order of the input and tells the observer.
class Gatherer {
 public:
  explicit Gatherer(const ScoreOptions& options) : options_(options) {}

  void take(std::vector<ModelScore>& rows, std::size_t total) {
    for (ModelScore& row : rows) {
      const bool scored = row.scored;
      if (!scored && options_.strict) throw Error(row.id + ": " + row.warnings.back());
      for (const auto& warning : row.warnings)
        if (scored || &warning != &row.warnings.back()) options_.observer.noted(row.id, warning);
      if (!scored) options_.observer.skipped(row.id, row.warnings.back());
      progress_.skipped += scored ? 0 : 1;
      all_.push_back(std::move(row));
    }
    ++progress_.done;
    progress_.total = total;
    options_.observer.progressed(progress_);
  }

  std::vector<ModelScore> finish() {
    if (std::none_of(all_.begin(), all_.end(), [](const auto& row) { return row.scored; }))
      throw Error("none of the models could be scored");
    rank(all_);
    return std::move(all_);
  }

 private:
  const ScoreOptions& options_;
  std::vector<ModelScore> all_;
  Progress progress_;
};

}  // namespace

std::vector<ModelScore> score_inputs(const std::vector<std::string>& inputs,
                                     const PotentialTable& table, const ScoreOptions& options) {
  const auto scoring_table = make_scoring_table(table);
  const StructureReader reader(table.axes.scheme, options.read);
  WorkerPool<Scorer> scorers([&] { return std::make_unique<Scorer>(scoring_table); });
  InputSource source(inputs, &std::cin);
  const std::size_t total = source.known_total();  // before any is read
  Gatherer gatherer(options);
  run_pipeline<InputFile, std::vector<ModelScore>>(
      thread_count(options.threads),
      [&]() -> std::optional<InputFile> {
        if (options.observer.cancelled()) throw Cancelled();
        return source.next();
      },
      [&](InputFile& file) { return score_file(file, reader, scorers, options); },
      [&](std::vector<ModelScore>& rows) { gatherer.take(rows, total); });
  return gatherer.finish();
}

}  // namespace potential
