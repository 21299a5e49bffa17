#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/extraction/exclusion.hpp>
#include <potential/extraction/similar_sequences.hpp>
#include <potential/pipeline/progress.hpp>
#include <potential/structure/reader.hpp>

namespace potential {

/// One of several parts of the inputs: input i, counted from 0 and the members
/// of archives one by one, goes to part i mod `of` + 1.
struct Shard {
  int number = 1;
  int of = 1;
  bool takes(std::size_t i) const {
    return i % static_cast<std::size_t>(of) + 1 == static_cast<std::size_t>(number);
  }
};

struct ExtractOptions {
  ReadOptions read;
  ExclusionList exclude;
  SimilarSequences similar;  ///< structures with a chain similar to one are left out
  std::optional<Shard> shard;
  bool strict = false;  ///< the first unusable input ends the run (Error)
  int threads = 0;      ///< 0 = all cores
  RunObserver observer;
  /// Given the counts so far: whenever `checkpoint_interval` has passed since
  /// the last time, and before the run ends with Cancelled. The reading waits
  /// meanwhile. What it throws ends the run.
  std::function<void(const ContactCounts&)> checkpoint;
  std::chrono::duration<double> checkpoint_interval{0};
};

/// Extracts the contact counts of all inputs (files, folders, lists, archives;
/// see InputSource). The result does not depend on threads or on the order of
/// the inputs. Of the same structure given twice, one is counted, under the
/// bytewise first of its ids, and the other recorded as skipped.
/// @param earlier  counts to go on from, as a checkpoint or an earlier run gave
///        them: what they hold is not counted again, and files that they name
///        are not read again (see Ledger::has_read). However often a run ends
///        and the next goes on, the result is that of one run over all.
/// @throws UsageError when `earlier` was made with other axes or options, or
///         holds a structure twice; Error when no input is usable, or none is
///         named by `exclude`, unless there are earlier counts or a shard is asked
///         for; Cancelled.
ContactCounts extract(const std::vector<std::string>& inputs, const TableAxes& axes,
                      const ExtractOptions& options,
                      std::optional<ContactCounts> earlier = std::nullopt);

}  // namespace potential
