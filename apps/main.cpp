#include <fmt/format.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <new>
#include <potential/support/error.hpp>
#include <potential/support/version.hpp>
#include <string>
#include <vector>

#include "describe.hpp"
#include "output.hpp"
#include "signals.hpp"

namespace potential::app {

const ProgramText program_text{
    "statistical potentials of proteins",
    "Statistical potentials of proteins: counts contacts in structures, trains\n"
    "potentials from the counts, scores models with them.",
    "potential COMMAND --help tells what a command takes.",
    "0 done,\n1 failed, 2 wrong usage, 128+n ended by signal n."};

namespace {

const std::vector<const Command*> commands{
    &extract_command, &merge_command,    &train_command,  &build_command, &combine_command,
    &score_command,   &evaluate_command, &mutate_command, &query_command, &plot_command,
    &report_command,  &export_command,   &import_command};

constexpr int failed = 1, wrong_usage = 2;

std::string program_help() {
  std::string text =
      fmt::format("Usage: potential COMMAND [...]\n\n{}\n\nCommands:\n", program_text.about);
  for (const Command* command : commands)
    text += fmt::format("  {:<10} {}\n", command->name, command->summary);
  return text + fmt::format(
                    "\nOptions:\n  -h, --help     print this text\n"
                    "  -V, --version  print the version\n\n{} Exit status: {}\n",
                    program_text.more, program_text.exit_status);
}

const Command& find_command(const std::string& name) {
  std::vector<std::string> names;
  for (const Command* command : commands) {
    if (name == command->name) return *command;
    names.emplace_back(command->name);
  }
  if (name.empty()) throw UsageError("a command is needed; see potential --help");
  throw UsageError("there is no command '" + name + "'" +
                   did_you_mean(name, names, "; see potential --help"));
}

int print(const std::string& text) {
  write_text("-", text);
  return 0;
}

int run_command(const Command& command, const std::vector<std::string>& words) {
  const CommandLine line = command.describe();
  try {
    const Arguments arguments = line.parse(words);
    if (arguments.has("help")) return print(line.help());
    Console console(arguments.has("quiet"));
    command.run(arguments, console);
    return 0;
  } catch (const UsageError& error) {
    // The library names a field of its options; here it is an option of the program.
    if (!line.takes(error.place())) throw;
    throw UsageError(error.file(), "option --" + error.place(), error.problem());
  }
}

int run(const std::vector<std::string>& words) {
  const std::string first = words.empty() ? "" : words[0];
  const std::string second = words.size() < 2 ? "" : words[1];
  if (first == "--version" || first == "-V")
    return print(fmt::format("potential {}\n", library_version()));
  if (first == "--help" || first == "-h" || (first == "help" && second.empty()))
    return print(program_help());
  if (first == "help")
    return print(second == "--json" ? describe_program(commands)
                                    : find_command(second).describe().help());
  const Command& command = find_command(first);
  return run_command(command, {words.begin() + 1, words.end()});
}

/// Tells why the program ends, once: threads may end together.
int report(const std::string& message, int status) {
  static std::once_flag told;
  std::call_once(told, [&] { fmt::print(stderr, "potential: error: {}\n", one_line(message)); });
  return status;
}

/// An exception in a thread that nobody can catch it of: oneTBB throws so when a
/// limit keeps it from starting another.
[[noreturn]] void end_by_exception() {
  std::string message = "the program ended itself";
  try {
    if (std::current_exception()) std::rethrow_exception(std::current_exception());
  } catch (const std::exception& error) {
    message = fmt::format("a thread cannot go on ({}); ask for fewer with -j, or allow more memory",
                          error.what());
  } catch (...) {
  }
  std::_Exit(report(message, failed));
}

}  // namespace
}  // namespace potential::app

int main(int argc, char** argv) {
  using namespace potential;
  app::open_standard_streams();
  app::catch_signals();
  std::set_terminate(app::end_by_exception);
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
