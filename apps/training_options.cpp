#include "training_options.hpp"

namespace potential::app {

void add_training_options(CommandLine& line) {
  line.option(0, "reference", "STATE", "reference state: rapdf, kbp, dfire, dope, srs or rw",
              "rapdf")
      .choices({"rapdf", "kbp", "dfire", "dope", "srs", "rw"})
      .option(0, "pseudocount", "X", "added to the count of each cell", "1e-4")
      .option(0, "smoothing", "HOW", "small counts: none, sippl[:SIGMA] or shrink[:M] (M counts)",
              "none")
      .flag(0, "pool", "train all separation classes as one")
      .option(0, "cutoff", "Å", "cut-off of dfire, dope and rw; default by reference state")
      .option(0, "alpha", "X", "dfire: exponent of the distance", "1.61")
      .option(0, "kuhn-length", "Å", "rw: Kuhn length; default √460")
      .option(0, "normalize", "BY",
              "what score will rank by: total, residue or contact (the\n"
              "score divided by nothing, residues or contacts); stored",
              "total")
      .choices({"total", "residue", "contact"})
      .option(0, "decimals", "N", "round scores to N decimals (0 to 15)");
}

TrainOptions read_train_options(const Arguments& arguments) {
  TrainOptions options;
  options.reference = parse_reference_state(arguments.text("reference"));
  options.pseudocount = arguments.number("pseudocount", 0, 1e9);
  options.smoothing = Smoothing::parse(arguments.text("smoothing"));
  options.pool = arguments.has("pool");
  if (arguments.has("cutoff")) options.cutoff = arguments.number("cutoff", 0.001, 1000);
  options.alpha = arguments.number("alpha", 0, 10);
  if (arguments.has("kuhn-length"))
    options.kuhn_length = arguments.number("kuhn-length", 0.1, 1000);
  options.normalize = parse_normalization(arguments.text("normalize"));
  if (arguments.has("decimals")) options.decimals = arguments.whole("decimals", 0, 15);
  return options;
}

}  // namespace potential::app
