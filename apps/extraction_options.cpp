#include "extraction_options.hpp"

#include <potential/support/error.hpp>

namespace potential::app {

const char* const input_help =
    "INPUT is a structure file (.pdb .ent .cif .mmcif, plain or .gz), a folder\n"
    "(searched recursively), a tar archive (.tar .tar.gz .tgz .tar.zst), @LIST or -\n"
    "(standard input): one input a line and, after a tab, the chains to take: A,B.\n"
    "An input that cannot be used is named with the reason, and the run goes on.";

void add_extraction_options(CommandLine& line) {
  line.option(0, "types", "SCHEME",
              "heavy-atom, heavy-atom-158, residue-ca, residue-cb,\n"
              "residue-centroid, or a scheme file of your own",
              "heavy-atom")
      .option(0, "bins", "BINS",
              "distance-bin edges in Å: rapdf (0-3, then 1 Å to 20),\n"
              "seed (0-3, then 1 Å to 8), half (0-2.5, then 0.5 Å to 20),\n"
              "EDGE,EDGE,... or start:stop:step",
              "rapdf")
      .option(0, "separations", "LIST",
              "classes of sequence separation, each a table of its own:\n"
              "K, K-L, K+ or inter (between chains), as in\n"
              "1,2,3-4,5-8,9-20,21+,inter; other pairs are not counted",
              "1+")
      .option(0, "models", "WHICH", "models of a file to take: first or all", "first")
      .option(0, "exclude", "LIST",
              "leave out the structures named in this file, one a line\n"
              "(an id, a file name, or one without its extensions)")
      .flag(0, "strict", "the first input that cannot be used ends the run");
}

TableAxes read_axes(const Arguments& arguments) {
  return TableAxes(load_scheme(arguments.text("types")),
                   DistanceBins::parse(arguments.text("bins")),
                   SeparationClasses::parse(arguments.text("separations")));
}

ReadOptions read_model_choice(const Arguments& arguments) {
  const std::string models = arguments.text("models");
  if (models != "first" && models != "all")
    throw UsageError("option --models: '" + models + "' is neither first nor all");
  ReadOptions options;
  options.models = models == "all" ? ModelChoice::all : ModelChoice::first;
  return options;
}

ExtractOptions read_extract_options(const Arguments& arguments, Console& console) {
  ExtractOptions options;
  options.read = read_model_choice(arguments);
  if (arguments.has("exclude")) options.exclude = ExclusionList::read(arguments.text("exclude"));
  options.strict = arguments.has("strict");
  options.threads = arguments.whole("threads", 0, 1024);
  options.observer = console.observer();
  return options;
}

}  // namespace potential::app
