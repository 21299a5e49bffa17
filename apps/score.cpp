#include <potential/report/table.hpp>
#include <potential/scoring/score_inputs.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>

#include "commands.hpp"
#include "extraction_options.hpp"
#include "output.hpp"
#include "potential_path.hpp"
#include "score_options.hpp"
#include "write_structures.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "score POTENTIAL MODEL... [options]",
      std::string("Scores models with a potential and ranks them, best (lowest) first. The score\n"
                  "is the sum over all contacts, in natural-log units.\n\n"
                  "MODEL is an INPUT; all models of a file are scored.\n") +
          potential_help + "\n" + input_help);
  line.positional(2, unlimited, "a potential and a model");
  line.option('o', "output", "FILE", "where the ranking goes; - = standard output", "-")
      .option(0, "format", "F", "table, tsv, csv or json", "table")
      .option(0, "normalize", "BY",
              "divide the score by: total (nothing), residue or contact;\n"
              "default: as the potential says")
      .option(0, "models", "WHICH", "models of a file to score: first or all", "all")
      .option(0, "per-residue", "FILE",
              "scores by residue as TSV; half of each pair goes to each\n"
              "of its residues")
      .option(0, "write-structures", "DIR",
              "the models again, with the score of each residue in the\n"
              "B-factor column, to be coloured by it")
      .flag(0, "strict", "the first model that cannot be scored ends the run");
  return line.common();
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

ResultTable ranking(const std::vector<ModelScore>& scores, Normalization normalize) {
  ResultTable table({{"model"},
                     {"score", normalize == Normalization::contact ? 5 : 3},
                     {"contacts"},
                     {"residues"},
                     {"standard_error", normalize == Normalization::contact ? 5 : 3},
                     {"warnings"}});
  for (const ModelScore& row : scores) {
    if (row.scored)
      table.add({row.id, row.score, row.contacts, std::uint64_t{row.residues}, row.standard_error,
                 joined(row.warnings)});
    else
      table.add({row.id, {}, {}, {}, {}, joined(row.warnings)});
  }
  return table;
}

ResultTable residue_table(const std::vector<ModelScore>& scores) {
  ResultTable table({{"model"}, {"chain"}, {"residue"}, {"name"}, {"score"}, {"contacts"}});
  for (const ModelScore& row : scores)
    for (const ResidueScore& residue : row.per_residue) {
      std::string number = std::to_string(residue.number);
      if (residue.insertion_code != ' ') number += residue.insertion_code;
      table.add({row.id, residue.chain, number, residue.name, residue.score, residue.contacts});
    }
  return table;
}

void run(const Arguments& arguments, Console& console) {
  const std::vector<std::string> models(arguments.positional().begin() + 1,
                                        arguments.positional().end());
  const Format format = parse_format(arguments.text("format"));
  const std::string output = output_text_file(arguments, arguments.positional());
  const std::string residues =
      arguments.has("per-residue")
          ? output_text_file(arguments, arguments.positional(), "per-residue")
          : std::string();
  const PotentialTable table = read_potential(find_potential(arguments.positional()[0]));
  ScoreOptions options;
  options.read = read_model_choice(arguments);
  options.normalize = read_normalization(arguments, table);
  options.per_residue = !residues.empty();
  if (arguments.has("write-structures"))
    write_structures(options, models, arguments.text("write-structures"));
  options.strict = arguments.has("strict");
  options.threads = arguments.whole("threads", 0, 1024);
  options.observer = console.observer();
  const auto scores = score_inputs(models, table, options);
  console.finish();
  if (!residues.empty()) write_text(residues, residue_table(scores).format(Format::tsv));
  write_text(output, ranking(scores, options.normalize).format(format));
}

}  // namespace

const Command score_command{"score", "score models and rank them", describe, run};

}  // namespace potential::app
