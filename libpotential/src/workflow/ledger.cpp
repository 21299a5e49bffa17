#include "workflow/ledger.hpp"
#include <algorithm>
#include <potential/support/error.hpp>

#include "core/model_id.hpp"

namespace potential {
namespace {

constexpr std::string_view double_of = "the same structure as ";

/// `nmr.pdb[A]#3` -> `nmr.pdb[A]`
std::string file_of(const std::string& id) {
  ModelId parts = ModelId::parse(id);
  parts.number.clear();
  return parts.text();
}

/// Digests by id, for ids that one structure has alone.
std::unordered_map<std::string, Digest> unique_ids(const std::vector<StructureRecord>& records) {
  std::unordered_map<std::string, Digest> digests;
  std::set<std::string> repeated;
  for (const StructureRecord& record : records)
    if (!digests.emplace(record.id, record.sha256).second) repeated.insert(record.id);
  for (const std::string& id : repeated) digests.erase(id);
  return digests;
}

}  // namespace

void Ledger::restore(ContactCounts& earlier) {
  const auto digests = unique_ids(earlier.structures);
  for (StructureRecord& record : earlier.structures) {
    if (!claimed_.insert(record.sha256).second)
      throw UsageError("holds the structure of " + record.id +
                       " twice, so there is no going on from it; extract into a new file");
    unclaimed_.emplace(file_of(record.id), std::pair(record.id, record.sha256));
    entries_[record.sha256].record = std::move(record);
  }
  restore_skipped(earlier.skipped, digests);
  earlier.structures.clear();
  earlier.skipped.clear();
}

void Ledger::restore_skipped(std::vector<SkippedInput>& skipped, const IdTable& digests) {
  for (SkippedInput& input : skipped) {
    const bool is_double = input.reason.compare(0, double_of.size(), double_of) == 0;
    const auto found =
        is_double ? digests.find(input.reason.substr(double_of.size())) : digests.end();
    if (found == digests.end()) {  // a problem, or a double of nobody knows what
      problems_.emplace(is_double ? file_of(input.id) : input.id, std::move(input));
      continue;
    }
    Entry& entry = entries_[found->second];
    unclaimed_.emplace(file_of(input.id), std::pair(input.id, found->second));
    entry.others.push_back(std::move(input.id));
    ++entry.earlier;
  }
}

bool Ledger::has_read(const InputFile& file) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (problems_.empty() && unclaimed_.empty()) return false;
  const std::string name = ModelId::make(file.id).text();
  const bool had_problem = problems_.erase(name) != 0;
  // A folder or an archive that had a problem of its own, and now has members.
  for (auto at = name.find_first_of("/:"); at != std::string::npos;
       at = name.find_first_of("/:", at + 1))
    problems_.erase(name.substr(0, at));
  if (had_problem) return false;
  std::set<std::string> models;  // of one reading, each model once
  auto [next, end] = unclaimed_.equal_range(ModelId::make(file.id, file.chains).text());
  while (next != end)
    next = models.insert(next->second.first).second ? unclaimed_.erase(next) : std::next(next);
  return !models.empty();
}

bool Ledger::claim(const Digest& sha256) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return claimed_.insert(sha256).second;
}

void Ledger::add(StructureRecord record) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (take_unclaimed(record.id, record.sha256)) return;
  const auto [found, fresh] = entries_.try_emplace(record.sha256);
  Entry& entry = found->second;
  if (fresh) {
    entry.record = std::move(record);
    return;
  }
  if (record.id < entry.record.id) std::swap(record, entry.record);
  // Whichever of them was counted: the pairs are the same.
  if (!record.pair_histogram.empty())
    entry.record.pair_histogram = std::move(record.pair_histogram);
  entry.others.push_back(std::move(record.id));
}

void Ledger::skip(SkippedInput input) {
  const std::lock_guard<std::mutex> lock(mutex_);
  skipped_.push_back(std::move(input));
}

void Ledger::report(ContactCounts& counts) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  counts.structures.clear();
  counts.skipped = skipped_;
  for (const auto& [file, input] : problems_) counts.skipped.push_back(input);
  for (const auto& [sha256, entry] : entries_) {
    counts.structures.push_back(entry.record);
    for (const std::string& id : entry.others)
      counts.skipped.push_back({id, std::string(double_of) + entry.record.id});
  }
  counts.sort();
}

std::vector<SkippedInput> Ledger::doubles() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<SkippedInput> doubles;
  for (const auto& [sha256, entry] : entries_)
    for (std::size_t i = entry.earlier; i < entry.others.size(); ++i)
      doubles.push_back({entry.others[i], std::string(double_of) + entry.record.id});
  std::sort(doubles.begin(), doubles.end());
  return doubles;
}

bool Ledger::take_unclaimed(const std::string& id, const Digest& sha256) {
  const auto [begin, end] = unclaimed_.equal_range(file_of(id));
  const auto found = std::find_if(
      begin, end, [&](const auto& entry) { return entry.second == std::pair(id, sha256); });
  if (found == end) return false;
  unclaimed_.erase(found);
  return true;
}

}  // namespace potential
