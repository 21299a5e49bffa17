#pragma once
#include <memory>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/core/model.hpp>

namespace potential {

/// Counts the contacts of models in memory, read or made with the scheme of the
/// axes; one that is given twice is counted twice. The counts know no options and
/// no skipped inputs.
/// @throws UsageError unless the rows of the axes are every unordered pair once.
ContactCounts count_contacts(const std::vector<std::shared_ptr<const Model>>& models,
                             const TableAxes& axes);

}  // namespace potential
