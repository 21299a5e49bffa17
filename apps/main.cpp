#include <fmt/format.h>

#include <csignal>
#include <exception>
#include <new>
#include <potential/support/error.hpp>
#include <potential/support/version.hpp>
#include <string>
#include <vector>

#include "commands.hpp"
#include "output.hpp"
#include "signals.hpp"

namespace potential::app {
namespace {

const Command* const commands[] = {&extract_command,  &merge_command,   &train_command,
                                   &build_command,    &combine_command, &score_command,
                                   &evaluate_command, &query_command,   &plot_command,
                                   &report_command,   &export_command,  &import_command};

constexpr int failed = 1, wrong_usage = 2;

std::string program_help() {
  std::string text =
      "Usage: potential COMMAND [...]\n\n"
      "Statistical potentials of proteins: counts contacts in structures, trains\n"
      "potentials from the counts, scores models with them.\n\nCommands:\n";
  for (const Command* command : commands)
    text += fmt::format("  {:<10} {}\n", command->name, command->summary);
  return text +
         "\nOptions:\n  -h, --help     print this text\n  -V, --version  print the version\n\n"
         "potential COMMAND --help tells what a command takes. Exit status: 0 done,\n"
         "1 failed, 2 wrong usage, 128+n ended by signal n.\n";
}

int run_command(const Command& command, const std::vector<std::string>& words) {
  const CommandLine line = command.describe();
  const Arguments arguments = line.parse(words);
  if (arguments.has("help")) {
    write_text("-", line.help());
    return 0;
  }
  Console console(arguments.has("quiet"));
  command.run(arguments, console);
  return 0;
}

int run(const std::vector<std::string>& words) {
  const std::string first = words.empty() ? "" : words[0];
  if (first == "--help" || first == "-h" || first == "help" || first == "--version" ||
      first == "-V") {
    const bool version = first == "--version" || first == "-V";
    write_text("-", version ? fmt::format("potential {}\n", library_version()) : program_help());
    return 0;
  }
  for (const Command* command : commands)
    if (first == command->name) return run_command(*command, {words.begin() + 1, words.end()});
  throw UsageError((first.empty() ? "a command is needed" : "there is no command '" + first + "'") +
                   std::string("; see potential --help"));
}

int report(const std::string& message, int status) {
  fmt::print(stderr, "potential: error: {}\n", one_line(message));
  return status;
}

}  // namespace
}  // namespace potential::app

int main(int argc, char** argv) {
  using namespace potential;
  app::open_standard_streams();
  app::catch_signals();
  try {
    return app::run({argv + 1, argv + argc});
  } catch (const Cancelled& error) {
    const int signal = app::stop_signal();
    return app::report(fmt::format("{}{} ({})", error.what(),
                                   error.kept_in().empty() ? "" : ": go on with --append",
                                   app::signal_name(signal)),
                       128 + signal);
  } catch (const app::ClosedPipe&) {
    return app::end_by_signal(SIGPIPE);
  } catch (const UsageError& error) {
    return app::report(error.what(), app::wrong_usage);
  } catch (const Error& error) {
    return app::report(error.what(), app::failed);
  } catch (const std::bad_alloc&) {
    return app::report("out of memory", app::failed);
  } catch (const std::exception& error) {
    return app::report(fmt::format("unexpected: {}", error.what()), app::failed);
  }
}
