#include <potential/storage/files.hpp>
#include <potential/support/output_lock.hpp>

#include "commands.hpp"
#include "extraction_options.hpp"
#include "output.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "extract INPUT... -o counts.h5 [options]",
      std::string("Counts the pairs of sites of structures by type, distance and sequence\n"
                  "separation, and writes the counts to an HDF5 file.\n\n") +
          input_help);
  line.positional(1, unlimited, "an input");
  line.option('o', "output", "FILE", "the counts file (HDF5); needed");
  add_extraction_options(line);
  return line.common();
}

void run(const Arguments& arguments, Console& console) {
  const std::string output = output_file(arguments, arguments.positional());
  const OutputLock lock(output);
  write_counts(run_extraction(arguments, console, output), output);
}

}  // namespace

const Command extract_command{"extract", "count the contacts of structures", describe, run};

}  // namespace potential::app
