#pragma once
#include "command_line.hpp"
#include "console.hpp"

namespace potential::app {

/// --receptor, --ligand and --poses of score.
void add_pose_options(CommandLine& line);
/// Whether poses are asked for. @throws UsageError when only a part of it is, or with
/// what does not go with it.
bool asks_for_poses(const Arguments& arguments);
void score_poses(const Arguments& arguments, Console& console);

}  // namespace potential::app
