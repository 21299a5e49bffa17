#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/extraction/exclusion.hpp>
#include <potential/pipeline/progress.hpp>
#include <potential/structure/reader.hpp>

namespace potential {

struct ExtractOptions {
  ReadOptions read;
  ExclusionList exclude;
  bool strict = false;  ///< the first unusable input ends the run (FormatError)
  int threads = 0;      ///< 0 = all cores
  RunObserver observer;
};

/// Extracts the contact counts of all inputs (files, folders, lists, archives;
/// see InputSource). The result does not depend on threads or on the order of
/// the inputs. Of the same structure given twice, one is counted, under the
/// bytewise first of its ids, and the other recorded as skipped.
/// @throws Error when no input is usable; Cancelled.
ContactCounts extract(const std::vector<std::string>& inputs, const TableAxes& axes,
                      const ExtractOptions& options);

}  // namespace potential
