#include "workflow/extraction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/model_id.hpp"
#include "extraction/contact_counter.hpp"
#include "pipeline/worker_pool.hpp"
#include "workflow/input_run.hpp"
#include "workflow/ledger.hpp"
#include "workflow/term_reader.hpp"

namespace potential {
namespace {

using Clock = std::chrono::steady_clock;

/// What came of one file.
struct FileResult {
  std::vector<SkippedInput> left_out;    // as was asked for, with the reason
  std::vector<StructureRecord> records;  // without a histogram when not counted here
  /// Of each record, those of the tables after the first; none when not counted here.
  std::vector<std::vector<StructureRecord>> others;
  std::vector<std::vector<std::string>> notes;
  std::vector<const std::string*> left_out_by;  // entries of the exclusion list
};

/// One run: sites are counted by many threads, in one table or several, records gathered
/// in order. Which structures are the same is for the first table to say.
class Extraction {
 public:
  Extraction(const Inputs& inputs, const std::vector<TableAxes>& axes,
             const ExtractOptions& options, SaveCounts save)
      : options_(options),
        save_(std::move(save)),
        reader_(axes, options.read),
        run_(inputs, options, choice()) {
    for (const TableAxes& one : axes) {
      counters_.push_back(std::make_unique<WorkerPool<ContactCounter>>(
          [&one] { return std::make_unique<ContactCounter>(one); }));
      results_.emplace_back(one);
    }
  }

  void go_on_from(std::vector<ContactCounts> earlier) {
    if (earlier.size() > 1) others_.restore(earlier);
    ledger_.restore(earlier.front());
    for (std::size_t k = 0; k < earlier.size(); ++k)
      results_[k].counts = std::move(earlier[k].counts);
    may_be_empty_ = true;
  }

  std::vector<ContactCounts> run(const std::vector<Options>& options) {
    for (std::size_t k = 0; k < results_.size(); ++k) results_[k].options = options[k];
    while (!run_.at_end() && !stopped_) {
      run_stretch();
      look_for_stop();  // the signal may have cut the reading of the last file short
      if (!run_.at_end() || stopped_) save();
    }
    if (stopped_) throw Cancelled();
    for (const SkippedInput& input : ledger_.doubles())
      options_.observer.skipped(input.id, input.reason);
    note_exclusions();
    report();
    if (!results_.front().has_margins() && !may_be_empty_ && !options_.shard)
      throw Error("none of the inputs could be used");
    return std::move(results_);
  }

 private:
  using FileOutcome = Outcome<FileResult>;

  InputRun::Choice choice() {
    InputRun::Choice choice;
    if (options_.shard)
      choice.is_mine = [this](std::size_t position) { return options_.shard->takes(position); };
    choice.is_done = [this](const InputFile& file) {
      const bool done = ledger_.has_read(file);
      fresh_ = fresh_ && done;
      return done;
    };
    choice.must_pause = [this] { return must_pause(); };
    return choice;
  }

  /// Reads on until the inputs end, a checkpoint is due or the run is to stop.
  /// Then every file that was begun has been counted and gathered.
  void run_stretch() {
    started_ = Clock::now();
    fresh_ = true;
    run_.for_each_file<FileOutcome>(
        [this](const InputFile& file) { return attempt(file, [&] { return work(file); }); },
        [this](FileOutcome& outcome) { gather(outcome); });
    for (std::size_t k = 0; k < results_.size(); ++k)
      for (auto& counter : counters_[k]->workers()) counter->flush_into(results_[k].counts);
  }

  void look_for_stop() {
    if (!options_.observer.cancelled()) return;
    if (!save_) throw Cancelled();
    stopped_ = true;
  }

  bool must_pause() {
    look_for_stop();
    return stopped_ ||
           (save_ && !fresh_ && Clock::now() - started_ >= options_.checkpoint_interval);
  }

  void report() {
    ledger_.report(results_.front());
    for (std::size_t k = 1; k < results_.size(); ++k)
      others_.report(k - 1, ledger_, results_.front(), results_[k]);
  }

  /// Hands the counts so far out, unless there is nothing worth keeping.
  void save() {
    report();
    if (results_.front().has_margins()) save_(results_);
    for (ContactCounts& result : results_) {
      result.structures.clear();
      result.stream = nullptr;
      result.skipped.clear();
    }
  }

  FileResult work(const InputFile& file) {
    FileResult result;
    const TermModels models = reader_.read(file);
    for (std::size_t i = 0; i < models.size(); ++i) {
      const Model& model = models.of(0, i);
      if (leave_out(model, file, result)) continue;
      result.records.push_back(margins_of(model, results_[0].axes.scheme.size()));
      result.notes.push_back(models.notes(i));
      result.others.emplace_back();
      if (!ledger_.claim(model.sha256)) continue;
      result.records.back().pair_histogram = count(0, model);
      for (std::size_t k = 1; k < results_.size(); ++k) {
        result.others.back().push_back(margins_of(models.of(k, i), results_[k].axes.scheme.size()));
        result.others.back().back().pair_histogram = count(k, models.of(k, i));
      }
    }
    return result;
  }

  std::vector<std::uint64_t> count(std::size_t table, const Model& model) {
    return counters_[table]->with([&](ContactCounter& counter) { return counter.add(model); });
  }

  bool leave_out(const Model& model, const InputFile& file, FileResult& result) const {
    const std::string* name = options_.exclude.find(model.id);
    const auto similar = name == nullptr ? options_.similar.find(model) : std::nullopt;
    if (name == nullptr && !similar) return false;
    if (name != nullptr) result.left_out_by.push_back(name);
    if (result.left_out.empty()) result.left_out.push_back({file.id, similar.value_or("excluded")});
    return true;
  }

  void gather(FileOutcome& outcome) {
    FileResult& result = outcome.result;
    if (!outcome.problem.empty()) skip({outcome.id, outcome.problem}, false);
    for (const SkippedInput& input : result.left_out) skip(input, true);
    matched_.insert(result.left_out_by.begin(), result.left_out_by.end());
    left_out_ += result.left_out_by.size();
    for (std::size_t i = 0; i < result.records.size(); ++i) {
      for (const auto& note : result.notes[i]) options_.observer.noted(result.records[i].id, note);
      others_.add(result.records[i].sha256, std::move(result.others[i]));
      ledger_.add(std::move(result.records[i]));
    }
  }

  void skip(const SkippedInput& input, bool as_asked) {
    run_.skip(input.id, input.reason, as_asked);
    ledger_.skip({ModelId::make(input.id).text(), input.reason});
  }

  /// How many names of the exclusion list are those of inputs. None at all is a
  /// mistake, unless not all inputs were read here.
  void note_exclusions() const {
    const auto& entries = options_.exclude.entries();
    if (entries.empty()) return;
    const auto first = std::find_if(entries.begin(), entries.end(), [this](const auto& entry) {
      return matched_.count(&entry.second) == 0;
    });
    if (matched_.empty() && !may_be_empty_ && !options_.shard)
      throw Error(
          fmt::format("exclusion list: none of its {} name{} is that of an input; the first is "
                      "'{}'",
                      entries.size(), entries.size() == 1 ? "" : "s", first->second));
    std::string note =
        fmt::format("{} of its {} name{} leave{} out {} structure{}", matched_.size(),
                    entries.size(), entries.size() == 1 ? "" : "s", matched_.size() == 1 ? "s" : "",
                    left_out_, left_out_ == 1 ? "" : "s");
    if (first != entries.end())
      note += fmt::format("; the first that is of no input{} is '{}'",
                          options_.shard || may_be_empty_ ? " read here" : "", first->second);
    options_.observer.noted("exclusion list", note);
  }

  const ExtractOptions& options_;
  const SaveCounts save_;
  const TermReader reader_;
  Ledger ledger_;
  OtherMargins others_;
  InputRun run_;
  std::vector<std::unique_ptr<WorkerPool<ContactCounter>>> counters_;  ///< of each table
  std::vector<ContactCounts> results_;                                 ///< of each table
  std::set<const std::string*> matched_;                               ///< of the exclusion list
  std::size_t left_out_ = 0;                                           ///< structures that it names
  bool may_be_empty_ = false;
  // Of the thread that hands files out.
  Clock::time_point started_;
  bool stopped_ = false;
  bool fresh_ = true;  ///< no file of this stretch was handed on yet
};

Options options_of(const TableAxes& axes, const ExtractOptions& options) {
  Options all{{"types", axes.scheme.name()},
              {"bins", axes.bins.to_string()},
              {"separations", axes.separations.to_string()},
              {"models", options.read.models == ModelChoice::all ? "all" : "first"}};
  if (options.read.min_plddt > 0) all["min-plddt"] = fmt::format("{}", options.read.min_plddt);
  if (options.read.bfactor_is_plddt) all["bfactor-is-plddt"] = "yes";
  if (!options.exclude.empty()) all["exclude"] = options.exclude.fingerprint();
  if (!options.similar.empty()) all["exclude-similar"] = options.similar.fingerprint();
  if (options.shard) all["shard"] = fmt::format("{}/{}", options.shard->number, options.shard->of);
  return all;
}

/// @throws UsageError naming the first option in which the two differ.
void require_same_options(const ContactCounts& earlier, const TableAxes& axes,
                          const Options& options) {
  const auto value = [](const Options& all, const std::string& name) {
    const auto found = all.find(name);
    return found == all.end() ? "without it" : "with " + found->second;
  };
  Options names = options;
  names.insert(earlier.options.begin(), earlier.options.end());
  for (const auto& [name, ignored] : names) {
    const std::string then = value(earlier.options, name), now = value(options, name);
    if (then != now)
      throw UsageError(name, "the counts so far were made " + then + " and cannot go on " + now +
                                 "; use the same options or another output file");
  }
  if (!(earlier.axes == axes))
    throw UsageError("types", "the counts so far were made with another scheme of the name '" +
                                  axes.scheme.name() + "' and cannot go on with this one");
}

}  // namespace

std::vector<ContactCounts> extract_tables(const Inputs& inputs, const std::vector<TableAxes>& axes,
                                          const ExtractOptions& options, SaveCounts save,
                                          std::vector<ContactCounts> earlier) {
  std::vector<Options> all;
  for (const TableAxes& one : axes) all.push_back(options_of(one, options));
  Extraction extraction(inputs, axes, options, std::move(save));
  for (std::size_t k = 0; k < earlier.size(); ++k)
    require_same_options(earlier[k], axes[k], all[k]);
  if (!earlier.empty()) extraction.go_on_from(std::move(earlier));
  return extraction.run(all);
}

}  // namespace potential
