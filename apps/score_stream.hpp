#pragma once
#include <functional>
#include <vector>

#include <potential/report/table.hpp>
#include <potential/workflow/score.hpp>

#include "command_line.hpp"
#include "console.hpp"

namespace potential::app {

/// --stream and --top, with what belongs to them.
void add_stream_options(CommandLine& line);
/// True when the scores are not to be gathered. @throws UsageError on options that do
/// not go together.
bool is_stream(const Arguments& arguments);

/// True where -o names an HDF5 table of scores. @throws UsageError with --format.
bool is_score_table(const Arguments& arguments);
/// What shaped the scores, for such a table.
Options table_options(const Arguments& arguments, const ScoreOptions& options);

/// Makes the table of a ranking.
using RankingTable = std::function<ResultTable(const std::vector<ModelScore>&)>;

/// Scores in one pass and writes the rows as they come, or the best of them.
void stream_scores(const Arguments& arguments, Console& console, const Inputs& models,
                   const PotentialTable& potential, ScoreOptions options,
                   const RankingTable& ranking);

}  // namespace potential::app
