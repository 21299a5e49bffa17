#pragma once
#include <string>
#include <vector>

#include <potential/core/potential_table.hpp>
#include <potential/training/terms.hpp>
#include <potential/training/train.hpp>
#include <potential/workflow/extract.hpp>

namespace potential {

/// Trains from a counts file or a contact map in TSV. Several are the groups of a
/// jackknife (see train_jackknife).
/// @throws as load_counts(), train() and train_jackknife().
PotentialTable train_files(const std::vector<std::string>& paths, const TrainOptions& options);

/// Trains from a counts file of several terms, by the list that they were counted by or by
/// another: of the same names, bins and classes, with other reference states or weights.
/// @throws FileError, FormatError, also when it is not such a file; as train().
PotentialTable train_terms(const std::string& path, std::optional<TermsRecipe> recipe = {},
                           const std::atomic<bool>* cancel = nullptr);

/// The counts of structures and the potential trained from them.
struct Built {
  ContactCounts counts;
  PotentialTable table;
};

/// Extracts and trains in one run. @throws as extract() and train().
Built build(const Inputs& inputs, const TableAxes& axes, const ExtractOptions& extract_options,
            const TrainOptions& train_options, const KeptCounts& kept = {});

/// The same of several terms.
struct BuiltTerms {
  CountedTerms counts;
  PotentialTable table;
};
BuiltTerms build(const Inputs& inputs, const TermsRecipe& recipe,
                 const ExtractOptions& extract_options, const KeptCounts& kept = {},
                 const std::atomic<bool>* cancel = nullptr);

}  // namespace potential
