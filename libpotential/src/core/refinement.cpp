#include "core/refinement.hpp"
#include <algorithm>
#include <potential/support/error.hpp>
#include <set>
#include <string>

namespace potential {
namespace {

using Range = SeparationClasses::Range;

constexpr std::size_t max_bins = 1000;  // what a file of one table may have

/// Stretches of separations that no class divides.
std::vector<Range> stretches(const std::vector<const SeparationClasses*>& all) {
  std::set<std::int32_t> begins;
  for (const auto* classes : all)
    for (const auto& one : classes->classes())
      for (const Range& range : one.ranges) {
        begins.insert(range.first);
        if (range.last != SeparationClasses::open()) begins.insert(range.last + 1);
      }
  std::vector<Range> parts;
  for (auto begin = begins.begin(); begin != begins.end(); ++begin) {
    const auto next = std::next(begin);
    parts.push_back({*begin, next == begins.end() ? SeparationClasses::open() : *next - 1});
  }
  return parts;
}

/// The class of each of the given that a kind of pair falls into, -1 = none.
using Signature = std::vector<int>;

}  // namespace

DistanceBins refine(const std::vector<const DistanceBins*>& all) {
  std::set<std::int32_t> edges;
  for (const auto* a : all) edges.insert(a->edges().begin(), a->edges().end());
  if (edges.size() > max_bins + 1)
    throw UsageError("the potentials together have more than " + std::to_string(max_bins) +
                     " bins; train some of them with bins that have edges in common");
  return DistanceBins({edges.begin(), edges.end()});
}

SeparationClasses refine(const std::vector<const SeparationClasses*>& all) {
  if (std::all_of(all.begin(), all.end(), [&](const auto* one) { return *one == *all.front(); }))
    return *all.front();
  std::vector<Signature> kinds;
  std::vector<SeparationClasses::Class> classes;
  const auto class_of = [&](const Signature& kind) -> SeparationClasses::Class& {
    const auto found = std::find(kinds.begin(), kinds.end(), kind);
    if (found != kinds.end()) return classes[std::size_t(found - kinds.begin())];
    kinds.push_back(kind);
    return classes.emplace_back();
  };
  const Signature nowhere(all.size(), -1);
  for (const Range& stretch : stretches(all)) {
    Signature kind;
    for (const auto* one : all) kind.push_back(one->of_separation(stretch.first));
    if (kind != nowhere) class_of(kind).ranges.push_back(stretch);
  }
  Signature between;
  for (const auto* one : all) between.push_back(one->of_different_chains());
  if (between != nowhere) class_of(between).inter = true;
  return SeparationClasses(std::move(classes));
}

}  // namespace potential
