#pragma once
#include <potential/report/table.hpp>
#include <potential/workflow/score.hpp>
#include <vector>

namespace potential::app {

/// Whether some model has a part of its score within chains and one between them.
bool any_in_parts(const std::vector<ModelScore>& scores);

/// A row for each model. @param in_parts  columns of the parts within chains and between them
ResultTable ranking(const std::vector<ModelScore>& scores, const PotentialTable& potential,
                    const ScoreOptions& options, Format format, bool in_parts);

/// A row for each residue of each model.
ResultTable residue_table(const std::vector<ModelScore>& scores, bool with_quality);

/// A row for each of the worst pairs of residues.
ResultTable pair_table(const std::vector<ModelScore>& scores);

}  // namespace potential::app
