#include <optional>
#include <potential/storage/files.hpp>
#include <potential/support/output_lock.hpp>
#include <potential/workflow/train.hpp>

#include "commands.hpp"
#include "extraction_options.hpp"
#include "output.hpp"
#include "run_options.hpp"
#include "run_summary.hpp"
#include "training_options.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "build INPUT... -o potential.h5 [options]",
      std::string("Counts the contacts of structures and trains a potential from them: extract\n"
                  "and train in one run, with the options of both.\n\n") +
          input_help);
  line.positional({"an input"}, unlimited);
  line.option('o', "output", "FILE", "the potential (HDF5); needed").output();
  line.option(0, "counts", "FILE", "keep the counts in this file").output();
  add_extraction_options(line);
  add_training_options(line);
  return line.common(true);
}

void run(const Arguments& arguments, Console& console) {
  const RunSummary summary;
  const auto& inputs = arguments.positional();
  TrainOptions train_options = read_train_options(arguments);
  train_options.cancel = console.observer().cancel;
  const std::string output = output_file(arguments, inputs);
  const KeptCounts kept =
      read_kept(arguments, arguments.has("counts") ? output_file(arguments, inputs, "counts") : "");
  std::optional<OutputLock> lock;
  if (!kept.path.empty()) lock.emplace(kept.path);
  const auto finish = [&](const auto& built) {
    if (!kept.path.empty()) write_counts(built.counts, kept.path);
    write_potential(built.table, output);
    warn_of_few_structures(console, output, built.table);
    summary.print(console, kept.path.empty() ? output : output + ", " + kept.path, built.counts);
  };
  const auto terms = read_terms(arguments, training_option_names());
  const ExtractOptions options = read_extract_options(arguments, console);
  if (terms)
    finish(build(read_inputs(inputs), *terms, options, kept, train_options.cancel));
  else
    finish(build(read_inputs(inputs), read_axes(arguments), options, train_options, kept));
}

}  // namespace

const Command build_command{"build", "extract and train in one run", describe, run};

}  // namespace potential::app
