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

/// The structure that a double is one of; empty when it is none.
std::string original_of(const SkippedInput& input) {
  if (input.reason.compare(0, double_of.size(), double_of) != 0) return "";
  return input.reason.substr(double_of.size());
}

}  // namespace

void Ledger::restore(ContactCounts& earlier) {
  stream_ = std::exchange(earlier.stream, nullptr);
  if (stream_)
    stream_->each([this](const StructureRecord& record) {
      restore(record.id, record.sha256).streamed_id = record.id;
    });
  for (StructureRecord& record : earlier.structures) {
    Entry& entry = restore(record.id, record.sha256);
    entry.record = std::make_unique<StructureRecord>(std::move(record));
  }
  restore_skipped(earlier.skipped);
  earlier.structures.clear();
  earlier.skipped.clear();
}

Ledger::Entry& Ledger::restore(const std::string& id, const Digest& sha256) {
  const auto [found, fresh] = entries_.try_emplace(sha256);
  if (!fresh)
    throw UsageError("holds the structure of " + id +
                     " twice, so there is no going on from it; extract into a new file");
  found->second.known_before = true;
  unclaimed_.emplace(file_of(id), std::pair(id, sha256));
  return found->second;
}

void Ledger::restore_skipped(std::vector<SkippedInput>& skipped) {
  // Entries of the originals of doubles; at the end where several structures have the id.
  std::unordered_map<std::string, decltype(entries_)::iterator> originals;
  for (const SkippedInput& input : skipped)
    if (std::string id = original_of(input); !id.empty())
      originals.emplace(std::move(id), entries_.end());
  std::set<std::string> met;
  for (auto entry = entries_.begin(); entry != entries_.end(); ++entry)
    if (const auto found = originals.find(entry->second.id()); found != originals.end())
      found->second = met.insert(found->first).second ? entry : entries_.end();
  for (SkippedInput& input : skipped) {
    const std::string original = original_of(input);
    const auto found = original.empty() ? entries_.end() : originals.at(original);
    if (found == entries_.end()) {  // a problem, or a double of nobody knows what
      problems_.emplace(original.empty() ? input.id : file_of(input.id), std::move(input));
      continue;
    }
    unclaimed_.emplace(file_of(input.id), std::pair(input.id, found->first));
    found->second.others.push_back(std::move(input.id));
    ++found->second.earlier;
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
  const auto known = entries_.find(sha256);
  return (known == entries_.end() || !known->second.known_before) && claimed_.insert(sha256).second;
}

void Ledger::add(StructureRecord record) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (take_unclaimed(record.id, record.sha256)) return;
  const auto [found, fresh] = entries_.try_emplace(record.sha256);
  Entry& entry = found->second;
  if (fresh)
    entry.record = std::make_unique<StructureRecord>(std::move(record));
  else
    add_again(entry, std::move(record));
}

void Ledger::add_again(Entry& entry, StructureRecord record) {
  if (!entry.record) {  // it stands in the stream
    if (record.id < entry.streamed_id) {
      entry.others.push_back(entry.streamed_id);
      entry.record = std::make_unique<StructureRecord>(std::move(record));
    } else {
      entry.others.push_back(std::move(record.id));
    }
  } else {
    if (record.id < entry.record->id) std::swap(record, *entry.record);
    // Whichever of them was counted: the pairs are the same.
    if (!record.pair_histogram.empty())
      entry.record->pair_histogram = std::move(record.pair_histogram);
    entry.others.push_back(std::move(record.id));
  }
  if (entry.record && !entry.streamed_id.empty()) renamed_[entry.streamed_id] = entry.record->id;
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
    if (entry.streamed_id.empty()) counts.structures.push_back(*entry.record);
    for (const std::string& id : entry.others)
      counts.skipped.push_back({id, std::string(double_of) + entry.id()});
  }
  if (stream_) counts.stream = grown_stream(stream_, std::move(counts.structures), replacements());
  counts.sort();
}

ReplaceRecord Ledger::replacements() const {
  if (renamed_.empty()) return nullptr;
  return [this](const StructureRecord& streamed) -> std::optional<StructureRecord> {
    const Entry& entry = entries_.at(streamed.sha256);
    if (!entry.record) return std::nullopt;
    StructureRecord record = *entry.record;
    record.pair_histogram = streamed.pair_histogram;
    return record;
  };
}

std::string Ledger::id_of(const Digest& sha256) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return entries_.at(sha256).id();
}

std::vector<SkippedInput> Ledger::doubles() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<SkippedInput> doubles;
  for (const auto& [sha256, entry] : entries_)
    for (std::size_t i = entry.earlier; i < entry.others.size(); ++i)
      doubles.push_back({entry.others[i], std::string(double_of) + entry.id()});
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
