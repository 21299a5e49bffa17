#include <algorithm>
#include <memory>
#include <optional>
#include <potential/core/merge.hpp>
#include <potential/storage/files.hpp>
#include <potential/storage/merge_files.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/cancellation.hpp>

#include "storage/packed_records.hpp"
#include "storage/shard_roll.hpp"
#include "support/external_sort.hpp"

namespace potential {
namespace {

/// Digests of all structures, each with the file and id it came from.
class Duplicates {
 public:
  Duplicates(const std::string& folder, const MergeFilesOptions& options)
      : sort_(folder, options.memory / 4, options.cancel) {}

  void add(const StructureRecord& record, std::uint32_t file) {
    std::string entry(record.sha256.begin(), record.sha256.end());
    for (int shift = 24; shift >= 0; shift -= 8) entry += static_cast<char>(file >> shift);
    sort_.add(entry + record.id);
  }

  /// @throws FormatError when two files hold the same structure.
  void refuse(const std::vector<std::string>& paths) {
    sort_.finish();
    sort_.rewind();
    std::string last;
    for (std::uint64_t i = 0; i < sort_.size(); ++i) {
      const std::string_view entry = sort_.next();
      // Twice in one file: duplicates were allowed when that was merged.
      if (digest(entry) == digest(last) && file(entry) != file(last))
        throw FormatError(
            paths[file(entry)],
            "cannot be added: " +
                duplicate_message(name(last) + " (in " + paths[file(last)] + ")", name(entry)) +
                ", or allow duplicates");
      last = entry;
    }
  }

 private:
  static constexpr std::size_t digest_size = std::tuple_size<Digest>::value;
  static std::string_view digest(std::string_view entry) { return entry.substr(0, digest_size); }
  static std::size_t file(std::string_view entry) {
    std::size_t number = 0;
    for (std::size_t i = digest_size; i < digest_size + 4; ++i)
      number = number << 8 | static_cast<unsigned char>(entry[i]);
    return number;
  }
  static std::string name(std::string_view entry) {
    return std::string(entry.substr(digest_size + 4));
  }

  ExternalSort sort_;
};

/// The sum of one table so far: its structures are packed, all else is a ContactCounts.
class TableSum {
 public:
  TableSum(const std::string& folder, std::size_t memory, const std::atomic<bool>* cancel)
      : rows_(folder, memory, cancel) {}

  /// @throws UsageError when it cannot be added.
  void add(ContactCounts part) {
    part.each_structure(
        [&](const StructureRecord& record) { rows_.add(storage::pack_record(record)); });
    const bool has_structures = part.has_margins();
    if (!sum_) {
      part.stream = nullptr;
      sum_ = std::move(part);
    } else {
      merge_totals(*sum_, part, with_structures_);
    }
    with_structures_ = with_structures_ || has_structures;
  }

  void finish() { rows_.finish(); }

  bool spilled() const { return rows_.spilled(); }
  ContactCounts& totals() { return *sum_; }
  void write_content(storage::Writer& writer) {
    storage::PackedRows rows(rows_, sum_->axes);
    storage::write_counts_content(writer, *sum_, rows);
  }

 private:
  std::optional<ContactCounts> sum_;
  bool with_structures_ = false;
  ExternalSort rows_;
};

/// The sums of the one table, or of each of the terms, of files.
class Tables {
 public:
  /// @param first  whose terms are those of all
  Tables(const CountedTerms& first, const std::string& folder, std::size_t memory,
         const std::atomic<bool>* cancel) {
    terms_.names = first.names;
    terms_.options = first.options;
    for (std::size_t k = 0; k < first.counts.size(); ++k)
      tables_.push_back(std::make_unique<TableSum>(folder, memory / first.counts.size(), cancel));
  }

  /// @throws UsageError when it cannot be added.
  void add(CountedTerms part) {
    if (part.names != terms_.names || list_of(part) != list_of(terms_))
      throw UsageError(
          "the terms differ; only counts of the same list of terms can be taken together");
    for (std::size_t k = 0; k < tables_.size(); ++k) tables_[k]->add(std::move(part.counts[k]));
  }

  /// One part alone remains a part, unless it is the only one.
  void forget_shards(std::size_t parts) {
    for (auto& table : tables_) {
      Options& options = table->totals().options;
      const auto shard = options.find("shard");
      if (shard != options.end() && (parts > 1 || shard->second == "1/1")) options.erase(shard);
    }
  }

  /// To be called once.
  void write(const std::string& output) {
    for (auto& table : tables_) table->finish();
    AtomicFile file(output);
    const storage::Session session;
    const int version = terms_.names.empty() ? storage::format_version : storage::terms_version;
    const bool spilled = std::any_of(tables_.begin(), tables_.end(),
                                     [](const auto& table) { return table->spilled(); });
    if (spilled) {
      storage::with_path(output, [&] {
        storage::Writer writer(file.temporary_path());
        fill(writer);
        writer.close();
      });
      storage::sign_file(file.temporary_path(), FileKind::counts, version);
    } else {
      storage::Writer writer;
      fill(writer);
      const storage::Image image = writer.finish();
      storage::sign(image.bytes.get(), image.size, FileKind::counts, version);
      file.write({image.bytes.get(), image.size});
    }
    file.commit();
  }

 private:
  static std::string list_of(const CountedTerms& terms) {
    const auto found = terms.options.find("terms");
    return terms.names.empty() || found == terms.options.end() ? "" : found->second;
  }

  void fill(storage::Writer& writer) {
    const ContactCounts& first = tables_.front()->totals();
    if (terms_.names.empty()) {
      storage::write_header(writer, FileKind::counts, first.options);
      tables_.front()->write_content(writer);
      storage::write_skipped(writer, first.skipped);
      return;
    }
    // What the terms have in common is that of the first, and the list itself.
    terms_.options = options_of_terms(first.options, list_of(terms_));
    storage::begin_counted_terms(writer, terms_, first.skipped);
    for (std::size_t k = 0; k < tables_.size(); ++k)
      storage::write_term_counts(writer, terms_.names[k], tables_[k]->totals(),
                                 [&] { tables_[k]->write_content(writer); });
  }

  CountedTerms terms_;  ///< without counts
  std::vector<std::unique_ptr<TableSum>> tables_;
};

/// The sum of files, which agree and hold no structure twice.
class Sum {
 public:
  Sum(const std::vector<std::string>& paths, std::string folder, const MergeFilesOptions& options)
      : paths_(paths),
        folder_(std::move(folder)),
        options_(options),
        duplicates_(std::make_unique<Duplicates>(folder_, options)) {}

  void add(std::uint32_t file) {
    CountedTerms part = open_counted_terms(paths_[file]);
    if (options_.expected > 0) roll_.add(paths_[file], part.options, options_.expected);
    if (!options_.allow_duplicates)
      part.counts.front().each_structure(
          [&](const StructureRecord& record) { duplicates_->add(record, file); });
    if (!tables_) tables_.emplace(part, folder_, options_.memory, options_.cancel);
    try {
      tables_->add(std::move(part));
    } catch (const UsageError& error) {
      throw FormatError(paths_[file], std::string("cannot be added: ") + error.what());
    }
  }

  void finish() {
    if (options_.expected > 0) roll_.require_all(paths_.size(), options_.expected);
    if (!options_.allow_duplicates) duplicates_->refuse(paths_);
    duplicates_.reset();  // and its files with it
    tables_->forget_shards(paths_.size());
  }

  void write(const std::string& output) { tables_->write(output); }

 private:
  const std::vector<std::string>& paths_;
  std::string folder_;
  const MergeFilesOptions& options_;
  std::optional<Tables> tables_;
  std::unique_ptr<Duplicates> duplicates_;
  storage::ShardRoll roll_;
};

}  // namespace

namespace storage {

void write_streamed(const CountedTerms& terms, const std::string& path) {
  Tables tables(terms, folder_of(path), MergeFilesOptions().memory, nullptr);
  tables.add(terms);
  tables.write(path);
}

}  // namespace storage

void merge_counts_files(const std::vector<std::string>& paths, const std::string& output,
                        const MergeFilesOptions& options) {
  if (paths.empty()) throw UsageError("there are no counts to merge");
  if (options.expected > 0 && paths.size() != static_cast<std::size_t>(options.expected)) {
    storage::ShardRoll roll;
    for (const std::string& path : paths)
      roll.add(path, storage::read_counts_options(path), options.expected);
    roll.require_all(paths.size(), options.expected);
  }
  Sum sum(paths, folder_of(output), options);
  for (std::uint32_t file = 0; file < paths.size(); ++file) {
    stop_if(options.cancel);
    sum.add(file);
    if (options.after_each) options.after_each(file + 1);
  }
  sum.finish();
  sum.write(output);
}

}  // namespace potential
