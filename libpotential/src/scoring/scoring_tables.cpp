#include "scoring/scoring_tables.hpp"
#include <potential/core/combine.hpp>

#include "scoring/carriers.hpp"

namespace potential {
namespace {

/// Models of one molecule have few sizes; a table may be of many megabytes.
constexpr std::size_t max_kept = 16;

}  // namespace

ScoringTables::ScoringTables(const PotentialTable& table, std::optional<ChainGroups> between)
    : between_(std::move(between)) {
  require_scorable(table);
  if (depends_on_size(table))
    sum_ = table;
  else
    fixed_ = make_scoring_table(table, between_);
}

std::shared_ptr<const ScoringTable> ScoringTables::of(const Model& model) {
  if (fixed_) return fixed_;
  const std::uint32_t size = count_carriers(model);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = of_size_.find(size);
    if (found != of_size_.end()) return found->second;
  }
  auto table = make_scoring_table(at_size(*sum_, size), between_);
  const std::lock_guard<std::mutex> lock(mutex_);
  if (of_size_.size() >= max_kept) of_size_.clear();
  return of_size_.emplace(size, std::move(table)).first->second;
}

}  // namespace potential
