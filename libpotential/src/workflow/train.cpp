#include <algorithm>
#include <filesystem>
#include <potential/storage/files.hpp>
#include <potential/storage/merge_files.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/cancellation.hpp>
#include <potential/support/error.hpp>
#include <potential/training/jackknife.hpp>
#include <potential/workflow/shipped.hpp>
#include <potential/workflow/train.hpp>

namespace potential {

namespace {

/// Counts files as the groups of a jackknife: their sum is a file too, so that no
/// structures are held in memory.
PotentialTable train_groups(const std::vector<std::string>& paths, const TrainOptions& options) {
  std::vector<ContactCounts> groups;
  for (const std::string& path : paths) {
    stop_if(options.cancel);
    groups.push_back(open_counts(path));
  }
  const AtomicFile sum(std::filesystem::temp_directory_path() / "potential-sum.h5");
  MergeFilesOptions merge;
  merge.cancel = options.cancel;
  merge_counts_files(paths, sum.temporary_path(), merge);
  return train_jackknife(open_counts(sum.temporary_path()), groups, options);
}

}  // namespace

PotentialTable train_files(const std::vector<std::string>& paths, const TrainOptions& options) {
  if (paths.size() == 1 && kind_of_file(paths[0]) == FileKind::counts)
    return train(open_counts(paths[0]), options);
  if (paths.size() > 1 && std::all_of(paths.begin(), paths.end(), [](const std::string& path) {
        return kind_of_file(path) == FileKind::counts;
      }))
    return train_groups(paths, options);
  std::vector<ContactCounts> groups;
  for (const std::string& path : paths) {
    stop_if(options.cancel);
    groups.push_back(load_counts(path));
  }
  return groups.size() == 1 ? train(groups.front(), options) : train_jackknife(groups, options);
}

PotentialTable train_terms(const std::string& path, std::optional<TermsRecipe> recipe,
                           const std::atomic<bool>* cancel) {
  const CountedTerms counts = open_counted_terms(path);
  if (counts.names.empty())
    throw FormatError(path, "holds counts of one table, not of a list of terms");
  if (!recipe) {
    const auto list = counts.options.find("terms");
    if (list == counts.options.end())
      throw FormatError(path, "does not say how its terms are trained");
    recipe = parse_terms(list->second, path);
  }
  return train(counts, *recipe, cancel);
}

Built build(const Inputs& inputs, const TableAxes& axes, const ExtractOptions& extract_options,
            const TrainOptions& train_options, const KeptCounts& kept) {
  ContactCounts counts = extract(inputs, axes, extract_options, kept);
  PotentialTable table = train(counts, train_options);
  return {std::move(counts), std::move(table)};
}

BuiltTerms build(const Inputs& inputs, const TermsRecipe& recipe,
                 const ExtractOptions& extract_options, const KeptCounts& kept,
                 const std::atomic<bool>* cancel) {
  CountedTerms counts = extract(inputs, recipe, extract_options, kept);
  PotentialTable table = train(counts, recipe, cancel);
  return {std::move(counts), std::move(table)};
}

}  // namespace potential
