#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <potential/support/cancellation.hpp>
#include <potential/support/error.hpp>

#include "support/external_sort.hpp"

namespace potential {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20;
/// Runs merged at a time: their blocks are in memory together.
constexpr std::size_t fan_in = 64;
/// Each is an open file, of which a process has no more than 1024 as a rule.
constexpr std::size_t most_runs = 256;

std::string reason() { return std::strerror(errno); }

int open_nameless(const std::string& folder) {
  std::string name = folder + "/.potential.XXXXXX.tmp";
  const int descriptor = ::mkstemps(name.data(), 4);
  if (descriptor < 0) throw FileError(folder, "cannot write temporary files here: " + reason());
  ::unlink(name.c_str());
  return descriptor;
}

}  // namespace

/// A file of records, each after its length, written and then read in order.
class ExternalSort::Spool {
 public:
  explicit Spool(const std::string& folder) : folder_(folder), descriptor_(open_nameless(folder)) {}
  ~Spool() { ::close(descriptor_); }
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  void write(std::string_view record) {
    const auto length = static_cast<std::uint32_t>(record.size());
    block_.append(reinterpret_cast<const char*>(&length), sizeof length).append(record);
    if (block_.size() >= block_bytes) flush();
  }
  void flush() {
    for (std::size_t done = 0; done < block_.size();) {
      const ssize_t written = ::write(descriptor_, block_.data() + done, block_.size() - done);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) throw FileError(folder_, "cannot write temporary files here: " + reason());
      done += static_cast<std::size_t>(written);
    }
    block_.clear();
  }
  void rewind() {
    flush();
    offset_ = 0;
    used_ = 0;
    block_.shrink_to_fit();
  }

  /// @returns false at the end. The record is good until the next call.
  bool next(std::string_view& record) {
    std::uint32_t length = 0;
    if (!need(sizeof length)) return false;
    std::memcpy(&length, block_.data() + used_, sizeof length);
    used_ += sizeof length;
    if (!need(length)) throw FileError(folder_, "a temporary file here became shorter");
    record = {block_.data() + used_, length};
    used_ += length;
    return true;
  }
  /// Gives the memory of the block back.
  void rest() { std::string().swap(block_); }

 private:
  /// Makes the next `size` bytes stand in the block; false at the end.
  bool need(std::size_t size) {
    if (block_.size() - used_ >= size) return true;
    block_.erase(0, used_);
    used_ = 0;
    std::size_t filled = block_.size();
    block_.resize(std::max(size, block_bytes));
    while (filled < block_.size()) {
      const ssize_t got = ::pread(descriptor_, block_.data() + filled, block_.size() - filled,
                                  static_cast<off_t>(offset_));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw FileError(folder_, "cannot read temporary files here: " + reason());
      if (got == 0) break;
      filled += static_cast<std::size_t>(got);
      offset_ += static_cast<std::size_t>(got);
    }
    block_.resize(filled);
    return filled >= size;
  }

  const std::string& folder_;
  int descriptor_;
  std::string block_;
  std::size_t used_ = 0;
  std::uint64_t offset_ = 0;
};

ExternalSort::ExternalSort(std::string folder, std::size_t memory, const std::atomic<bool>* cancel)
    : folder_(std::move(folder)), memory_(memory), cancel_(cancel) {}

ExternalSort::~ExternalSort() = default;

void ExternalSort::add(std::string_view record) {
  if (record.size() > UINT32_MAX) throw Error("a record to sort is larger than 4 GiB");
  if (!places_.empty() && buffer_.size() + record.size() + places_.size() * sizeof(Place) > memory_)
    spill();
  places_.push_back({buffer_.size(), static_cast<std::uint32_t>(record.size())});
  buffer_.append(record);
  ++size_;
}

void ExternalSort::sort_buffer() {
  std::sort(places_.begin(), places_.end(),
            [this](const Place& a, const Place& b) { return at(a) < at(b); });
}

void ExternalSort::spill() {
  sort_buffer();
  auto run = std::make_unique<Spool>(folder_);
  for (const Place& place : places_) run->write(at(place));
  run->rewind();
  runs_.push_back(std::move(run));
  places_.clear();
  buffer_.clear();
  if (runs_.size() >= most_runs) merge_runs();
}

void ExternalSort::merge_runs() {
  const auto last = runs_.begin() + static_cast<std::ptrdiff_t>(std::min(fan_in, runs_.size()));
  using Head = std::pair<std::string_view, Spool*>;
  const auto later = [](const Head& a, const Head& b) { return b.first < a.first; };
  std::vector<Head> heads;
  for (auto run = runs_.begin(); run != last; ++run) {
    Head head{{}, run->get()};
    if (head.second->next(head.first)) heads.push_back(head);
  }
  std::make_heap(heads.begin(), heads.end(), later);
  auto merged = std::make_unique<Spool>(folder_);
  while (!heads.empty()) {
    stop_if(cancel_);
    std::pop_heap(heads.begin(), heads.end(), later);
    Head& head = heads.back();
    merged->write(head.first);
    if (head.second->next(head.first))
      std::push_heap(heads.begin(), heads.end(), later);
    else
      heads.pop_back();
  }
  merged->rewind();
  runs_.erase(runs_.begin(), last);
  runs_.push_back(std::move(merged));
}

void ExternalSort::finish() {
  if (runs_.empty()) {
    sort_buffer();
    return;
  }
  if (!places_.empty()) spill();
  std::string().swap(buffer_);
  std::vector<Place>().swap(places_);
  while (runs_.size() > 1) merge_runs();
  sorted_file_ = std::move(runs_.front());
  runs_.clear();
}

void ExternalSort::rewind() {
  next_place_ = 0;
  walked_ = 0;
  if (!sorted_file_) return;
  sorted_file_->rest();
  sorted_file_->rewind();
}

std::string_view ExternalSort::next() {
  stop_if(cancel_);
  std::string_view record;
  if (walked_++ == size_) throw Error("there are no more records");
  if (!sorted_file_) return at(places_[next_place_++]);
  sorted_file_->next(record);
  return record;
}

}  // namespace potential
