#pragma once
#include <optional>
#include <string>
#include <vector>

#include <potential/core/chain_groups.hpp>
#include <potential/core/residue_selection.hpp>
#include <potential/report/table.hpp>
#include <potential/scoring/score.hpp>

#include "command_line.hpp"

namespace potential::app {

/// --chains and --between, of the commands that score.
void add_chain_options(CommandLine& line);
/// --chains; empty = all.
std::vector<std::string> read_chains(const Arguments& arguments);
std::optional<ChainGroups> read_between(const Arguments& arguments);
/// --residues.
void add_residues_option(CommandLine& line);
std::optional<ResidueSelection> read_residues(const Arguments& arguments);

/// A row for each two chains in contact of each model.
ResultTable interface_table(const std::vector<ModelScore>& scores);
/// `A:B, A:C`: chains that touch and are not scored.
std::string unscored_interfaces(const ModelScore& model);

}  // namespace potential::app
