#include <potential/storage/files.hpp>
#include <potential/support/cancellation.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/train.hpp>

#include "commands.hpp"
#include "extraction_options.hpp"
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
      "size, such as the shards of one run. Counts made with --terms are trained as their\n"
      "list says, or another of the same tables.");
  line.positional({"one counts file"}, unlimited);
  line.option('o', "output", "FILE", "the potential (HDF5); needed").output();
  line.option(0, "bins", "BINS", "coarser distance bins, nested in those of the counts, in Å")
      .offers({"rapdf", "seed", "half"});
  line.flag(0, "jackknife",
            "train on the sum of several counts files; standard errors\n"
            "from leaving out each in turn, in place of the formulas");
  add_terms_option(line);
  add_training_options(line);
  return line.common();
}

bool has_terms(const std::string& path) {
  return kind_of_file(path) == FileKind::counts && !read_term_names(path).empty();
}

/// @throws UsageError when a term is told how to be trained.
void refuse_training_options(const Arguments& arguments, const std::string& path) {
  for (const std::string& option : training_option_names())
    if (arguments.has(option))
      throw UsageError(option, path +
                                   " holds the counts of several terms, which are trained as "
                                   "their list says; give another with --terms");
}

void run(const Arguments& arguments, Console& console) {
  const auto& inputs = arguments.positional();
  const bool jackknife = arguments.has("jackknife");
  if (jackknife != (inputs.size() > 1))
    throw UsageError(jackknife ? "--jackknife needs two or more counts files"
                               : "give one counts file; several are the groups of a jackknife "
                                 "(--jackknife), or are added first by potential merge");
  const auto terms = read_terms(arguments, training_option_names());
  if (terms && jackknife)
    throw UsageError("jackknife", "is for counts of one table, not for a list of --terms");
  TrainOptions options = read_train_options(arguments);
  if (arguments.has("bins")) options.bins = DistanceBins::parse(arguments.text("bins"));
  options.cancel = console.observer().cancel;
  const std::string output = output_file(arguments, inputs);
  const bool of_terms = terms || (inputs.size() == 1 && has_terms(inputs[0]));
  if (of_terms) refuse_training_options(arguments, inputs[0]);
  const PotentialTable table =
      of_terms ? train_terms(inputs[0], terms, options.cancel) : train_files(inputs, options);
  write_potential(table, output);
  warn_of_few_structures(console, output, table);
}

}  // namespace

const Command train_command{"train", "train a potential from counts", describe, run};

}  // namespace potential::app
