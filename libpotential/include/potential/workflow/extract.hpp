#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/core/counted_terms.hpp>
#include <potential/extraction/similar_sequences.hpp>
#include <potential/structure/reader.hpp>
#include <potential/training/terms.hpp>
#include <potential/workflow/exclusion.hpp>
#include <potential/workflow/inputs.hpp>

namespace potential {

struct ExtractOptions : RunOptions {
  ReadOptions read;
  ExclusionList exclude;
  SimilarSequences similar;  ///< structures with a chain similar to one are left out
  std::optional<Shard> shard;
  /// Given the counts so far, of one table: whenever `checkpoint_interval` has passed since
  /// the last time, and before the run ends with Cancelled. The reading waits
  /// meanwhile. What it throws ends the run.
  std::function<void(const ContactCounts&)> checkpoint;
  std::chrono::duration<double> checkpoint_interval{0};
};

/// Extracts the contact counts of all inputs. The result does not depend on
/// threads or on the order of the inputs. Of the same structure given twice, one
/// is counted, under the bytewise first of its ids, and the other recorded as
/// skipped.
/// @param earlier  counts to go on from, as a checkpoint or an earlier run gave
///        them: what they hold is not counted again, and files that they name
///        are not read again (see Ledger::has_read). However often a run ends
///        and the next goes on, the result is that of one run over all.
/// @throws UsageError when `earlier` was made with other axes or options, or
///         holds a structure twice; Error when no input is usable, or none is
///         named by `exclude`, unless there are earlier counts or a shard is asked
///         for; Cancelled.
ContactCounts extract(const Inputs& inputs, const TableAxes& axes, const ExtractOptions& options,
                      std::optional<ContactCounts> earlier = std::nullopt);

/// A counts file that a run goes on from, or keeps its counts in on the way.
struct KeptCounts {
  std::string path;
  bool append = false;      ///< go on from it, if it is there
  bool checkpoint = false;  ///< write it every ExtractOptions::checkpoint_interval
};

/// The same from and to a file; the final counts are not written.
/// @throws as extract() and read_counts(), naming the file; Cancelled with the
///         file's name when counts were written there.
ContactCounts extract(const Inputs& inputs, const TableAxes& axes, ExtractOptions options,
                      const KeptCounts& kept);

/// Counts in one run, each file read once, what several terms of a potential are trained
/// from. A structure without a site of some term is counted in none. Each term's counts are
/// those of an extraction of its own of the structures that all of them can count, the
/// same ones by the sites of the first term.
/// @throws as the above.
CountedTerms extract(const Inputs& inputs, const TermsRecipe& recipe, const ExtractOptions& options,
                     const KeptCounts& kept = {});

}  // namespace potential
