#pragma once
#include <string>
#include <vector>

#include "commands.hpp"

namespace potential::app {

/// The program itself: what its help says beside the list of commands.
struct ProgramText {
  const char *summary, *about, *more, *exit_status;
};
extern const ProgramText program_text;

/// All that the program takes, as JSON, for what is made from it: man pages and
/// completions.
std::string describe_program(const std::vector<const Command*>& commands);

}  // namespace potential::app
