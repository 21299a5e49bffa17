#include <optional>
#include <potential/storage/files.hpp>
#include <potential/support/output_lock.hpp>

#include "commands.hpp"
#include "extraction_options.hpp"
#include "output.hpp"
#include "training_options.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "build INPUT... -o potential.h5 [options]",
      std::string("Counts the contacts of structures and trains a potential from them: extract\n"
                  "and train in one run, with the options of both.\n\n") +
          input_help);
  line.positional(1, unlimited, "an input");
  line.option('o', "output", "FILE", "the potential (HDF5); needed");
  line.option(0, "counts", "FILE", "keep the counts in this file");
  add_extraction_options(line);
  add_training_options(line);
  return line.common();
}

void run(const Arguments& arguments, Console& console) {
  const auto& inputs = arguments.positional();
  TrainOptions train_options = read_train_options(arguments);
  train_options.cancel = console.observer().cancel;
  const std::string output = output_file(arguments, inputs);
  const std::string kept =
      arguments.has("counts") ? output_file(arguments, inputs, "counts") : std::string();
  std::optional<OutputLock> lock;
  if (!kept.empty()) lock.emplace(kept);
  const ContactCounts counts = run_extraction(arguments, console, kept);
  const PotentialTable table = train(counts, train_options);
  if (!kept.empty()) write_counts(counts, kept);
  write_potential(table, output);
}

}  // namespace

const Command build_command{"build", "extract and train in one run", describe, run};

}  // namespace potential::app
