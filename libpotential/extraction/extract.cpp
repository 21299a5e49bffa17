#include <iostream>
#include <map>
#include <mutex>
#include <potential/extraction/contact_counter.hpp>
#include <potential/extraction/extract.hpp>
#include <potential/pipeline/pipeline.hpp>
#include <potential/pipeline/worker_pool.hpp>
#include <potential/support/error.hpp>
#include <set>

namespace potential {
namespace {

/// What came of one file.
struct FileResult {
  std::string id;
  std::string problem;                   // why the whole file was skipped
  std::vector<StructureRecord> records;  // without a histogram when not counted here
  std::vector<std::vector<std::string>> notes;
};

/// One run: sites are counted by many threads, records gathered in order.
class Extraction {
 public:
  Extraction(const TableAxes& axes, const ExtractOptions& options)
      : options_(options),
        reader_(axes.scheme, options.read),
        counters_([&axes] { return std::make_unique<ContactCounter>(axes); }),
        result_(axes) {}

  ContactCounts run(const std::vector<std::string>& inputs) {
    InputSource source(inputs, &std::cin);
    run_pipeline<InputFile, FileResult>(
        thread_count(options_.threads),
        [&]() -> std::optional<InputFile> {
          if (options_.observer.cancelled()) throw Cancelled();
          return source.next();
        },
        [&](InputFile& file) { return work(file); },
        [&](FileResult& result) { gather(result, source.known_total()); });
    for (auto& counter : counters_.workers()) counter->flush_into(result_.counts);
    settle_duplicates();
    if (result_.structures.empty()) throw Error("none of the inputs could be used");
    result_.sort();
    return std::move(result_);
  }

 private:
  FileResult work(InputFile& file) {
    FileResult result;
    result.id = file.id;
    result.problem = file.problem;
    if (!result.problem.empty()) return result;
    try {
      for (const Model& model : reader_.read(file)) {
        if (options_.exclude.holds(model.id)) {
          result.problem = "excluded";
          continue;
        }
        result.records.push_back(margins_of(model, result_.axes.scheme.size()));
        result.notes.push_back(model.notes);
        if (claim(model.sha256))
          result.records.back().pair_histogram =
              counters_.with([&](ContactCounter& counter) { return counter.add(model); });
      }
    } catch (const Error& error) {
      result.problem = error.what();
    }
    return result;
  }

  /// True for the first that comes with this structure: it is to be counted.
  bool claim(const Digest& sha256) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return claimed_.insert(sha256).second;
  }

  void gather(FileResult& result, std::size_t total) {
    if (!result.problem.empty()) skip(result.id, result.problem);
    for (std::size_t i = 0; i < result.records.size(); ++i) {
      for (const auto& note : result.notes[i]) options_.observer.noted(result.records[i].id, note);
      by_structure_[result.records[i].sha256].push_back(std::move(result.records[i]));
    }
    ++progress_.done;
    progress_.total = total;
    options_.observer.progressed(progress_);
  }

  void skip(const std::string& id, const std::string& reason) {
    if (options_.strict && reason != "excluded")
      throw Error(reason.rfind(id, 0) == 0 ? reason : id + ": " + reason);
    ++progress_.skipped;
    // A FileError's text begins with the name, which stands in its own column.
    const std::string bare =
        reason.rfind(id + ": ", 0) == 0 ? reason.substr(id.size() + 2) : reason;
    result_.skipped.push_back({id, bare});
    options_.observer.skipped(id, bare);
  }

  /// Keeps, of each structure, the record with the bytewise first id, whichever
  /// of them was counted: the pairs are the same.
  void settle_duplicates() {
    for (auto& [sha256, records] : by_structure_) {
      std::vector<std::uint64_t> histogram;
      for (auto& record : records)
        if (!record.pair_histogram.empty()) histogram = std::move(record.pair_histogram);
      std::sort(records.begin(), records.end(),
                [](const auto& a, const auto& b) { return a.id < b.id; });
      for (std::size_t i = 1; i < records.size(); ++i)
        skip(records[i].id, "the same structure as " + records[0].id);
      records[0].pair_histogram = std::move(histogram);
      result_.structures.push_back(std::move(records[0]));
    }
  }

  const ExtractOptions& options_;
  const StructureReader reader_;
  WorkerPool<ContactCounter> counters_;
  std::mutex mutex_;
  std::set<Digest> claimed_;
  std::map<Digest, std::vector<StructureRecord>> by_structure_;
  Progress progress_;
  ContactCounts result_;
};

Options options_of(const TableAxes& axes, const ExtractOptions& options) {
  Options all{{"types", axes.scheme.name()},
              {"bins", axes.bins.to_string()},
              {"separations", axes.separations.to_string()},
              {"models", options.read.models == ModelChoice::all ? "all" : "first"}};
  if (options.read.min_plddt > 0) all["min-plddt"] = std::to_string(options.read.min_plddt);
  return all;
}

}  // namespace

ContactCounts extract(const std::vector<std::string>& inputs, const TableAxes& axes,
                      const ExtractOptions& options) {
  ContactCounts counts = Extraction(axes, options).run(inputs);
  counts.options = options_of(axes, options);
  return counts;
}

}  // namespace potential
