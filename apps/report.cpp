#include <potential/report/html.hpp>
#include <potential/scoring/score_inputs.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>

#include "commands.hpp"
#include "extraction_options.hpp"
#include "output.hpp"
#include "potential_path.hpp"
#include "score_options.hpp"

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
  line.positional(1, unlimited, "a potential");
  line.option('o', "output", "FILE", "the page; needed")
      .option(0, "labels", "TSV",
              "a table with a column model (path or file name) and\n"
              "columns of numbers, such as rmsd and gdt_ts")
      .option(0, "normalize", "BY",
              "divide the score by: total (nothing), residue or contact;\n"
              "default: as the potential says")
      .option(0, "models", "WHICH", "models of a file to score: first or all", "all")
      .flag(0, "strict", "the first model that cannot be scored ends the run");
  return line.common();
}

void run(const Arguments& arguments, Console& console) {
  const auto& words = arguments.positional();
  std::vector<std::string> inputs = words;
  if (arguments.has("labels")) inputs.push_back(arguments.text("labels"));
  if (!arguments.has("output")) throw UsageError("give the output file: -o report.html");
  const std::string output = output_text_file(arguments, inputs);
  const PotentialTable table = words.size() > 1 ? read_scoring_potential(words[0])
                                                : read_potential(find_potential(words[0]));
  ReportModels models;
  if (arguments.has("labels")) {
    if (words.size() == 1) throw UsageError("option --labels: there are no models to label");
    models.labels = ModelTable::read(arguments.text("labels"));
  }
  if (words.size() > 1) {
    ScoreOptions options = read_score_options(arguments, table, console);
    options.per_residue = options.chain_pairs = true;
    models.normalize = to_string(options.normalize);
    models.scores = score_inputs({words.begin() + 1, words.end()}, table, options);
    console.finish();
  }
  write_text(output, html_report(table, words[0], models));
}

}  // namespace

const Command report_command{"report", "a page to look at: potential and models", describe, run};

}  // namespace potential::app
