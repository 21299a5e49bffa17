#include <algorithm>
#include <limits>
#include <potential/support/error.hpp>
#include <potential/workflow/score.hpp>

#include "core/model_id.hpp"
#include "pipeline/worker_pool.hpp"
#include "scoring/difference.hpp"
#include "scoring/model_scorer.hpp"
#include "scoring/scoring_tables.hpp"
#include "scoring/training_set.hpp"
#include "workflow/chain_reading.hpp"
#include "workflow/input_run.hpp"
#include "workflow/kept_sites.hpp"

namespace potential {
namespace {

/// A row of the ranking, and the sites behind it while they are needed: the caller's
/// model, or those of a file, packed by the thread that read it and then kept.
struct Row {
  ModelScore result;
  std::vector<std::string> cautions;  ///< warnings for the table alone
  std::shared_ptr<const Model> model = nullptr;
  std::string packed = {};
  KeptSites::Place kept = {};

  bool has_sites() const { return model != nullptr || !kept.empty(); }
};

Row unusable(const std::string& id, const std::string& problem) {
  Row row;
  row.result.id = ModelId::make(id).text();
  row.result.warnings.push_back(problem);
  return row;
}

/// One run: models are scored by many threads and gathered in order.
class Scoring {
 public:
  Scoring(const Inputs& inputs, const PotentialTable& table, const ScoreOptions& options)
      : inputs_(inputs),
        options_(options),
        parts_{options.normalize.value_or(options.residues
                                              ? Normalization::total
                                              : stored_normalization(table, options.between)),
               options.per_residue,
               options.shuffle_z,
               options.top_pairs,
               options.chain_pairs,
               options.interfaces},
        tables_(table, options.between),
        training_(table),
        trained_on_(table),
        reader_(table.axes.scheme, with_heavy_atoms(options.read, table, options.interfaces)),
        scorers_(
            [this] { return std::make_unique<ModelScorer>(tables_.fixed(), options_.residues); }),
        differences_([this] {
          return std::make_unique<DifferenceScorer>(tables_.fixed(), options_.residues);
        }),
        kept_(options.memory) {
    for (const auto& [asked, name] :
         {std::pair(options.interfaces, "interfaces"), std::pair(options.shuffle_z, "shuffle-z")})
      if (options.residues && asked)
        throw UsageError("residues", std::string("cannot be taken together with ") + name +
                                         ", which is of whole models");
  }

  std::vector<ModelScore> run() {
    tell_of_unknown_schemes();
    InputRun run(inputs_, options_, choice());
    run.for_each_file<std::vector<Row>>(
        [&](const InputFile& file) { return score_file(file); },
        [&](std::vector<Row>& rows) {
          for (Row& row : rows) take(row, [&](auto& id, auto& reason) { run.skip(id, reason); });
        });
    if (options_.on_row) return {};
    return ranking();
  }

  /// Of models that are held by the caller.
  std::vector<ModelScore> run(const std::vector<std::shared_ptr<const Model>>& models) {
    tell_of_unknown_schemes();
    Progress progress{0, models.size(), 0};
    auto next = models.begin();
    run_pipeline<std::shared_ptr<const Model>, Row>(
        thread_count(options_.threads),
        [&]() -> std::optional<std::shared_ptr<const Model>> {
          if (options_.observer.cancelled()) throw Cancelled();
          return next == models.end() ? std::nullopt : std::optional(*next++);
        },
        [&](std::shared_ptr<const Model>& model) {
          Row row = score({}, *model);
          if (wants_errors() && row.result.scored) row.model = model;
          return row;
        },
        [&](Row& row) {
          take(row, [&](auto& id, auto& reason) {
            if (options_.strict) throw FileError(id, reason);
            options_.observer.skipped(id, reason);
            ++progress.skipped;
          });
          ++progress.done;
          options_.observer.progressed(progress);
        });
    return ranking();
  }

 private:
  void tell_of_unknown_schemes() const {
    for (const std::string& scheme : trained_on_.unknown_schemes())
      options_.observer.noted("training list", "lists structures by their sites in the scheme '" +
                                                   scheme +
                                                   "', which is not at hand: models "
                                                   "among these are not marked");
  }

  InputRun::Choice choice() const {
    InputRun::Choice choice;
    if (options_.shard)
      choice.is_mine = [this](std::size_t position) { return options_.shard->takes(position); };
    choice.is_done = options_.is_done;
    return choice;
  }

  std::vector<ModelScore> ranking() {
    const auto best = std::min_element(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
      return ranks_before(a.result, b.result);
    });
    if (best == rows_.end() || !best->result.scored)
      throw Error("none of the models could be scored");
    if (wants_errors()) add_standard_errors(*best);
    std::vector<ModelScore> scores;
    for (Row& row : rows_) scores.push_back(std::move(row.result));
    rank(scores);
    return scores;
  }

  std::vector<Row> score_file(const InputFile& file) {
    auto outcome = attempt(file, [&] {
      std::vector<Row> rows;
      reader_.for_each(file, [&](Model&& model) {
        Row row = score(file, model);
        if (wants_errors() && row.result.scored) row.packed = pack_sites(model);
        rows.push_back(std::move(row));
      });
      return rows;
    });
    std::vector<Row> rows = std::move(outcome.result);
    if (!outcome.problem.empty()) return {unusable(file.id, outcome.problem)};
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

  Row score(const InputFile& file, const Model& model) {
    const auto own =
        options_.leave_out ? options_.leave_out->table_of(file, model, options_.between) : nullptr;
    const auto sized = own || tables_.fixed() ? own : tables_.of(model);
    CautiousScore scored =
        sized ? ModelScorer(sized, options_.residues).score(model, parts_, training_)
              : scorers_.with([&](auto& scorer) { return scorer.score(model, parts_, training_); });
    if (own)
      scored.cautions.emplace_back("its own contacts were left out");
    else if (scored.row.scored && trained_on_.has(model))
      scored.cautions.emplace_back("the potential was trained on it");
    return {std::move(scored.row), std::move(scored.cautions)};
  }

  /// Errors of differences are of one table, not of one a size.
  bool wants_errors() const { return options_.standard_error && tables_.fixed(); }

  /// Takes rows in the order of the input and tells the observer.
  template <class Skip>
  void take(Row& row, const Skip& skip) {
    auto& warnings = row.result.warnings;
    const std::size_t notes = warnings.size() - (row.result.scored ? 0 : 1);
    for (std::size_t i = 0; i < notes; ++i) options_.observer.noted(row.result.id, warnings[i]);
    if (!row.result.scored) skip(row.result.id, warnings.back());
    if (!told_of_interfaces_ && row.result.scored && !row.result.unscored_interfaces.empty()) {
      told_of_interfaces_ = true;
      options_.observer.noted(row.result.id, note_on_interfaces(row.result) + said_once);
    }
    warnings.insert(warnings.end(), row.cautions.begin(), row.cautions.end());
    if (options_.on_row) return options_.on_row(row.result);
    if (!row.packed.empty()) row.kept = kept_.keep(std::move(row.packed));
    rows_.push_back(std::move(row));
  }

  /// Calls use(sites) with those of a row.
  template <class Use>
  auto with_sites(const Row& row, const Use& use) const {
    return row.model ? use(*row.model) : use(kept_.read(row.kept));
  }

  double error_of(const Row& row, const std::shared_ptr<const CellShares>& best) {
    return with_sites(row, [&](const Model& sites) {
      return differences_.with([&](DifferenceScorer& scorer) {
        return scorer.standard_error(sites, divisor(parts_.normalize, row.result), best);
      });
    });
  }

  void add_standard_errors(const Row& best) {
    const auto shares = with_sites(best, [&](const Model& sites) {
      return differences_.with([&](DifferenceScorer& scorer) {
        return std::make_shared<const CellShares>(
            scorer.shares(sites, divisor(parts_.normalize, best.result)));
      });
    });
    auto next = rows_.begin();
    run_pipeline<Row*, bool>(
        thread_count(options_.threads),
        [&]() -> std::optional<Row*> {
          if (options_.observer.cancelled()) throw Cancelled();
          while (next != rows_.end() && !next->has_sites()) ++next;
          return next == rows_.end() ? std::nullopt : std::optional<Row*>(&*next++);
        },
        [&](Row*& row) {
          row->result.standard_error = row == &best ? 0 : error_of(*row, shares);
          return true;
        },
        [](bool&) {});
  }

  const Inputs& inputs_;
  const ScoreOptions& options_;
  const ModelScoreParts parts_;
  ScoringTables tables_;
  const TrainingComposition training_;
  const TrainingSet trained_on_;
  const StructureReader reader_;
  WorkerPool<ModelScorer> scorers_;
  WorkerPool<DifferenceScorer> differences_;
  std::vector<Row> rows_;
  KeptSites kept_;
  bool told_of_interfaces_ = false;
};

}  // namespace

std::vector<ModelScore> score_inputs(const Inputs& inputs, const PotentialTable& table,
                                     const ScoreOptions& options) {
  return Scoring(inputs, table, options).run();
}

std::vector<ModelScore> score_models(const std::vector<std::shared_ptr<const Model>>& models,
                                     const PotentialTable& table, const ScoreOptions& options) {
  ScoreOptions in_memory = options;
  in_memory.memory = std::numeric_limits<std::size_t>::max();
  return Scoring({}, table, in_memory).run(models);
}

}  // namespace potential
