#include <algorithm>
#include <potential/core/combine.hpp>
#include <potential/core/merge.hpp>
#include <potential/extraction/count.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>
#include <potential/training/recipe.hpp>
#include <potential/workflow/leave_out.hpp>

#include "scoring/carriers.hpp"
#include "scoring/scoring_tables.hpp"

namespace potential {
namespace {

/// Equal but for what a file may round scores to (32 bits).
bool alike(const PotentialTable& a, const PotentialTable& b) {
  return a.axes == b.axes && ((a.score - b.score).abs() <= 1e-5 * (1 + b.score.abs())).all();
}

}  // namespace

LeaveOut::LeaveOut(const std::string& path, const PotentialTable& table)
    : counts_(open_counts(path)), recipe_(table.recipe), calibration_(table.calibration) {
  const std::string wrong =
      "is not what the potential was trained from, so models cannot be left out: ";
  if (!counts_.has_margins())
    throw FormatError(
        path, "knows no structures (an imported contact map), so models cannot be left out");
  if (counts_.axes.scheme != table.axes.scheme)
    throw FormatError(path, wrong + "its types are " + counts_.axes.scheme.name() +
                                ", the potential's " + table.axes.scheme.name());
  try {
    if (!alike(retrain(counts_, recipe_), table))
      throw FormatError(path, wrong + "training from it gives other scores");
  } catch (const UsageError& error) {
    throw FormatError(path, wrong + error.what());
  }
  digests_.reserve(counts_.number_of_structures());
  counts_.each_structure(
      [this](const StructureRecord& structure) { digests_.push_back(structure.sha256); });
  std::sort(digests_.begin(), digests_.end());
}

std::shared_ptr<const ScoringTable> LeaveOut::table_of(
    const Model& model, const std::optional<ChainGroups>& between) const {
  const auto [first, last] = std::equal_range(digests_.begin(), digests_.end(), model.sha256);
  if (first == last) return nullptr;
  const auto times = static_cast<std::size_t>(last - first);
  const std::shared_ptr<const Model> unowned(std::shared_ptr<const Model>(), &model);
  const ContactCounts own = count_contacts(std::vector(times, unowned), counts_.axes);
  PotentialTable without = retrain(subtract_counts(counts_, own), recipe_);
  without.calibration = calibration_;
  return make_scoring_table(at_size(without, count_carriers(model)), between);
}

}  // namespace potential
