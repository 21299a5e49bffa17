#pragma once
#include <functional>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/workflow/extract.hpp>

namespace potential {

/// Given the counts so far, of each table; may borrow them. What it throws ends the run.
using SaveCounts = std::function<void(std::vector<ContactCounts>&)>;

/// What extract() is: one run over all inputs, whose structures are counted in one table or
/// in several, each with its own axes. Which structures are the same is for the first table
/// to say; one that some table has no site of is in none.
/// @param save     see ExtractOptions::checkpoint, in whose place it is asked
/// @param earlier  counts to go on from, of each table; none = from the beginning
/// @throws as extract().
std::vector<ContactCounts> extract_tables(const Inputs& inputs, const std::vector<TableAxes>& axes,
                                          const ExtractOptions& options, SaveCounts save,
                                          std::vector<ContactCounts> earlier);

}  // namespace potential
