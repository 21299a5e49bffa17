#include <potential/storage/files.hpp>
#include <potential/support/cancellation.hpp>
#include <potential/training/jackknife.hpp>
#include <potential/workflow/shipped.hpp>
#include <potential/workflow/train.hpp>

namespace potential {

PotentialTable train_files(const std::vector<std::string>& paths, const TrainOptions& options) {
  if (paths.size() == 1 && kind_of_file(paths[0]) == FileKind::counts)
    return train(open_counts(paths[0]), options);
  std::vector<ContactCounts> groups;
  for (const std::string& path : paths) {
    stop_if(options.cancel);
    groups.push_back(load_counts(path));
  }
  return groups.size() == 1 ? train(groups.front(), options) : train_jackknife(groups, options);
}

Built build(const Inputs& inputs, const TableAxes& axes, const ExtractOptions& extract_options,
            const TrainOptions& train_options, const KeptCounts& kept) {
  ContactCounts counts = extract(inputs, axes, extract_options, kept);
  PotentialTable table = train(counts, train_options);
  return {std::move(counts), std::move(table)};
}

}  // namespace potential
