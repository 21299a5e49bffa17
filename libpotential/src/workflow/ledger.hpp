#pragma once
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/structure/input.hpp>

namespace potential {

/// What became of every input: structures, doubles of them, inputs skipped. May
/// be given what an earlier run found, and then tells which files that run has
/// read. What it reports does not depend on the order in which things came, nor
/// on where one run ended and the next began. Threads may share one.
class Ledger {
 public:
  /// Takes over the structures and skipped inputs of an earlier run.
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
  /// The doubles among the inputs of this run.
  std::vector<SkippedInput> doubles() const;

 private:
  /// One structure and the other ids it came under; the first `earlier` of them in an
  /// earlier run.
  struct Entry {
    StructureRecord record;
    std::vector<std::string> others;
    std::size_t earlier = 0;
  };
  using IdTable = std::unordered_map<std::string, Digest>;
  void restore_skipped(std::vector<SkippedInput>& skipped, const IdTable& digests);
  bool take_unclaimed(const std::string& id, const Digest& sha256);

  mutable std::mutex mutex_;
  std::map<Digest, Entry> entries_;
  std::set<Digest> claimed_;
  std::vector<SkippedInput> skipped_;
  /// By file: what the earlier run has, until it is met again in this one.
  std::unordered_multimap<std::string, std::pair<std::string, Digest>> unclaimed_;
  std::unordered_multimap<std::string, SkippedInput> problems_;
};

}  // namespace potential
