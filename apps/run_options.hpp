#pragma once
#include <optional>
#include <string>
#include <vector>

#include <potential/core/normalization.hpp>
#include <potential/structure/reader.hpp>
#include <potential/workflow/inputs.hpp>

#include "command_line.hpp"
#include "console.hpp"

namespace potential::app {

/// What help texts say about an INPUT and a POTENTIAL.
extern const char* const input_help;
extern const char* const potential_help;

/// The words as inputs; with `-` among them, standard input is read to its end.
Inputs read_inputs(const std::vector<std::string>& words);

/// --models and --strict, of the commands that read structures.
void add_models_option(CommandLine& line, const std::string& what, const std::string& by_default);
void add_strict_flag(CommandLine& line, const std::string& what);
/// --min-plddt and --bfactor-is-plddt.
void add_plddt_options(CommandLine& line);
/// --shard. @throws UsageError when it is not K/N.
void add_shard_option(CommandLine& line);
Shard read_shard(const Arguments& arguments);
/// --models.
ModelChoice read_model_choice(const Arguments& arguments);
/// --strict, --threads and what a run tells; no output may be an input.
void read_run_options(const Arguments& arguments, Console& console, RunOptions& options);

/// --term NAME, of a potential that is a sum.
void add_term_option(CommandLine& line);

/// --format of results.
void add_format_option(CommandLine& line);

/// --normalize of the commands that score; none = as the potential says.
void add_normalize_option(CommandLine& line);
std::optional<Normalization> read_normalization(const Arguments& arguments);

}  // namespace potential::app
