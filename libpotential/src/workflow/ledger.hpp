#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/structure/input.hpp>

#include "workflow/grown_stream.hpp"

namespace potential {

/// What became of every input: structures, doubles of them, inputs skipped. May
/// be given what an earlier run found, and then tells which files that run has
/// read. What it reports does not depend on the order in which things came, nor
/// on where one run ended and the next began. Threads may share one.
class Ledger {
 public:
  /// Takes over the structures and skipped inputs of an earlier run. Of structures that
  /// come as a stream only ids and digests are held, and report() gives a stream again.
  /// @throws UsageError when it holds a structure twice: then the counts do, and
  ///         there is no going on from them.
  void restore(ContactCounts& earlier);

  /// To be asked once for each file, in order: true when the earlier run has
  /// read it, so that it need not be read again. Files are known by name; each
  /// structure of the earlier run answers for one file. One that could not be
  /// used is read again: what was noted of it is then forgotten.
  bool has_read(const InputFile& file);

  /// True for the first that comes with this structure: its pairs are to be
  /// counted.
  bool claim(const Digest& sha256);
  /// Takes a structure that was read; without a histogram when it was not the
  /// first to claim its digest.
  void add(StructureRecord record);
  void skip(SkippedInput input);

  /// The structures, each under the bytewise first of its ids, and all that was
  /// skipped, sorted. To be called when every claimed structure was added.
  void report(ContactCounts& counts) const;
  /// The id that report() gives a structure.
  std::string id_of(const Digest& sha256) const;
  /// Structures of the earlier run's stream that came again under an id before theirs: that
  /// of then and that of now.
  const std::map<std::string, std::string>& renamed() const { return renamed_; }
  /// The doubles among the inputs of this run.
  std::vector<SkippedInput> doubles() const;

 private:
  /// One structure and the other ids it came under; the first `earlier` of them in an
  /// earlier run.
  struct Entry {
    std::string streamed_id;  ///< in the earlier run's stream; empty when it is not there
    /// None while that of the stream stands; without a histogram where the stream has it.
    std::unique_ptr<StructureRecord> record;
    std::vector<std::string> others;
    std::size_t earlier = 0;
    bool known_before = false;  ///< by the earlier run

    const std::string& id() const { return record ? record->id : streamed_id; }
  };
  Entry& restore(const std::string& id, const Digest& sha256);
  void restore_skipped(std::vector<SkippedInput>& skipped);
  void add_again(Entry& entry, StructureRecord record);
  ReplaceRecord replacements() const;
  bool take_unclaimed(const std::string& id, const Digest& sha256);

  mutable std::mutex mutex_;
  std::map<Digest, Entry> entries_;
  std::set<Digest> claimed_;                       ///< in this run
  std::shared_ptr<const StructureStream> stream_;  ///< of the earlier run
  std::map<std::string, std::string> renamed_;
  std::vector<SkippedInput> skipped_;
  /// By file: what the earlier run has, until it is met again in this one.
  std::unordered_multimap<std::string, std::pair<std::string, Digest>> unclaimed_;
  std::unordered_multimap<std::string, SkippedInput> problems_;
};

}  // namespace potential
