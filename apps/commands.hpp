#pragma once
#include "command_line.hpp"
#include "console.hpp"

namespace potential::app {

/// One subcommand: what it takes and what it does. `run` throws
/// potential::Error on failure.
struct Command {
  const char* name;
  const char* summary;
  CommandLine (*describe)();
  void (*run)(const Arguments& arguments, Console& console);
};

extern const Command extract_command, merge_command, train_command, build_command, score_command,
    query_command, export_command, import_command, combine_command, evaluate_command, plot_command,
    report_command, mutate_command;

}  // namespace potential::app
