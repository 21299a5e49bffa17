#include "training/refinement.hpp"
#include <algorithm>
#include <potential/support/error.hpp>
#include <set>

namespace potential {
namespace {

using Range = SeparationClasses::Range;

bool nested(const DistanceBins& a, const DistanceBins& b) {
  const auto from = std::max(a.edges().front(), b.edges().front());
  const auto to = std::min(a.cutoff(), b.cutoff());
  const auto within = [&](const DistanceBins& bins) {
    std::vector<std::int32_t> edges;
    for (const auto edge : bins.edges())
      if (from <= edge && edge <= to) edges.push_back(edge);
    return edges;
  };
  const auto x = within(a), y = within(b);
  return std::includes(x.begin(), x.end(), y.begin(), y.end()) ||
         std::includes(y.begin(), y.end(), x.begin(), x.end());
}

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

/// @throws UsageError when a class of one part and one of another overlap and
///         each has pairs of its own.
void require_nested(const std::vector<const SeparationClasses*>& all,
                    const std::vector<Signature>& kinds) {
  for (std::size_t a = 0; a < all.size(); ++a)
    for (std::size_t b = a + 1; b < all.size(); ++b)
      for (const Signature& shared : kinds) {
        const int x = shared[a], y = shared[b];
        if (x < 0 || y < 0) continue;
        bool only_x = false, only_y = false;
        for (const Signature& kind : kinds) {
          only_x = only_x || (kind[a] == x && kind[b] != y);
          only_y = only_y || (kind[a] != x && kind[b] == y);
        }
        if (only_x && only_y)
          throw UsageError("separation class " + all[a]->label(x) + " lies only partly inside " +
                           all[b]->label(y) +
                           "; the classes of combined potentials must be nested");
      }
}

}  // namespace

DistanceBins refine(const std::vector<const DistanceBins*>& all) {
  std::set<std::int32_t> edges;
  for (const auto* a : all) {
    edges.insert(a->edges().begin(), a->edges().end());
    for (const auto* b : all)
      if (!nested(*a, *b))
        throw UsageError("bins " + a->to_string() + " and " + b->to_string() +
                         " overlap and are not nested; train with bins of which one set has all "
                         "edges of the other");
  }
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
  require_nested(all, kinds);
  return SeparationClasses(std::move(classes));
}

}  // namespace potential
