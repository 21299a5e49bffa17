#include "run_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <potential/report/table.hpp>

#include "output.hpp"

namespace potential::app {

const char* const input_help =
    "INPUT is a structure file (.pdb .ent .cif .mmcif .bcif, plain or .gz), a folder\n"
    "(searched recursively), a tar archive (.tar .tar.gz .tgz .tar.zst, or tar:- on\n"
    "standard input), @LIST or - (standard input): one input a line and, after a tab,\n"
    "the chains to take: A,B.\n"
    "An input that cannot be used is named with the reason, and the run goes on.";

const char* const potential_help =
    "POTENTIAL is a potential file, or the name of a shipped potential such as\n"
    "default or rapdf (a bare word is a name; ./default is a file).";

Inputs read_inputs(const std::vector<std::string>& words) {
  Inputs inputs(words);
  if (std::find(words.begin(), words.end(), "-") != words.end())
    inputs.standard_input.assign(std::istreambuf_iterator<char>(std::cin), {});
  return inputs;
}

void add_models_option(CommandLine& line, const std::string& what, const std::string& by_default) {
  line.option(0, "models", "WHICH", "models of a file to " + what + ": first or all", by_default)
      .choices({"first", "all"});
}

void add_strict_flag(CommandLine& line, const std::string& what) {
  line.flag(0, "strict", "the first " + what + " ends the run");
}

ModelChoice read_model_choice(const Arguments& arguments) {
  return arguments.text("models") == "all" ? ModelChoice::all : ModelChoice::first;
}

void read_run_options(const Arguments& arguments, Console& console, RunOptions& options) {
  options.strict = arguments.has("strict");
  options.threads = arguments.threads();
  options.observer = console.observer();
  options.observer.outputs = outputs_of(arguments);
}

void add_format_option(CommandLine& line) {
  const auto& names = format_names();
  line.option(
          0, "format", "F",
          fmt::format("{} or {}", fmt::join(names.begin(), names.end() - 1, ", "), names.back()),
          names.front())
      .choices(names);
}

void add_normalize_option(CommandLine& line) {
  line.option(0, "normalize", "BY",
              "divide the score by: total (nothing), residue or contact;\n"
              "default: as the potential says")
      .choices({"total", "residue", "contact"});
}

std::optional<Normalization> read_normalization(const Arguments& arguments) {
  if (!arguments.has("normalize")) return std::nullopt;
  return parse_normalization(arguments.text("normalize"));
}

}  // namespace potential::app
