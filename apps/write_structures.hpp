#pragma once
#include <potential/scoring/score_inputs.hpp>
#include <string>
#include <vector>

namespace potential::app {

/// From now on scoring with these options writes each model file again into
/// `folder`, the score of each residue as its B-factor. Names are those of the
/// inputs below the folder that all inputs have in common.
/// @throws FileError when the folder cannot be made.
void write_structures(ScoreOptions& options, const std::vector<std::string>& inputs,
                      const std::string& folder);

}  // namespace potential::app
