#pragma once
#include <potential/workflow/evaluate.hpp>

namespace potential {

/// Scores the models of a target and compares them with the native, if `compare`
/// says so; no labels yet. @throws as evaluate_target().
TargetModels score_target(const Target& target, const PotentialTable& table,
                          const EvaluateOptions& options);

}  // namespace potential
