#include <potential/storage/contact_map.hpp>
#include <potential/storage/files.hpp>
#include <potential/training/reference_states.hpp>
#include <potential/workflow/shipped.hpp>

#include "commands.hpp"
#include "output.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "export FILE [-o x.tsv]",
      "Writes the matrix of a counts file or a potential as a contact map in TSV: one\n"
      "row a pair of types, one column a distance bin. Nothing of the matrix is lost;\n"
      "what a counts file knows of each structure is not in it. FILE may be the name of\n"
      "a shipped potential, such as default.");
  line.positional({"one file"}, 1, Word::potential);
  line.option('o', "output", "FILE", "the TSV file; - = standard output", "-").output();
  return line.common();
}

void run(const Arguments& arguments, Console&) {
  const std::string input = find_potential(arguments.positional()[0]);
  const std::string output = output_text_file(arguments, {input});
  if (kind_of_file(input) == FileKind::counts) {
    write_text(output, format_counts(read_counts(input)));
  } else {
    const PotentialTable table = read_potential(input);
    write_text(output, format_scores(table.axes, table.score));
  }
}

CommandLine describe_import() {
  CommandLine line(
      "import x.tsv -o counts.h5",
      "Reads a contact map in TSV (see potential train --help) into a counts file. It\n"
      "has no structures behind it, so the reference states " +
          join_reference_states("and", [](const auto& state) { return state.needs_margins; }) +
          "\nrefuse it.");
  line.positional({"one TSV file"}, 1);
  line.option('o', "output", "FILE", "the counts file (HDF5); needed").output();
  return line.common();
}

void run_import(const Arguments& arguments, Console&) {
  const std::string input = arguments.positional()[0];
  const std::string output = output_file(arguments, {input});
  write_counts(read_contact_map(input), output);
}

}  // namespace

const Command export_command{"export", "write a matrix as TSV", describe, run};
const Command import_command{"import", "read a contact map in TSV", describe_import, run_import};

}  // namespace potential::app
