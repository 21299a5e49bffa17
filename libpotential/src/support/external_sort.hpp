#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace potential {

/// Sorts records, which are strings of bytes, bytewise in a given amount of
/// memory: what does not fit goes to nameless temporary files, which vanish
/// with this object or with the process, however that ends.
class ExternalSort {
 public:
  /// @param folder  where temporary files may be made
  /// @param memory  bytes of records to hold at once
  /// @param cancel  when true, walks and merges end with Cancelled
  ExternalSort(std::string folder, std::size_t memory, const std::atomic<bool>* cancel = nullptr);
  ~ExternalSort();
  ExternalSort(const ExternalSort&) = delete;
  ExternalSort& operator=(const ExternalSort&) = delete;

  /// @throws FileError when the temporary files cannot be written.
  void add(std::string_view record);
  /// To be called once, after the last record and before the first walk.
  void finish();
  /// Begins a walk over all records in order; there may be any number of them.
  void rewind();
  /// The next record, good until the next call. @throws FileError; Error when
  /// there is none.
  std::string_view next();

  std::uint64_t size() const { return size_; }
  /// True when the records did not fit into memory.
  bool spilled() const { return sorted_file_ != nullptr || !runs_.empty(); }

 private:
  class Spool;
  struct Place {
    std::size_t offset;
    std::uint32_t length;
  };
  std::string_view at(const Place& place) const {
    return {buffer_.data() + place.offset, place.length};
  }
  void sort_buffer();
  void spill();
  void merge_runs();

  std::string folder_;
  std::size_t memory_;
  const std::atomic<bool>* cancel_;
  std::uint64_t size_ = 0;
  std::string buffer_;
  std::vector<Place> places_;
  std::size_t next_place_ = 0;
  std::uint64_t walked_ = 0;
  std::vector<std::unique_ptr<Spool>> runs_;
  std::unique_ptr<Spool> sorted_file_;
};

}  // namespace potential
