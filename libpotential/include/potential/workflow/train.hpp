#pragma once
#include <string>
#include <vector>

#include <potential/core/potential_table.hpp>
#include <potential/training/train.hpp>
#include <potential/workflow/extract.hpp>

namespace potential {

/// Trains from a counts file or a contact map in TSV. Several are the groups of a
/// jackknife (see train_jackknife).
/// @throws as load_counts(), train() and train_jackknife().
PotentialTable train_files(const std::vector<std::string>& paths, const TrainOptions& options);

/// The counts of structures and the potential trained from them.
struct Built {
  ContactCounts counts;
  PotentialTable table;
};

/// Extracts and trains in one run. @throws as extract() and train().
Built build(const Inputs& inputs, const TableAxes& axes, const ExtractOptions& extract_options,
            const TrainOptions& train_options, const KeptCounts& kept = {});

}  // namespace potential
