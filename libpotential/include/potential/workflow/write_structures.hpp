#pragma once
#include <string>
#include <vector>

#include <potential/workflow/score.hpp>

namespace potential {

/// What of a residue goes into the B-factor column.
enum class BFactor { score, quality };

/// From now on scoring with these options writes each model file again into
/// `folder`, the score or quality of each residue as its B-factor. Names are those of the
/// inputs below the folder that all inputs have in common.
/// @param others  files that the run reads or writes beside the inputs
/// @throws FileError when the folder cannot be made; UsageError when inputs stand
///         in it, and, of scoring, when a model would go to one of `others`.
void write_structures(ScoreOptions& options, const Inputs& inputs, const std::string& folder,
                      const std::vector<std::string>& others, BFactor value = BFactor::score);

}  // namespace potential
