#pragma once
#include <string>

#include <potential/core/potential_table.hpp>
#include <potential/scoring/score_inputs.hpp>

#include "command_line.hpp"
#include "console.hpp"

namespace potential::app {

/// The potential behind a word (see find_potential) for a command that scores.
/// @throws UsageError, FileError; also when its rows are not every pair once.
PotentialTable read_scoring_potential(const std::string& word);

/// --normalize or, without it, what the potential says.
Normalization read_normalization(const Arguments& arguments, const PotentialTable& table);

/// What all commands that score read: --models --normalize --strict --threads.
ScoreOptions read_score_options(const Arguments& arguments, const PotentialTable& table,
                                Console& console);

}  // namespace potential::app
