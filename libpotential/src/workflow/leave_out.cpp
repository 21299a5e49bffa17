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
#include "workflow/term_reader.hpp"

namespace potential {
namespace {

/// Equal but for what a file may round scores to (32 bits).
bool alike(const PotentialTable& a, const PotentialTable& b) {
  return a.axes == b.axes && ((a.score - b.score).abs() <= 1e-5 * (1 + b.score.abs())).all();
}

}  // namespace

LeaveOut::LeaveOut(const std::string& path, const PotentialTable& table, const ReadOptions& read)
    : counts_(open_counted_terms(path)), recipe_(table.recipe), calibration_(table.calibration) {
  const std::string wrong =
      "is not what the potential was trained from, so models cannot be left out: ";
  const ContactCounts& first = counts_.counts.front();
  if (!first.has_margins())
    throw FormatError(
        path, "knows no structures (an imported contact map), so models cannot be left out");
  if (!counts_.names.empty()) {
    terms_ = parse_terms(counts_.options.at("terms"), path);
    std::vector<TableAxes> tables;
    for (const ContactCounts& counts : counts_.counts) tables.push_back(counts.axes);
    reader_ = std::make_shared<const TermReader>(tables, read);
  } else if (first.axes.scheme != table.axes.scheme) {
    throw FormatError(path, wrong + "its types are " + first.axes.scheme.name() +
                                ", the potential's " + table.axes.scheme.name());
  }
  try {
    if (!alike(retrained(counts_), table))
      throw FormatError(path, wrong + "training from it gives other scores");
  } catch (const UsageError& error) {
    throw FormatError(path, wrong + error.what());
  }
  digests_.reserve(first.number_of_structures());
  first.each_structure(
      [this](const StructureRecord& structure) { digests_.push_back(structure.sha256); });
  std::sort(digests_.begin(), digests_.end());
}

PotentialTable LeaveOut::retrained(const CountedTerms& counts) const {
  return terms_ ? train(counts, *terms_) : retrain(counts.counts.front(), recipe_);
}

std::size_t LeaveOut::times_of(const Digest& sha256) const {
  const auto [first, last] = std::equal_range(digests_.begin(), digests_.end(), sha256);
  return static_cast<std::size_t>(last - first);
}

std::optional<CountedTerms> LeaveOut::own_counts(const InputFile& file, const Model& model) const {
  CountedTerms own;
  own.names = counts_.names;
  const auto count = [&](const Model& sites, std::size_t times) {
    const std::shared_ptr<const Model> unowned(std::shared_ptr<const Model>(), &sites);
    const TableAxes& axes = counts_.counts[own.counts.size()].axes;
    own.counts.push_back(count_contacts(std::vector(times, unowned), axes));
  };
  if (!reader_) {
    const std::size_t times = times_of(model.sha256);
    if (times == 0) return std::nullopt;
    count(model, times);
    return own;
  }
  if (file.path.empty() && !file.bytes)
    throw UsageError(
        "models in memory cannot be left out of the counts of several terms, whose sites are "
        "other ones; give their files");
  const TermModels models = reader_->read(file);
  for (std::size_t i = 0; i < models.size(); ++i) {
    if (models.of(0, i).id != model.id) continue;
    const std::size_t times = times_of(models.of(0, i).sha256);
    if (times == 0) return std::nullopt;
    for (std::size_t k = 0; k < counts_.counts.size(); ++k) count(models.of(k, i), times);
    return own;
  }
  return std::nullopt;
}

std::shared_ptr<const ScoringTable> LeaveOut::table_of(
    const InputFile& file, const Model& model, const std::optional<ChainGroups>& between) const {
  const auto own = own_counts(file, model);
  if (!own) return nullptr;
  PotentialTable without = retrained(subtract_counts(counts_, *own));
  without.calibration = calibration_;
  return make_scoring_table(at_size(without, count_carriers(model)), between);
}

}  // namespace potential
