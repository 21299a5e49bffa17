#include <potential/storage/files.hpp>
#include <potential/support/output_lock.hpp>

#include "commands.hpp"
#include "extraction_options.hpp"
#include "output.hpp"
#include "run_options.hpp"
#include "run_summary.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "extract INPUT... -o counts.h5 [options]",
      std::string("Counts the pairs of sites of structures by type, distance and sequence\n"
                  "separation, and writes the counts to an HDF5 file.\n\n") +
          input_help);
  line.positional({"an input"}, unlimited);
  line.option('o', "output", "FILE", "the counts file (HDF5); needed").output();
  add_extraction_options(line);
  return line.common(true);
}

void run(const Arguments& arguments, Console& console) {
  const RunSummary summary;
  const std::string output = output_file(arguments, arguments.positional());
  const OutputLock lock(output);
  const KeptCounts kept = read_kept(arguments, output);
  const auto count_by = [&](const auto& layout) {
    const ExtractOptions options = read_extract_options(arguments, console);
    const auto counts = extract(read_inputs(arguments.positional()), layout, options, kept);
    write_counts(counts, output);
    summary.print(console, output, counts);
  };
  if (const auto terms = read_terms(arguments))
    count_by(*terms);
  else
    count_by(read_axes(arguments));
}

}  // namespace

const Command extract_command{"extract", "count the contacts of structures", describe, run};

}  // namespace potential::app
