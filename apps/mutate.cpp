#include <potential/report/plot.hpp>
#include <potential/report/table.hpp>
#include <potential/scoring/mutate.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/shipped.hpp>

#include "commands.hpp"
#include "output.hpp"
#include "run_options.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "mutate POTENTIAL MODEL [options]",
      std::string(
          "What each mutation of one residue would change of the score: a row for each\n"
          "residue and new residue, below 0 where the mutant scores better. A mutant is the\n"
          "same file with the residue renamed: it keeps the atoms that its new name knows, a\n"
          "CB that it lacks is built, and all else stays where it is. That is no estimate of\n"
          "a change of stability.\n\n"
          "POTENTIAL must have one site a residue, as rapdf-ca, rapdf-cb and rapdf-centroid\n"
          "have. MODEL is a structure file, of which the first model is taken.\n") +
          potential_help);
  line.positional({"a potential", "a model"}, 2, Word::potential);
  line.option('o', "output", "FILE", "where the table goes; - = standard output", "-").output();
  add_format_option(line);
  line.option(0, "scan", "WHAT", "ala: each residue into alanine; all: into every residue", "all")
      .choices({"ala", "all"})
      .option(0, "heatmap", "FILE", "also a picture, position x residue: .svg, .png or .pdf")
      .output();
  return line.common();
}

std::string number_of(const ResidueName& residue) {
  const std::string number = std::to_string(residue.number);
  return residue.insertion_code == ' ' ? number : number + residue.insertion_code;
}

ResultTable table_of(const MutationScan& scan) {
  ResultTable table({{"chain"}, {"residue"}, {"name"}, {"mutant"}, {"change"}});
  for (std::size_t r = 0; r < scan.residues.size(); ++r)
    for (std::size_t a = 0; a < scan.names.size(); ++a) {
      const ResidueName& residue = scan.residues[r];
      table.add({residue.chain, number_of(residue), residue.name, scan.names[a],
                 scan.changes[r * scan.names.size() + a]});
    }
  return table;
}

GridFigure picture_of(const MutationScan& scan, const std::string& model) {
  GridFigure figure;
  figure.title = "Mutations of " + model;
  figure.value_label = "change of the score (natural-log units)";
  figure.rows = scan.names;
  for (const ResidueName& residue : scan.residues)
    figure.columns.push_back(residue.chain + " " + residue.name + number_of(residue));
  for (std::size_t a = 0; a < scan.names.size(); ++a)
    for (std::size_t r = 0; r < scan.residues.size(); ++r)
      figure.values.push_back(scan.changes[r * scan.names.size() + a]);
  return figure;
}

void run(const Arguments& arguments, Console& console) {
  const auto& words = arguments.positional();
  const Format format = parse_format(arguments.text("format"));
  const std::string output = output_text_file(arguments, words);
  const bool drawn = arguments.has("heatmap");
  const std::string picture = drawn ? output_file(arguments, words, "heatmap") : "";
  if (drawn) check_picture_name(picture);
  const PotentialTable table = load_scoring_potential(words[0]);
  MutationScanner scanner(table);
  const RenamedModels models =
      read_renamed(words[1], table.axes.scheme,
                   arguments.text("scan") == "ala" ? std::vector<std::string>{"ALA"}
                                                   : table.axes.scheme.residue_names());
  for (const std::string& note : models.model.notes) console.warn(words[1] + ": " + note);
  const MutationScan scan = scanner.scan(models);
  if (drawn) draw(picture_of(scan, words[1]), picture);
  write_text(output, table_of(scan).format(format));
}

}  // namespace

const Command mutate_command{"mutate", "what mutations would change of a score", describe, run};

}  // namespace potential::app
