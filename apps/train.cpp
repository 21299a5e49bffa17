#include <potential/storage/files.hpp>
#include <potential/support/cancellation.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/train.hpp>

#include "commands.hpp"
#include "output.hpp"
#include "run_summary.hpp"
#include "training_options.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "train COUNTS... -o potential.h5 [options]",
      "Trains a potential from contact counts: the scores of each pair of types at each\n"
      "distance, in natural-log units, lower = more native-like.\n\n"
      "COUNTS is a counts file (potential extract), or a contact map in TSV: a header\n"
      "with the bins (0-3A 3-4A ...), then one row a pair (ALA:CYS) with its counts.\n"
      "Several are the groups of a jackknife: disjoint sets of structures of about equal\n"
      "size, such as the shards of one run.");
  line.positional({"one counts file"}, unlimited);
  line.option('o', "output", "FILE", "the potential (HDF5); needed").output();
  line.option(0, "bins", "BINS", "coarser distance bins, nested in those of the counts, in Å")
      .offers({"rapdf", "seed", "half"});
  line.flag(0, "jackknife",
            "train on the sum of several counts files; standard errors\n"
            "from leaving out each in turn, in place of the formulas");
  add_training_options(line);
  return line.common();
}

void run(const Arguments& arguments, Console& console) {
  const auto& inputs = arguments.positional();
  const bool jackknife = arguments.has("jackknife");
  if (jackknife != (inputs.size() > 1))
    throw UsageError(jackknife ? "--jackknife needs two or more counts files"
                               : "give one counts file; several are the groups of a jackknife "
                                 "(--jackknife), or are added first by potential merge");
  TrainOptions options = read_train_options(arguments);
  if (arguments.has("bins")) options.bins = DistanceBins::parse(arguments.text("bins"));
  options.cancel = console.observer().cancel;
  const std::string output = output_file(arguments, inputs);
  const PotentialTable table = train_files(inputs, options);
  write_potential(table, output);
  warn_of_few_structures(console, output, table);
}

}  // namespace

const Command train_command{"train", "train a potential from counts", describe, run};

}  // namespace potential::app
