#include <potential/report/html.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/report.hpp>
#include <potential/workflow/shipped.hpp>

#include "chain_options.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "run_options.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "report POTENTIAL [MODEL...] -o report.html [options]",
      std::string("One HTML page to look at, which needs no network: the scores of all pairs of\n"
                  "types at a distance, the curve of each pair, how the potential was made; with\n"
                  "models also their ranking, the score along the sequence, and the score against\n"
                  "a label such as RMSD or GDT-TS.\n\n"
                  "MODEL is an INPUT; all models of a file are scored.\n") +
          potential_help + "\n" + input_help);
  line.positional({"a potential"}, unlimited, Word::potential);
  line.option('o', "output", "FILE", "the page; needed")
      .output()
      .option(0, "labels", "TSV",
              "a table with a column model (path or file name) and\n"
              "columns of numbers, such as rmsd and gdt_ts")
      .input();
  add_term_option(line);
  add_normalize_option(line);
  add_models_option(line, "score", "all");
  add_chain_options(line);
  add_strict_flag(line, "model that cannot be scored");
  return line.common(true);
}

void run(const Arguments& arguments, Console& console) {
  const auto& words = arguments.positional();
  std::vector<std::string> inputs = words;
  if (arguments.has("labels")) inputs.push_back(arguments.text("labels"));
  if (!arguments.has("output")) throw UsageError("give the output file: -o report.html");
  const std::string output = output_text_file(arguments, inputs);
  const std::string term = arguments.text("term");
  const bool with_models = words.size() > 1;
  const PotentialTable table =
      with_models ? load_scoring_potential(words[0], term) : load_potential(words[0], term);
  ReportOptions options;
  read_run_options(arguments, console, options);
  options.read.models = read_model_choice(arguments);
  options.read.chains = read_chains(arguments);
  options.between = read_between(arguments);
  options.normalize = read_normalization(arguments);
  if (arguments.has("labels")) {
    if (!with_models) throw UsageError("labels", "there are no models to label");
    options.labels = ModelTable::read(arguments.text("labels"));
  }
  const Inputs models = read_inputs({words.begin() + 1, words.end()});
  const std::string page = report(table, words[0], models, options);
  console.finish();
  write_text(output, page);
}

}  // namespace

const Command report_command{"report", "a page to look at: potential and models", describe, run};

}  // namespace potential::app
