#include <filesystem>
#include <potential/support/error.hpp>
#include <potential/workflow/evaluate.hpp>
#include <potential/workflow/shipped.hpp>
#include <sstream>

#include "chain_options.hpp"
#include "commands.hpp"
#include "evaluation_tables.hpp"
#include "output.hpp"
#include "run_options.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "evaluate [POTENTIAL] [--native NATIVE] [MODEL...] [options]",
      std::string(
          "Tells how well scores find the good models of a protein, in one of these ways:\n\n"
          "  evaluate POTENTIAL --native NATIVE MODEL...        scores and compares models\n"
          "  evaluate POTENTIAL --labels TSV MODEL...           how good they are is known\n"
          "  evaluate POTENTIAL --targets DIR                   many proteins: folders with\n"
          "                              native.pdb, models/ and, if known, labels.tsv,\n"
          "                              or folders of such folders, one a kind\n"
          "  evaluate --scores TSV --labels TSV                 scores of any program\n\n"
          "Without labels, models are compared with the native (CA atoms, or the atoms of\n"
          "nucleotides when it has more of those; residues that match by chain, number,\n"
          "insertion code and name, or by aligning the sequences where the files are\n"
          "numbered differently), poses of two partners with the bound\n"
          "complex: --native BOUND --between A,B:C --label dockq.\n\n") +
          potential_help);
  line.positional({}, unlimited, Word::potential);
  line.option(0, "native", "FILE",
              "the native structure (A.pdb,B.pdb: two states of it); with\n"
              "--scores, the name of its row")
      .input()
      .option(0, "labels", "TSV",
              "how good each model is: a column model (and target, if\n"
              "several) and columns of numbers")
      .input()
      .option(0, "label", "COLUMN",
              "the label to find: a column of the labels or, without\n"
              "any, rmsd, gdt_ts, gdt_ha, tm_score or lddt; of poses of\n"
              "two partners (--between), dockq, fnat, irmsd or lrmsd; a\n"
              "name with rmsd is better when lower, others when higher",
              "gdt_ts")
      .offers({"rmsd", "gdt_ts", "gdt_ha", "tm_score", "lddt", "dockq", "fnat", "irmsd", "lrmsd"})
      .option(0, "rmsd-atoms", "ATOMS",
              "of nucleic acids, the atoms for rmsd: C1', P, C3' or\n"
              "heavy (all heavy atoms); default C1'")
      .offers(rmsd_atoms_names())
      .option(0, "scores", "TSV", "scores of any program, as labels")
      .input()
      .option(0, "score", "COLUMN", "the column of --scores", "score")
      .flag(0, "higher-is-better", "of --scores; default: lower is better")
      .option(0, "targets", "DIR", "a folder of targets")
      .folder()
      .option(0, "good", "X",
              "a model is good, for roc_auc and success, from this label\n"
              "on; default 0.5 for GDT and TM-score, 0.23 for DockQ, 4 Å\n"
              "for RMSD, 10 Å for LRMSD")
      .number(-1e9, 1e9);
  add_normalize_option(line);
  add_models_option(line, "score", "all");
  add_chain_options(line);
  line.option(0, "bootstrap", "N", "resamples for the intervals; 0 = none", "2000")
      .whole(0, 1000000)
      .option(0, "per-model", "FILE",
              "score, label and likeness to the native of each model, as\n"
              "TSV")
      .output();
  add_strict_flag(line, "model that cannot be scored");
  line.option('o', "output", "FILE", "where the figures go; - = standard output", "-").output();
  add_format_option(line);
  return line.common(true);
}

EvaluateOptions read_options(const Arguments& arguments, Console& console) {
  EvaluateOptions options;
  read_run_options(arguments, console, options);
  options.models = read_model_choice(arguments);
  options.chains = read_chains(arguments);
  options.between = read_between(arguments);
  options.normalize = read_normalization(arguments);
  options.compare = arguments.has("per-model");
  options.label = label_kind(arguments.text("label"));
  if (arguments.has("rmsd-atoms"))
    options.rmsd_atoms = parse_rmsd_atoms(arguments.text("rmsd-atoms"));
  if (arguments.has("good")) options.label.good = arguments.number("good");
  options.bootstrap.resamples = arguments.whole("bootstrap");
  if (arguments.has("labels")) options.labels = ModelTable::read(arguments.text("labels"));
  return options;
}

/// `A.pdb,B.pdb`, unless there is a file of that very name.
std::vector<std::string> native_files(const Arguments& arguments) {
  const std::string text = arguments.text("native");
  std::vector<std::string> files;
  if (text.empty()) return files;
  if (std::filesystem::exists(text)) return {text};
  std::istringstream words(text);
  for (std::string word; std::getline(words, word, ',');)
    if (!word.empty()) files.push_back(word);
  return files;
}

std::vector<EvaluatedTarget> evaluate(const Arguments& arguments, const EvaluateOptions& options) {
  const auto& words = arguments.positional();
  const std::string native = arguments.text("native");
  if (arguments.has("scores"))
    return evaluate_scores({ModelTable::read(arguments.text("scores")), arguments.text("score"),
                            arguments.has("higher-is-better"), native},
                           options);
  const PotentialTable table = load_scoring_potential(words.front());
  if (arguments.has("targets")) return evaluate_targets(arguments.text("targets"), table, options);
  Target target{native.empty() ? options.labels->source() : native, "",
                read_inputs({words.begin() + 1, words.end()})};
  target.other_natives = native_files(arguments);
  return {evaluate_target(target, table, options)};
}

void refuse(const Arguments& arguments, const std::string& way,
            const std::vector<std::string>& names) {
  for (const std::string& name : names)
    if (arguments.has(name))
      throw UsageError(name, "does not go with " + way + "; see potential evaluate --help");
}

void check(const Arguments& arguments) {
  const auto words = arguments.positional().size();
  if (arguments.has("scores")) {
    refuse(arguments, "--scores",
           {"targets", "normalize", "models", "strict", "chains", "between", "rmsd-atoms"});
    if (words > 0) throw UsageError("with --scores, no potential and no models are taken");
    if (!arguments.has("labels")) throw UsageError("--scores needs --labels");
    return;
  }
  refuse(arguments, "a potential", {"score", "higher-is-better"});
  if (arguments.has("targets")) {
    refuse(arguments, "--targets", {"native"});
    if (words != 1) throw UsageError("with --targets, give one word: the potential");
    return;
  }
  if (words < 2) throw UsageError("give a potential and models, or --targets, or --scores");
  if (!arguments.has("native") && !arguments.has("labels"))
    throw UsageError("give the native (--native FILE) or labels (--labels TSV)");
}

void run(const Arguments& arguments, Console& console) {
  check(arguments);
  const auto& words = arguments.positional();
  const Format format = parse_format(arguments.text("format"));
  std::vector<std::string> inputs = words;
  for (const char* name : {"native", "labels", "scores"})
    if (arguments.has(name)) inputs.push_back(arguments.text(name));
  for (const std::string& native : native_files(arguments)) inputs.push_back(native);
  const std::string output = output_text_file(arguments, inputs);
  const std::string per_model =
      arguments.has("per-model") ? output_text_file(arguments, inputs, "per-model") : "";

  const EvaluateOptions options = read_options(arguments, console);
  const auto targets = evaluate(arguments, options);
  console.finish();
  if (!per_model.empty()) write_text(per_model, model_table(targets).format(Format::tsv));
  write_text(output, format_evaluation(targets, options.bootstrap, format));
}

}  // namespace

const Command evaluate_command{"evaluate", "how well scores find the good models", describe, run};

}  // namespace potential::app
