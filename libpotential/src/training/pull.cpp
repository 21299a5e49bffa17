#include "training/pull.hpp"

namespace potential {
namespace {

using Kind = Smoothing::Kind;
using Level = Reference::Level;

/// True where the expected counts of a row add up to something of their own.
bool has_own_level(Level level) { return level == Level::free || level == Level::cutoff; }

}  // namespace

Pull pull_of(const Smoothing& smoothing, Level level, double observed, double expected) {
  switch (smoothing.kind) {
    case Kind::none:
      break;
    case Kind::sippl:
      return {1 / (1 + observed * smoothing.strength), 1};
    case Kind::shrink:
      return {smoothing.strength / (smoothing.strength + expected),
              has_own_level(level) ? (observed + 1) / (expected + 1) : 1};
  }
  return {};
}

Slopes slopes_of(const Smoothing& smoothing, Level level, const Pull& pull, double ratio) {
  const double smoothed = pull.apply(ratio);
  const double by_ratio = (1 - pull.share) * ratio / smoothed, by_target = 1 - by_ratio;
  // A fuller row is drawn less.
  const double by_share = (ratio - pull.target) * pull.share * (1 - pull.share) / smoothed;
  if (smoothing.kind == Kind::none) return {};
  if (smoothing.kind == Kind::sippl || !has_own_level(level)) return {by_ratio, by_share, 0};
  if (level == Level::free) return {by_ratio, by_target, 0};
  return {by_ratio, by_target, by_share - by_target};
}

}  // namespace potential
