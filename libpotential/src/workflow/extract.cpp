#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <potential/storage/files.hpp>
#include <potential/workflow/extract.hpp>
#include <set>

#include "extraction/contact_counter.hpp"
#include "pipeline/worker_pool.hpp"
#include "workflow/input_run.hpp"
#include "workflow/ledger.hpp"

namespace potential {
namespace {

using Clock = std::chrono::steady_clock;

/// What came of one file.
struct FileResult {
  std::vector<StructureRecord> records;  // without a histogram when not counted here
  std::vector<std::vector<std::string>> notes;
  std::vector<const std::string*> left_out_by;  // entries of the exclusion list
};

/// One run: sites are counted by many threads, records gathered in order.
class Extraction {
 public:
  Extraction(const Inputs& inputs, const TableAxes& axes, const ExtractOptions& options)
      : options_(options),
        reader_(axes.scheme, options.read),
        run_(inputs, options, choice()),
        counters_([&axes] { return std::make_unique<ContactCounter>(axes); }),
        result_(axes) {}

  void go_on_from(ContactCounts earlier) {
    ledger_.restore(earlier);
    result_.counts = std::move(earlier.counts);
    may_be_empty_ = true;
  }

  ContactCounts run(Options options) {
    result_.options = std::move(options);
    while (!run_.at_end() && !stopped_) {
      run_stretch();
      if (!run_.at_end()) save();
    }
    if (stopped_) throw Cancelled();
    for (const SkippedInput& input : ledger_.doubles())
      options_.observer.skipped(input.id, input.reason);
    tell_unmatched();
    ledger_.report(result_);
    if (result_.structures.empty() && !may_be_empty_ && !options_.shard)
      throw Error("none of the inputs could be used");
    return std::move(result_);
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
    for (auto& counter : counters_.workers()) counter->flush_into(result_.counts);
  }

  bool must_pause() {
    if (options_.observer.cancelled()) {
      if (!options_.checkpoint) throw Cancelled();
      stopped_ = true;
    }
    return stopped_ || (options_.checkpoint && !fresh_ &&
                        Clock::now() - started_ >= options_.checkpoint_interval);
  }

  /// Hands the counts so far out, unless there is nothing worth keeping.
  void save() {
    ledger_.report(result_);
    if (!result_.structures.empty()) options_.checkpoint(result_);
    result_.structures.clear();
    result_.skipped.clear();
  }

  FileResult work(const InputFile& file) {
    FileResult result;
    for (const Model& model : reader_.read(file)) {
      if (const std::string* name = options_.exclude.find(model.id)) {
        result.left_out_by.push_back(name);
        continue;
      }
      result.records.push_back(margins_of(model, result_.axes.scheme.size()));
      result.notes.push_back(model.notes);
      if (ledger_.claim(model.sha256))
        result.records.back().pair_histogram =
            counters_.with([&](ContactCounter& counter) { return counter.add(model); });
    }
    return result;
  }

  void gather(FileOutcome& outcome) {
    FileResult& result = outcome.result;
    if (!outcome.problem.empty()) skip({outcome.id, outcome.problem}, false);
    if (!result.left_out_by.empty()) skip({outcome.id, "excluded"}, true);
    matched_.insert(result.left_out_by.begin(), result.left_out_by.end());
    for (std::size_t i = 0; i < result.records.size(); ++i) {
      for (const auto& note : result.notes[i]) options_.observer.noted(result.records[i].id, note);
      ledger_.add(std::move(result.records[i]));
    }
  }

  void skip(const SkippedInput& input, bool as_asked) {
    run_.skip(input.id, input.reason, as_asked);
    ledger_.skip(input);
  }

  /// A name that leaves out nothing may be misspelt, unless not all was read.
  void tell_unmatched() const {
    if (options_.shard || run_.passed() > 0) return;
    const auto& names = options_.exclude.names();
    const auto first = std::find_if(names.begin(), names.end(), [this](const std::string& name) {
      return matched_.count(&name) == 0;
    });
    if (first != names.end())
      options_.observer.noted("exclusion list",
                              fmt::format("{} of its {} names leave out nothing; the first is '{}'",
                                          names.size() - matched_.size(), names.size(), *first));
  }

  const ExtractOptions& options_;
  const StructureReader reader_;
  Ledger ledger_;
  InputRun run_;
  WorkerPool<ContactCounter> counters_;
  ContactCounts result_;
  std::set<const std::string*> matched_;  ///< of the exclusion list
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
  if (!options.exclude.empty()) all["exclude"] = options.exclude.fingerprint();
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

ContactCounts extract(const Inputs& inputs, const TableAxes& axes, const ExtractOptions& options,
                      std::optional<ContactCounts> earlier) {
  const Options all = options_of(axes, options);
  Extraction extraction(inputs, axes, options);
  if (earlier) {
    require_same_options(*earlier, axes, all);
    extraction.go_on_from(std::move(*earlier));
  }
  return extraction.run(all);
}

ContactCounts extract(const Inputs& inputs, const TableAxes& axes, ExtractOptions options,
                      const KeptCounts& kept) {
  bool saved = false;
  if (kept.checkpoint)
    options.checkpoint = [&](const ContactCounts& counts) {
      write_counts(counts, kept.path);
      saved = true;
    };
  std::optional<ContactCounts> earlier;
  if (kept.append && std::filesystem::exists(kept.path)) earlier = read_counts(kept.path);
  const bool goes_on = earlier.has_value();
  try {
    return extract(inputs, axes, options, std::move(earlier));
  } catch (const Cancelled&) {
    if (!saved) throw;
    throw Cancelled("the counts so far are in " + kept.path, kept.path);
  } catch (const UsageError& error) {
    if (!goes_on || !error.file().empty()) throw;
    throw UsageError(kept.path, error.place(), error.problem());
  }
}

}  // namespace potential
