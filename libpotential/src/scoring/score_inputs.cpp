#include <algorithm>
#include <iostream>
#include <map>
#include <potential/scoring/score_inputs.hpp>
#include <potential/support/error.hpp>
#include <sstream>

#include "pipeline/pipeline.hpp"
#include "pipeline/worker_pool.hpp"
#include "scoring/chain_pairs.hpp"
#include "scoring/difference.hpp"
#include "scoring/judgement.hpp"
#include "scoring/shuffle.hpp"

namespace potential {
namespace {

/// A row of the ranking, and the sites behind it while they are needed.
struct Row {
  ModelScore result;
  std::vector<std::string> cautions;  ///< warnings for the table alone
  std::shared_ptr<const Model> sites;
};

/// What one thread scores with.
class Tools {
 public:
  Scorer scorer;
  TypeShuffler shuffler;
  explicit Tools(const std::shared_ptr<const ScoringTable>& table)
      : scorer(table), shuffler(table), table_(table) {}

  /// Made when it is first asked for.
  ChainPairScorer& chain_pairs() {
    if (!chain_pairs_) chain_pairs_.emplace(table_);
    return *chain_pairs_;
  }

 private:
  std::shared_ptr<const ScoringTable> table_;
  std::optional<ChainPairScorer> chain_pairs_;
};

/// ModelScore::quality. @returns a caution when it says little, or nothing.
std::string judge(const Model& model, Tools& tools, const TrainingComposition& training,
                  Normalization normalize, ModelScore& row) {
  const ShuffledScore shuffled = tools.shuffler.moments(model);
  const auto z = z_score(row.score * divisor(normalize, row), shuffled);
  if (z) row.quality = *z;
  const auto unlike = training.distance(shuffled.contacts);
  if (!unlike || *unlike <= most_unlike) return "";
  return "too unlike the training set to judge: " +
         std::to_string(static_cast<int>(100 * *unlike)) +
         " % of its contacts would have to be of other residues";
}

ModelScore unusable(const std::string& id, const std::string& problem) {
  ModelScore row;
  row.id = id;
  // A FileError's text begins with the name, which stands in its own column.
  const bool named = problem.rfind(id + ": ", 0) == 0;
  row.warnings.push_back(named ? problem.substr(id.size() + 2) : problem);
  return row;
}

Row score_model(const Model& model, Tools& tools, const TrainingComposition& training,
                const ScoreOptions& options) {
  Row scored;
  ModelScore& row = scored.result;
  row = tools.scorer.score(model, options.normalize, options.per_residue);
  if (!row.scored) return scored;
  if (row.residues < least_residues)
    scored.cautions.push_back("too small to judge: " + std::to_string(row.residues) + " residues");
  if (options.quality)
    if (auto caution = judge(model, tools, training, options.normalize, row); !caution.empty())
      scored.cautions.push_back(std::move(caution));
  if (options.top_pairs > 0)
    for (const PairScore& pair : tools.scorer.top_pairs(model, options.top_pairs))
      row.top_pairs.push_back({residue_name(model, pair.first), residue_name(model, pair.second),
                               pair.score, pair.contacts});
  if (options.chain_pairs && model.chains.size() > 1)
    row.chain_pairs = tools.chain_pairs().score(model);
  return scored;
}

/// What the pair search needs of a model, and no more.
std::shared_ptr<const Model> sites_of(Model model) {
  for (Residue& residue : model.residues) residue.name = std::string();
  model.notes = {};
  return std::make_shared<const Model>(std::move(model));
}

std::size_t bytes_of(const Model& model) {
  return sizeof(Model) + model.size() * (4 * sizeof(std::uint32_t) + sizeof(std::uint16_t)) +
         model.residues.capacity() * sizeof(Residue) + model.chains.capacity() * sizeof(Chain);
}

/// One run: models are scored by many threads and gathered in order.
class Scoring {
 public:
  Scoring(const std::vector<std::string>& inputs, const PotentialTable& table,
          const ScoreOptions& options)
      : inputs_(inputs),
        options_(options),
        table_(make_scoring_table(table)),
        training_(table),
        reader_(table.axes.scheme, options.read),
        tools_([this] { return std::make_unique<Tools>(table_); }),
        differences_([this] { return std::make_unique<DifferenceScorer>(table_); }) {
    // A list on standard input can be read once; it may be needed twice.
    if (std::find(inputs.begin(), inputs.end(), "-") != inputs.end()) {
      std::ostringstream list;
      list << std::cin.rdbuf();
      list_ = list.str();
    }
  }

  std::vector<ModelScore> run() {
    for_each_file<std::vector<Row>>(
        [&](InputFile& file) { return score_file(file); },
        [&](std::vector<Row>& rows, std::size_t total) { take(rows, total); });
    return ranking();
  }

  /// Of models that are held by the caller.
  std::vector<ModelScore> run(const std::vector<std::shared_ptr<const Model>>& models) {
    auto next = models.begin();
    run_pipeline<std::shared_ptr<const Model>, std::vector<Row>>(
        thread_count(options_.threads),
        [&]() -> std::optional<std::shared_ptr<const Model>> {
          if (options_.observer.cancelled()) throw Cancelled();
          return next == models.end() ? std::nullopt : std::optional(*next++);
        },
        [&](std::shared_ptr<const Model>& model) {
          std::vector<Row> rows{score(*model)};
          if (options_.standard_error && rows[0].result.scored) rows[0].sites = model;
          return rows;
        },
        [&](std::vector<Row>& rows) { take(rows, models.size()); });
    return ranking();
  }

 private:
  using Waiting = std::multimap<std::string, ModelScore*>;
  using Errors = std::vector<std::pair<ModelScore*, double>>;

  std::vector<ModelScore> ranking() {
    const auto best = std::min_element(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
      return ranks_before(a.result, b.result);
    });
    if (best == rows_.end() || !best->result.scored)
      throw Error("none of the models could be scored");
    if (options_.standard_error) add_standard_errors(*best);
    std::vector<ModelScore> scores;
    for (Row& row : rows_) scores.push_back(std::move(row.result));
    rank(scores);
    return scores;
  }

  template <class Result, class Work, class Sink>
  void for_each_file(Work work, Sink sink) {
    std::istringstream list(list_);
    InputSource source(inputs_, &list);
    const std::size_t total = source.known_total();  // before any is read
    run_pipeline<InputFile, Result>(
        thread_count(options_.threads),
        [&]() -> std::optional<InputFile> {
          if (options_.observer.cancelled()) throw Cancelled();
          auto file = source.next();
          if (file) require_no_output(*file, options_.observer.outputs);
          return file;
        },
        work, [&](Result& result) { sink(result, total); });
  }

  std::vector<Row> score_file(const InputFile& file) {
    if (!file.problem.empty()) return {{unusable(file.id, file.problem), {}, nullptr}};
    std::vector<Row> rows;
    try {
      for (Model& model : reader_.read(file)) {
        Row row = score(model);
        if (options_.standard_error && row.result.scored) row.sites = sites_of(std::move(model));
        rows.push_back(std::move(row));
      }
    } catch (const Error& error) {
      return {{unusable(file.id, error.what()), {}, nullptr}};
    }
    if (options_.on_file) hand_out(file, rows);
    return rows;
  }

  void hand_out(const InputFile& file, std::vector<Row>& rows) const {
    std::vector<const ModelScore*> models;
    bool any = false;
    for (const Row& row : rows) {
      models.push_back(&row.result);
      any = any || row.result.scored;
    }
    if (!any) return;
    const auto warnings = options_.on_file(file, models);
    for (Row& row : rows)
      if (row.result.scored)
        row.result.warnings.insert(row.result.warnings.end(), warnings.begin(), warnings.end());
  }

  Row score(const Model& model) {
    const auto own = options_.table_of ? options_.table_of(model) : nullptr;
    if (own == nullptr)
      return tools_.with(
          [&](Tools& tools) { return score_model(model, tools, training_, options_); });
    Tools tools(own);
    Row row = score_model(model, tools, training_, options_);
    row.cautions.emplace_back("its own contacts were left out");
    return row;
  }

  /// Takes rows in the order of the input and tells the observer.
  void take(std::vector<Row>& rows, std::size_t total) {
    for (Row& row : rows) {
      tell(row.result);
      auto& warnings = row.result.warnings;
      warnings.insert(warnings.end(), row.cautions.begin(), row.cautions.end());
      hold(row);
      rows_.push_back(std::move(row));
    }
    ++progress_.done;
    progress_.total = total;
    options_.observer.progressed(progress_);
  }

  void tell(const ModelScore& row) {
    const auto& warnings = row.warnings;
    if (!row.scored && options_.strict) throw Error(row.id + ": " + warnings.back());
    for (const auto& warning : warnings)
      if (row.scored || &warning != &warnings.back()) options_.observer.noted(row.id, warning);
    if (row.scored) return;
    options_.observer.skipped(row.id, warnings.back());
    ++progress_.skipped;
  }

  /// Keeps the sites of a row if there is room, and always those of the best.
  void hold(Row& row) {
    if (row.sites == nullptr) return;
    if (best_.sites == nullptr || ranks_before(row.result, best_.result)) {
      best_.result.id = row.result.id;
      best_.result.score = row.result.score;
      best_.result.scored = true;
      best_.sites = row.sites;
    }
    const std::size_t bytes = bytes_of(*row.sites);
    if (held_ + bytes > options_.memory)
      row.sites = nullptr;
    else
      held_ += bytes;
  }

  double error_of(const ModelScore& row, const Model& sites, const CellShares& best) {
    return differences_.with([&](DifferenceScorer& scorer) {
      return scorer.standard_error(sites, divisor(options_.normalize, row), best);
    });
  }

  void add_standard_errors(const Row& best) {
    const CellShares shares = differences_.with([&](DifferenceScorer& scorer) {
      return scorer.shares(*best_.sites, divisor(options_.normalize, best.result));
    });
    Waiting waiting;  // models there was no room for
    for (Row& row : rows_)
      if (row.result.scored && row.sites == nullptr) waiting.emplace(row.result.id, &row.result);
    auto next = rows_.begin();
    run_pipeline<Row*, bool>(
        thread_count(options_.threads),
        [&]() -> std::optional<Row*> {
          if (options_.observer.cancelled()) throw Cancelled();
          while (next != rows_.end() && next->sites == nullptr) ++next;
          return next == rows_.end() ? std::nullopt : std::optional<Row*>(&*next++);
        },
        [&](Row*& row) {
          row->result.standard_error =
              row == &best ? 0 : error_of(row->result, *row->sites, shares);
          return true;
        },
        [](bool&) {});
    if (!waiting.empty()) read_again(waiting, shares);
  }

  void read_again(const Waiting& waiting, const CellShares& best) {
    for_each_file<Errors>([&](InputFile& file) { return errors_of_file(file, waiting, best); },
                          [](Errors& errors, std::size_t) {
                            for (const auto& [row, error] : errors) row->standard_error = error;
                          });
  }

  /// A model that cannot be read any more keeps its score, without an error.
  Errors errors_of_file(const InputFile& file, const Waiting& waiting, const CellShares& best) {
    Errors errors;
    const auto first = waiting.lower_bound(file.id);
    if (first == waiting.end() || first->first.rfind(file.id, 0) != 0) return errors;
    try {
      for (const Model& model : reader_.read(file)) {
        const auto [begin, end] = waiting.equal_range(model.id);
        for (auto entry = begin; entry != end; ++entry)
          errors.emplace_back(entry->second, error_of(*entry->second, model, best));
      }
    } catch (const Error&) {
    }
    return errors;
  }

  const std::vector<std::string>& inputs_;
  const ScoreOptions& options_;
  const std::shared_ptr<const ScoringTable> table_;
  const TrainingComposition training_;
  const StructureReader reader_;
  WorkerPool<Tools> tools_;
  WorkerPool<DifferenceScorer> differences_;
  std::string list_;
  std::vector<Row> rows_;
  Row best_;
  std::size_t held_ = 0;
  Progress progress_;
};

}  // namespace

std::vector<ModelScore> score_inputs(const std::vector<std::string>& inputs,
                                     const PotentialTable& table, const ScoreOptions& options) {
  return Scoring(inputs, table, options).run();
}

std::vector<ModelScore> score_models(const std::vector<std::shared_ptr<const Model>>& models,
                                     const PotentialTable& table, const ScoreOptions& options) {
  ScoreOptions in_memory = options;
  in_memory.memory = std::numeric_limits<std::size_t>::max();
  return Scoring({}, table, in_memory).run(models);
}

}  // namespace potential
