#include <fmt/format.h>

#include <filesystem>
#include <potential/report/simulation.hpp>
#include <potential/storage/contact_map.hpp>
#include <potential/storage/files.hpp>
#include <potential/storage/score_file.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>
#include <potential/training/reference_states.hpp>
#include <potential/workflow/read_models.hpp>
#include <potential/workflow/shipped.hpp>

#include "commands.hpp"
#include "output.hpp"
#include "run_options.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "export FILE [-o x.tsv]",
      "Writes the matrix of a counts file or a potential as a contact map in TSV: one\n"
      "row a pair of types, one column a distance bin. Nothing of the matrix is lost,\n"
      "and potential import reads it back; what a counts file knows of each structure,\n"
      "and a potential's standard errors, counts and recipe, are not in it. FILE may be the name "
      "of\n"
      "a shipped potential, such as default. Of an HDF5 table of scores the rows are written\n"
      "as 'score --stream' would write them in TSV.\n\n"
      "With --format lammps or openmm: the potential made smooth, for simulations of the\n"
      "sites of a structure; see docs/simulations.md.");
  line.positional({"one file"}, 1, Word::potential);
  line.option('o', "output", "FILE",
              "the TSV file, - = standard output; lammps: NAME.in, beside\n"
              "which NAME.data and NAME.table go",
              "-")
      .output();
  line.option(0, "format", "FORMAT",
              "tsv; lammps: commands, data and pair tables; openmm: a\n"
              "serialized System (XML)",
              "tsv")
      .choices({"tsv", "lammps", "openmm"});
  line.option(0, "structure", "FILE",
              "lammps, openmm: the structure (its first model) whose sites\n"
              "are the particles; needed")
      .input()
      .option(0, "separation", "LABEL",
              "lammps, openmm: this separation class alone; lammps takes\n"
              "no more than one")
      .option(0, "temperature", "K", "lammps, openmm: one natural-log unit is k_B T of it", "300")
      .number(1, 100000);
  add_term_option(line);
  return line.common();
}

/// Row by row: there may be more than fit in memory.
void export_scores(const Arguments& arguments, const std::string& input,
                   const std::string& output) {
  if (arguments.has("term")) throw UsageError("term", "is for potentials, and these are scores");
  if (output == "-")
    return unpack_scores(input, [](std::string_view rows) { write_text("-", std::string(rows)); });
  AtomicFile file(output);
  unpack_scores(input, [&](std::string_view rows) { file.write(rows); });
  file.commit();
}

/// The first model of the file that --structure names.
Model read_structure(const Arguments& arguments, const Scheme& scheme, Console& console) {
  ReadModelsOptions options;
  options.strict = true;
  auto models = read_models({arguments.text("structure")}, scheme, options);
  for (const std::string& note : models.front()->notes)
    console.warn(models.front()->id + ": " + note);
  return *models.front();
}

void write_lammps(const PotentialTable& table, const Model& model, const std::string& output,
                  const SimulationOptions& options) {
  const std::filesystem::path path(output);
  if (output == "-" || path.extension() != ".in")
    throw UsageError("output", "lammps: give NAME.in; NAME.data and NAME.table go beside it");
  const LammpsFiles files = lammps_files(table, model, path.stem().string(), options);
  for (const auto& [ending, text] :
       {std::pair(".table", &files.table), std::pair(".data", &files.data),
        std::pair(".in", &files.input)})
    write_text(std::filesystem::path(path).replace_extension(ending).string(), *text);
}

/// For simulations.
void run_smooth(const Arguments& arguments, Console& console, const std::string& output) {
  if (!arguments.has("structure"))
    throw UsageError("structure", "is needed for --format " + arguments.text("format"));
  const PotentialTable table =
      load_scoring_potential(arguments.positional()[0], arguments.text("term"));
  SimulationOptions options;
  if (arguments.has("separation"))
    options.separations = SeparationClasses::parse(arguments.text("separation"));
  options.temperature = arguments.number("temperature");
  const Model model = read_structure(arguments, table.axes.scheme, console);
  if (arguments.text("format") == "lammps")
    write_lammps(table, model, output, options);
  else
    write_text(output, openmm_system(table, model, options));
}

void run(const Arguments& arguments, Console& console) {
  const std::string input = find_potential(arguments.positional()[0]);
  const bool smooth = arguments.text("format") != "tsv";
  const std::string output = output_text_file(
      arguments, smooth ? std::vector<std::string>{input, arguments.text("structure")}
                        : std::vector<std::string>{input});
  if (smooth) return run_smooth(arguments, console, output);
  for (const char* option : {"structure", "separation"})
    if (arguments.has(option)) throw UsageError(option, "is for --format lammps or openmm");
  if (kind_of_file(input) == FileKind::scores) return export_scores(arguments, input, output);
  if (kind_of_file(input) == FileKind::counts) {
    write_text(output, format_counts(open_counts(input, arguments.text("term"))));
  } else {
    const PotentialTable table = load_potential(input, arguments.text("term"));
    write_text(output, format_scores(table.axes, table.score));
  }
}

CommandLine describe_import() {
  CommandLine line(
      "import x.tsv -o FILE [options]",
      "Reads a table in TSV: a header with the bins (0-3A 3-4A ...), then one row a pair\n"
      "(ALA:CYS, or ALA:CB-LEU:CB) with a value for each bin. With several separation\n"
      "classes, the second column, headed separation, holds the class.\n\n"
      "Counts (whole numbers from 0 on) become a counts file. It has no structures\n"
      "behind it, so the reference states " +
          join_reference_states("and", [](const auto& state) { return state.needs_margins; }) +
          " refuse it. Scores, such as\n"
          "potential export writes of a potential, become a potential.");
  line.positional({"one TSV file"}, 1);
  line.option('o', "output", "FILE", "the counts file or potential (HDF5); needed").output();
  line.flag(0, "scores", "the values are scores, even where all are whole numbers");
  line.flag(0, "exact", "the scores are exact: their standard errors are 0, not unknown");
  line.option(0, "types", "SCHEME",
              "what the names of types stand for: a scheme by name, or a scheme\n"
              "file; default: residue-cb, or the heavy-atom scheme that has\n"
              "them all, else one made of the names")
      .input(shipped_scheme_names());
  line.option(0, "bins", "BINS", "the bins of the columns, whatever the header calls them")
      .offers({"rapdf", "seed", "half"});
  return line.common();
}

/// A table of scores lacks much of what a potential holds: said once.
std::string describe_import(const std::string& input, const ImportedMap& map, bool exact) {
  return fmt::format(
      "{}: read as scores{}, types {}; a table of scores has no {}counts, structures or recipe, "
      "and score ranks by its total unless told to --normalize",
      input, map.because.empty() ? "" : " (" + map.because + ")", map.types,
      exact ? "" : "standard errors, ");
}

void run_import(const Arguments& arguments, Console& console) {
  const std::string input = arguments.positional()[0];
  const std::string output = output_file(arguments, {input});
  MapOptions options;
  if (arguments.has("scores")) options.cells = MapCells::scores;
  if (arguments.has("types")) options.scheme = load_scheme(arguments.text("types"));
  if (arguments.has("bins")) options.bins = DistanceBins::parse(arguments.text("bins"));
  ImportedMap map = import_map(input, options);
  const bool exact = arguments.has("exact");
  if (const auto* counts = std::get_if<ContactCounts>(&map.table)) {
    if (exact) throw UsageError("exact", "is for scores, and these are counts; see --scores");
    write_counts(*counts, output);
  } else {
    auto& table = std::get<PotentialTable>(map.table);
    if (exact) table.standard_error.setZero();
    write_potential(table, output);
    console.note(describe_import(input, map, exact));
  }
}

}  // namespace

const Command export_command{"export", "write a matrix as TSV", describe, run};
const Command import_command{"import", "read a table of counts or scores in TSV", describe_import,
                             run_import};

}  // namespace potential::app
