#include "run_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <iterator>
#include <potential/report/table.hpp>
#include <potential/support/error.hpp>

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

void add_plddt_options(CommandLine& line) {
  line.option(0, "min-plddt", "X",
              "leave out residues of predictions whose pLDDT is below X, 0 to\n"
              "100 (_ma_qa_metric_local, else the mean B-factor). A file that\n"
              "does not say it is one (metric pLDDT in mmCIF; AlphaFold,\n"
              "ColabFold, ESMFold in a PDB header) is taken whole and named",
              "0")
      .number(0, 100)
      .flag(0, "bfactor-is-plddt", "B-factors are pLDDT for --min-plddt, whatever the file says");
}

void add_shard_option(CommandLine& line) {
  line.option(0, "shard", "K/N",
              "take part K of N of the inputs: input i, counted from 0 (and\n"
              "the members of archives one by one), is in part i mod N + 1");
}

Shard read_shard(const Arguments& arguments) {
  const std::string text = arguments.text("shard");
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, shard.number);
  if (number.ec == std::errc() && number.ptr != end && *number.ptr == '/') {
    const auto of = std::from_chars(number.ptr + 1, end, shard.of);
    if (of.ec == std::errc() && of.ptr == end && 1 <= shard.number && shard.number <= shard.of)
      return shard;
  }
  throw UsageError("shard", "'" + text + "' is not a part K/N with K from 1 to N, such as 3/10");
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

void add_term_option(CommandLine& line) {
  line.option(0, "term", "NAME", "of a potential that is a sum of terms, this term alone");
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
