#include <potential/report/colour_limits.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/score.hpp>
#include <potential/workflow/score_stream.hpp>
#include <potential/workflow/shipped.hpp>
#include <potential/workflow/write_structures.hpp>

#include "chain_options.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "run_options.hpp"
#include "score_poses.hpp"
#include "score_stream.hpp"
#include "score_tables.hpp"

namespace potential::app {
namespace {

constexpr const char* usage = "score POTENTIAL [MODEL...] [options]";

CommandLine describe() {
  CommandLine line(
      usage,
      std::string("Scores models with a potential and ranks them, best (lowest) first. The score\n"
                  "is the sum over all contacts, in natural-log units.\n\n"
                  "MODEL is an INPUT; all models of a file are scored.\n") +
          potential_help + "\n" + input_help);
  line.positional({"a potential"}, unlimited, Word::potential);
  line.option('o', "output", "FILE",
              "where the ranking goes; - = standard output; FILE.h5 is an\n"
              "HDF5 table of scores",
              "-")
      .output();
  add_format_option(line);
  add_normalize_option(line);
  add_models_option(line, "score", "all");
  add_chain_options(line);
  add_residues_option(line);
  line.option(0, "interfaces", "FILE",
              "as TSV, a row for each two chains in contact: score,\n"
              "contacts, residues within 5 Å of the other chain (heavy\n"
              "atoms) and standard error of the score")
      .output()
      .option(0, "per-residue", "FILE",
              "scores by residue as TSV; half of each pair goes to each\n"
              "of its residues")
      .output()
      .option(0, "write-structures", "DIR",
              "the models again, with the score of each residue in the\n"
              "B-factor column; says from which score to which to colour")
      .output_folder()
      .option(0, "bfactor", "WHAT",
              "score or quality in the B-factor column; quality, 0 to 1,\n"
              "needs a potential with a calibration of residues",
              "score")
      .choices({"score", "quality"})
      .option(0, "top-pairs", "N",
              "also the N pairs of residues with the worst scores of each\n"
              "model: a second table, or as --top-pairs-file says")
      .whole(1, 1000000)
      .option(0, "top-pairs-file", "FILE",
              "the worst pairs as TSV in this file; needed with --format\n"
              "tsv, csv and json")
      .output()
      .option(0, "leave-out", "COUNTS",
              "score a model that is among the structures of this counts\n"
              "file, which the potential was trained from, without its\n"
              "own contacts")
      .input()
      .flag(0, "shuffle-z",
            "a column shuffle_z: how many standard deviations the score\n"
            "lies from that of the model with its types shuffled");
  add_stream_options(line);
  add_plddt_options(line);
  add_pose_options(line);
  add_strict_flag(line, "model that cannot be scored");
  return line.common(true);
}

bool judges_residues(const PotentialTable& potential) {
  return potential.calibration && potential.calibration->residue;
}

/// Where results go; empty = not asked for.
struct Places {
  std::string output, residues, pairs, interfaces;
};

Places read_places(const Arguments& arguments, Format format) {
  auto inputs = arguments.positional();
  if (arguments.has("leave-out")) inputs.push_back(arguments.text("leave-out"));
  const auto place = [&](const char* option) {
    return arguments.has(option) ? output_text_file(arguments, inputs, option) : std::string();
  };
  if (arguments.has("top-pairs-file") && !arguments.has("top-pairs"))
    throw UsageError("--top-pairs-file needs --top-pairs N");
  if (arguments.has("top-pairs") && !arguments.has("top-pairs-file") && format != Format::table)
    throw UsageError("--top-pairs with --format " + arguments.text("format") +
                     ": say where the pairs go, --top-pairs-file FILE");
  return {output_text_file(arguments, inputs), place("per-residue"), place("top-pairs-file"),
          place("interfaces")};
}

ScoreOptions read_options(const Arguments& arguments, const PotentialTable& table,
                          Console& console) {
  ScoreOptions options;
  read_run_options(arguments, console, options);
  options.read = {read_model_choice(arguments), arguments.number("min-plddt"),
                  arguments.has("bfactor-is-plddt")};
  options.read.chains = read_chains(arguments);
  options.between = read_between(arguments);
  options.residues = read_residues(arguments);
  options.normalize = read_normalization(arguments).value_or(
      options.residues ? Normalization::total : stored_normalization(table, options.between));
  options.interfaces = arguments.has("interfaces");
  options.per_residue = arguments.has("per-residue");
  options.shuffle_z = arguments.has("shuffle-z");
  if (arguments.has("top-pairs"))
    options.top_pairs = static_cast<std::size_t>(arguments.whole("top-pairs"));
  return options;
}

/// What is read and written beside the models; lists are named as they are given.
std::vector<std::string> other_files(const Arguments& arguments) {
  std::vector<std::string> words{arguments.positional()[0]};
  for (const std::string& word : arguments.positional())
    if (word[0] == '@') words.push_back(word);
  std::vector<std::string> files = files_read(arguments, words);
  for (const std::string& output : outputs_of(arguments)) files.push_back(output);
  return files;
}

void prepare_structures(const Arguments& arguments, const Inputs& models, const std::string& folder,
                        BFactor value, ScoreOptions& options) {
  try {
    write_structures(options, models, folder, other_files(arguments), value);
  } catch (const UsageError& error) {
    throw UsageError(error.file(), "write-structures", error.problem());
  }
}

std::vector<ModelScore> score(const Inputs& models, const PotentialTable& table,
                              const ScoreOptions& options, const std::string& folder) {
  try {
    return score_inputs(models, table, options);
  } catch (const Cancelled&) {
    if (folder.empty()) throw;
    throw Cancelled("some models may be in " + folder + ", nothing else was written");
  }
}

/// @throws UsageError when the potential has no qualities to write.
BFactor read_bfactor(const Arguments& arguments, const PotentialTable& potential) {
  if (arguments.text("bfactor") == "score") return BFactor::score;
  if (!arguments.has("write-structures"))
    throw UsageError("bfactor", "quality needs --write-structures DIR");
  if (!judges_residues(potential))
    throw UsageError("bfactor",
                     "quality needs a potential with a calibration of residues, and this one has "
                     "none; see 'potential combine --residue-calibration'");
  if (arguments.has("residues"))
    throw UsageError("bfactor", "quality is of whole models, and --residues scores parts");
  return BFactor::quality;
}

/// Between which values a viewer is to colour what was written.
std::string colours(BFactor value, const std::vector<ModelScore>& scores) {
  if (value == BFactor::quality) return "the B-factors are qualities: colour from 0 (bad) to 1";
  const auto limits = colour_limits(scores);
  return limits ? to_string(*limits) : "";
}

void run(const Arguments& arguments, Console& console) {
  const auto& words = arguments.positional();
  if (asks_for_poses(arguments)) return score_poses(arguments, console);
  if (words.size() < 2)
    throw UsageError(std::string("a model is missing; usage: potential ") + usage);
  const Format format = parse_format(arguments.text("format"));
  const Places places = read_places(arguments, format);
  const bool packed = is_score_table(arguments);
  if (packed && arguments.has("top-pairs") && places.pairs.empty())
    throw UsageError("top-pairs", "needs --top-pairs-file FILE beside an HDF5 table of scores");
  // Rows as they come have no standard errors.
  const PotentialTable table = load_scoring_potential(
      words[0], "", is_stream(arguments) ? PotentialParts::without_errors : PotentialParts::all);
  ScoreOptions options = read_options(arguments, table, console);
  const Inputs models = read_inputs({words.begin() + 1, words.end()});
  const std::string folder = arguments.text("write-structures");
  const BFactor value = read_bfactor(arguments, table);
  if (!folder.empty()) prepare_structures(arguments, models, folder, value, options);
  if (arguments.has("leave-out"))
    options.leave_out =
        std::make_shared<LeaveOut>(arguments.text("leave-out"), table, options.read);
  if (is_stream(arguments)) {
    // The columns may not depend on what is to come, nor differ between shards.
    const bool in_parts = !options.between && !options.residues &&
                          judges_chains_and_interfaces(table.axes.separations);
    return stream_scores(arguments, console, models, table, options, [&](const auto& rows) {
      return ranking(rows, table, options, Format::tsv, in_parts);
    });
  }
  const auto scores = score(models, table, options, folder);
  console.finish();
  if (const auto words = colours(value, scores); !folder.empty() && !words.empty())
    console.note(folder + ": " + words);
  if (!places.interfaces.empty())
    write_text(places.interfaces, interface_table(scores).format(Format::tsv));
  if (!places.residues.empty())
    write_text(
        places.residues,
        residue_table(scores, judges_residues(table) && !options.residues).format(Format::tsv));
  const Format written = packed ? Format::tsv : format;
  std::string text = ranking(scores, table, options, written, any_in_parts(scores)).format(written);
  if (!places.pairs.empty())
    write_text(places.pairs, pair_table(scores).format(Format::tsv));
  else if (options.top_pairs > 0)
    text += "\n" + pair_table(scores).format(format);
  if (packed) return write_ranking(text, table_options(arguments, options), places.output);
  write_text(places.output, text);
}

}  // namespace

const Command score_command{"score", "score models and rank them", describe, run};

}  // namespace potential::app
