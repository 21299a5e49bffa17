#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <potential/extraction/extract.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>
#include <set>

#include "core/model_id.hpp"
#include "extraction/contact_counter.hpp"
#include "extraction/ledger.hpp"
#include "pipeline/pipeline.hpp"
#include "pipeline/worker_pool.hpp"

namespace potential {
namespace {

using Clock = std::chrono::steady_clock;
constexpr const char* excluded = "excluded";

/// What came of one file.
struct FileResult {
  std::string id;
  std::string problem;                   // why the whole file was skipped
  bool left_out = false;                 // as was asked for, which is no failure
  std::vector<StructureRecord> records;  // without a histogram when not counted here
  std::vector<std::vector<std::string>> notes;
  std::vector<const std::string*> left_out_by;  // entries of the exclusion list
};

/// One run: sites are counted by many threads, records gathered in order.
class Extraction {
 public:
  Extraction(const std::vector<std::string>& inputs, const TableAxes& axes,
             const ExtractOptions& options)
      : options_(options),
        reader_(axes.scheme, options.read),
        source_(inputs, &std::cin),
        counters_([&axes] { return std::make_unique<ContactCounter>(axes); }),
        result_(axes) {
    // One that is not there yet is no input: millions need not be compared with it.
    for (const std::string& output : options.observer.outputs)
      if (same_file(output, output)) outputs_.push_back(output);
  }

  void go_on_from(ContactCounts earlier) {
    ledger_.restore(earlier);
    result_.counts = std::move(earlier.counts);
    may_be_empty_ = true;
  }

  ContactCounts run(Options options) {
    result_.options = std::move(options);
    while (!ended_) {
      run_stretch();
      look_for_stop();  // the signal may have cut the reading of the last file short
      if (!ended_ || stopped_) save();
    }
    if (stopped_) throw Cancelled();
    for (const SkippedInput& input : ledger_.doubles())
      options_.observer.skipped(input.id, input.reason);
    note_exclusions();
    ledger_.report(result_);
    if (result_.structures.empty() && !may_be_empty_ && !options_.shard)
      throw Error("none of the inputs could be used");
    return std::move(result_);
  }

 private:
  /// Reads on until the inputs end, a checkpoint is due or the run is to stop.
  /// Then every file that was begun has been counted and gathered.
  void run_stretch() {
    started_ = Clock::now();
    fresh_ = true;
    run_pipeline<InputFile, FileResult>(
        thread_count(options_.threads), [this] { return next(); },
        [this](InputFile& file) { return work(file); },
        [this](FileResult& result) { gather(result); });
    for (auto& counter : counters_.workers()) counter->flush_into(result_.counts);
  }

  std::optional<InputFile> next() {
    while (!must_pause()) {
      const bool mine = !options_.shard || options_.shard->takes(position_);
      std::optional<InputFile> file = source_.next(mine);
      if (!file) {
        ended_ = true;
        break;
      }
      ++position_;
      if (const std::size_t ahead = source_.known_total()) total_ = position_ + ahead;
      require_no_output(*file, outputs_);  // of any shard
      if (mine && !ledger_.has_read(*file)) {
        fresh_ = false;
        return file;
      }
      ++passed_;
    }
    return std::nullopt;
  }

  void look_for_stop() {
    if (!options_.observer.cancelled()) return;
    if (!options_.checkpoint) throw Cancelled();
    stopped_ = ended_ = true;
  }

  bool must_pause() {
    look_for_stop();
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

  FileResult work(InputFile& file) {
    FileResult result;
    result.id = file.id;
    result.problem = file.problem;
    if (!result.problem.empty()) return result;
    try {
      for (const Model& model : reader_.read(file)) {
        if (leave_out(model, result)) continue;
        result.records.push_back(margins_of(model, result_.axes.scheme.size()));
        result.notes.push_back(model.notes);
        if (ledger_.claim(model.sha256))
          result.records.back().pair_histogram =
              counters_.with([&](ContactCounter& counter) { return counter.add(model); });
      }
    } catch (const Error& error) {
      result.problem = error.what();
    }
    return result;
  }

  bool leave_out(const Model& model, FileResult& result) const {
    const std::string* name = options_.exclude.find(model.id);
    const auto similar = name == nullptr ? options_.similar.find(model) : std::nullopt;
    if (name == nullptr && !similar) return false;
    if (name != nullptr) result.left_out_by.push_back(name);
    result.problem = similar.value_or(excluded);
    return result.left_out = true;
  }

  void gather(FileResult& result) {
    if (!result.problem.empty()) skip(result);
    matched_.insert(result.left_out_by.begin(), result.left_out_by.end());
    left_out_ += result.left_out_by.size();
    for (std::size_t i = 0; i < result.records.size(); ++i) {
      for (const auto& note : result.notes[i]) options_.observer.noted(result.records[i].id, note);
      ledger_.add(std::move(result.records[i]));
    }
    ++progress_.done;
    Progress shown = progress_;
    shown.done += passed_;
    shown.total = total_;
    options_.observer.progressed(shown);
  }

  void skip(const FileResult& result) {
    const std::string &id = result.id, &reason = result.problem;
    if (options_.strict && !result.left_out)
      throw Error(reason.rfind(id, 0) == 0 ? reason : id + ": " + reason);
    ++progress_.skipped;
    // A FileError's text begins with the name, which stands in its own column.
    const std::string bare =
        reason.rfind(id + ": ", 0) == 0 ? reason.substr(id.size() + 2) : reason;
    ledger_.skip({ModelId::make(id).text(), bare});
    options_.observer.skipped(id, bare);
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
          fmt::format("--exclude: none of its {} name{} is that of an input; the first is "
                      "'{}'",
                      entries.size(), entries.size() == 1 ? "" : "s", first->second));
    std::string note =
        fmt::format("{} of its {} name{} leave{} out {} structure{}", matched_.size(),
                    entries.size(), entries.size() == 1 ? "" : "s", matched_.size() == 1 ? "s" : "",
                    left_out_, left_out_ == 1 ? "" : "s");
    if (first != entries.end())
      note += fmt::format("; the first that is of no input{} is '{}'",
                          options_.shard || may_be_empty_ ? " read here" : "", first->second);
    options_.observer.noted("--exclude", note);
  }

  const ExtractOptions& options_;
  const StructureReader reader_;
  InputSource source_;
  WorkerPool<ContactCounter> counters_;
  Ledger ledger_;
  ContactCounts result_;
  std::set<const std::string*> matched_;  ///< of the exclusion list
  std::size_t left_out_ = 0;              ///< structures that it names
  bool may_be_empty_ = false;
  std::vector<std::string> outputs_;  ///< that exist
  // Of the source, which runs beside the gathering.
  Clock::time_point started_;
  std::size_t position_ = 0;  ///< inputs seen, of all shards
  bool ended_ = false, stopped_ = false;
  bool fresh_ = true;  ///< no file of this stretch was handed on yet
  // Read by both.
  std::atomic<std::size_t> passed_{0}, total_{0};
  Progress progress_;
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
    return found == all.end() ? "without --" + name : "with --" + name + " " + found->second;
  };
  Options names = options;
  names.insert(earlier.options.begin(), earlier.options.end());
  for (const auto& [name, ignored] : names) {
    const std::string then = value(earlier.options, name), now = value(options, name);
    if (then != now)
      throw UsageError("was made " + then + " and cannot go on " + now +
                       "; use the same options or another output file");
  }
  if (!(earlier.axes == axes))
    throw UsageError("was made with another scheme of the name '" + axes.scheme.name() +
                     "' and cannot go on with this one");
}

}  // namespace

ContactCounts extract(const std::vector<std::string>& inputs, const TableAxes& axes,
                      const ExtractOptions& options, std::optional<ContactCounts> earlier) {
  const Options all = options_of(axes, options);
  Extraction extraction(inputs, axes, options);
  if (earlier) {
    require_same_options(*earlier, axes, all);
    extraction.go_on_from(std::move(*earlier));
  }
  return extraction.run(all);
}

}  // namespace potential
