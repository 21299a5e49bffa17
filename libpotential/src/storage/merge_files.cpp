#include <memory>
#include <optional>
#include <potential/core/merge.hpp>
#include <potential/storage/files.hpp>
#include <potential/storage/merge_files.hpp>
#include <potential/storage/table_file.hpp>
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

/// Writes counts whose structures are these rows.
void write_sorted(const ContactCounts& counts, ExternalSort& sorted, const std::string& output) {
  AtomicFile file(output);
  const storage::Session session;
  storage::PackedRows rows(sorted, counts.axes);
  if (sorted.spilled()) {
    storage::with_path(output, [&] {
      storage::Writer writer(file.temporary_path());
      storage::fill_counts(writer, counts, rows);
      writer.close();
    });
    storage::sign_file(file.temporary_path(), FileKind::counts);
  } else {
    storage::Writer writer;
    storage::fill_counts(writer, counts, rows);
    const storage::Image image = writer.finish();
    storage::sign(image.bytes.get(), image.size, FileKind::counts);
    file.write({image.bytes.get(), image.size});
  }
  file.commit();
}

/// The sum so far: its structures are packed, all else is a ContactCounts.
class Sum {
 public:
  Sum(const std::vector<std::string>& paths, const std::string& folder,
      const MergeFilesOptions& options)
      : paths_(paths),
        options_(options),
        rows_(folder, options.memory, options.cancel),
        duplicates_(std::make_unique<Duplicates>(folder, options)) {}

  void add(std::uint32_t file) {
    ContactCounts part = open_counts(paths_[file]);
    if (options_.expected > 0) roll_.add(paths_[file], part.options, options_.expected);
    part.each_structure([&](const StructureRecord& record) {
      rows_.add(storage::pack_record(record));
      if (!options_.allow_duplicates) duplicates_->add(record, file);
    });
    const bool has_structures = part.has_margins();
    if (!sum_) {
      part.stream = nullptr;
      sum_ = std::move(part);
    } else {
      try {
        merge_totals(*sum_, part, with_structures_);
      } catch (const UsageError& error) {
        throw FormatError(paths_[file], std::string("cannot be added: ") + error.what());
      }
    }
    with_structures_ = with_structures_ || has_structures;
  }

  void finish() {
    if (options_.expected > 0) roll_.require_all(paths_.size(), options_.expected);
    if (!options_.allow_duplicates) duplicates_->refuse(paths_);
    duplicates_.reset();  // and its files with it
    // One part alone remains a part, unless it is the only one.
    const auto shard = sum_->options.find("shard");
    if (shard != sum_->options.end() && (paths_.size() > 1 || shard->second == "1/1"))
      sum_->options.erase(shard);
    rows_.finish();
  }

  void write(const std::string& output) { write_sorted(*sum_, rows_, output); }

 private:
  const std::vector<std::string>& paths_;
  const MergeFilesOptions& options_;
  std::optional<ContactCounts> sum_;
  bool with_structures_ = false;
  ExternalSort rows_;
  std::unique_ptr<Duplicates> duplicates_;
  storage::ShardRoll roll_;
};

}  // namespace

namespace storage {

void write_streamed(const ContactCounts& counts, const std::string& path) {
  ExternalSort rows(folder_of(path), MergeFilesOptions().memory);
  counts.each_structure([&](const StructureRecord& record) { rows.add(pack_record(record)); });
  rows.finish();
  write_sorted(counts, rows, path);
}

}  // namespace storage

void merge_counts_files(const std::vector<std::string>& paths, const std::string& output,
                        const MergeFilesOptions& options) {
  if (paths.empty()) throw UsageError("there are no counts to merge");
  if (options.expected > 0 && paths.size() != static_cast<std::size_t>(options.expected)) {
    storage::ShardRoll roll;
    for (const std::string& path : paths)
      roll.add(path, TableFile(path).options(), options.expected);
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
