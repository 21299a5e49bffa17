#pragma once
#include <atomic>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/core/model.hpp>
#include <potential/structure/reader.hpp>

namespace potential {

/// Counts the pairs of models, one after another. Not shared between threads:
/// each has its own and `add_to` sums them.
class ContactCounter {
 public:
  ContactCounter(const TableAxes& axes);
  ~ContactCounter();
  ContactCounter(ContactCounter&&) noexcept;

  /// Counts every pair of the model once. @returns the margins of the model.
  StructureRecord add(const Model& model);
  /// Adds all that was counted so far to `counts` and forgets it.
  /// @throws Error when a count would pass 2^64 − 1.
  void flush_into(CountTable& counts);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// How far a long run has come.
struct Progress {
  std::size_t done = 0;   ///< files read
  std::size_t total = 0;  ///< of how many, 0 = not known
  std::size_t skipped = 0;
};

struct ExtractOptions {
  ReadOptions read;
  /// Names of structures to leave out: an id, a file name, or one without its
  /// extensions, as the lines of --exclude.
  std::set<std::string> exclude;
  bool strict = false;  ///< the first unusable input ends the run (FormatError)
  int threads = 0;
  /// Called in order, from one thread at a time.
  std::function<void(const SkippedInput&)> on_skip;
  std::function<void(const std::string& id, const std::string& note)> on_note;
  std::function<void(const Progress&)> on_progress;
  const std::atomic<bool>* cancel = nullptr;  ///< when true the run ends with Cancelled
};

/// Extracts the contact counts of all inputs (files, folders, lists, archives;
/// see InputSource). The result does not depend on threads or on the order of
/// the inputs; of the same structure given twice, one is counted and the other
/// recorded as skipped.
/// @throws Error when no input is usable; Cancelled.
ContactCounts extract(const std::vector<std::string>& inputs, const TableAxes& axes,
                      const ExtractOptions& options);

}  // namespace potential
