#pragma once
#include <optional>
#include <string>
#include <vector>

#include <potential/scoring/score.hpp>

namespace potential {

/// Values between which a structure's residues are coloured.
struct ColourLimits {
  double low = 0;  ///< 2 % of the values lie below
  double median = 0;
  double high = 0;  ///< 2 % lie above
};

/// Percentiles of the residues' scores of all models, so that few residues have
/// the colour of the ends and none of the colours is unused; nothing when no
/// residue has a score (see ScoreOptions::per_residue).
std::optional<ColourLimits> colour_limits(const std::vector<ModelScore>& models);

/// The limits with as many decimals as they need: "colour from -61.2 to 14.3".
std::string to_string(const ColourLimits& limits);

}  // namespace potential
