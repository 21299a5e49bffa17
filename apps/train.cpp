#include <potential/storage/contact_map.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>

#include "commands.hpp"
#include "counts_input.hpp"
#include "output.hpp"
#include "training_options.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "train COUNTS -o potential.h5 [options]",
      "Trains a potential from contact counts: the scores of each pair of types at each\n"
      "distance, in natural-log units, lower = more native-like.\n\n"
      "COUNTS is a counts file (potential extract), or a contact map in TSV: a header\n"
      "with the bins (0-3A 3-4A ...), then one row a pair (ALA:CYS) with its counts.");
  line.positional(1, 1, "one counts file");
  line.option('o', "output", "FILE", "the potential (HDF5); needed");
  line.option(0, "bins", "BINS", "coarser distance bins, nested in those of the counts, in Å");
  add_training_options(line);
  return line.common();
}

void run(const Arguments& arguments, Console&) {
  const std::string input = arguments.positional()[0];
  TrainOptions options = read_train_options(arguments);
  if (arguments.has("bins")) options.bins = DistanceBins::parse(arguments.text("bins"));
  const std::string output = output_file(arguments, {input});
  write_potential(train(read_counts_or_map(input), options), output);
}

}  // namespace

const Command train_command{"train", "train a potential from counts", describe, run};

}  // namespace potential::app
