#include "extraction_options.hpp"

#include <potential/support/error.hpp>
#include <utility>

#include "run_options.hpp"

namespace potential::app {
namespace {

/// The shipped schemes, in lines of the width of the help.
std::string scheme_help() {
  std::string help, line;
  for (const std::string& name : shipped_scheme_names()) {
    if (line.size() + name.size() > 54) help += std::exchange(line, "") + "\n";
    line += (line.empty() ? "" : " ") + name + ",";
  }
  return help + line + "\nor a scheme file of your own";
}

}  // namespace

void add_extraction_options(CommandLine& line) {
  line.option(0, "types", "SCHEME", scheme_help(), "heavy-atom")
      .input(shipped_scheme_names())
      .option(0, "bins", "BINS",
              "distance-bin edges in Å: rapdf (0-3, then 1 Å to 20),\n"
              "seed (0-3, then 1 Å to 8), half (0-2.5, then 0.5 Å to 20),\n"
              "EDGE,EDGE,... or start:stop:step",
              "rapdf")
      .offers({"rapdf", "seed", "half"})
      .option(0, "separations", "LIST",
              "classes of sequence separation, each a table of its own:\n"
              "K, K-L, K+ or inter (between chains), as in\n"
              "1,2,3-4,5-8,9-20,21+,inter; other pairs are not counted",
              "1+");
  add_terms_option(line);
  add_models_option(line, "take", "first");
  line.option(0, "exclude", "LIST",
              "leave out the structures named in this file, one a line: an\n"
              "id or a file name, in any case, with or without extensions")
      .input()
      .option(0, "exclude-similar", "FILE",
              "leave out structures with a chain similar to one of these: a\n"
              "FASTA file, or structures (any INPUT). Similar: a local\n"
              "alignment (BLOSUM62) over 70 % of the shorter sequence, not\n"
              "one of chance, with at least --identity")
      .input()
      .option(0, "identity", "X", "percent of identical columns of that alignment, above 0 to 100",
              "40")
      .number(0, 100);
  add_plddt_options(line);
  add_shard_option(line);
  line.flag(0, "append",
            "go on from the counts file if it exists: what is in it is not\n"
            "counted again, and files that it names are not read again")
      .option(0, "checkpoint", "MINUTES",
              "write the counts so far every so many minutes (decimals\n"
              "allowed) and on a signal, for --append to go on from")
      .number(0.001, 1e6);
  add_strict_flag(line, "input that cannot be used");
}

void add_terms_option(CommandLine& line) {
  line.option(0, "terms", "FILE",
              "several tables at once, the terms of a potential: a line each\n"
              "with its name and options (types=... reference=... weight=...);\n"
              "see docs/method.md")
      .input();
}

std::optional<TermsRecipe> read_terms(const Arguments& arguments,
                                      const std::vector<std::string>& also) {
  if (!arguments.has("terms")) return std::nullopt;
  for (const char* option : {"types", "bins", "separations"})
    if (arguments.has(option)) throw UsageError(option, "is for each line of --terms to say");
  for (const std::string& option : also)
    if (arguments.has(option)) throw UsageError(option, "is for each line of --terms to say");
  return potential::read_terms(arguments.text("terms"));
}

TableAxes read_axes(const Arguments& arguments) {
  return TableAxes(load_scheme(arguments.text("types")),
                   DistanceBins::parse(arguments.text("bins")),
                   SeparationClasses::parse(arguments.text("separations")));
}

namespace {

void require_kept(const Arguments& arguments, const std::string& kept) {
  for (const char* name : {"append", "checkpoint"})
    if (kept.empty() && arguments.has(name))
      throw UsageError(name, "needs --counts FILE, where the counts are kept");
}

}  // namespace

ExtractOptions read_extract_options(const Arguments& arguments, Console& console) {
  ExtractOptions options;
  read_run_options(arguments, console, options);
  options.read = {read_model_choice(arguments), arguments.number("min-plddt"),
                  arguments.has("bfactor-is-plddt")};
  if (arguments.has("exclude-similar"))
    options.similar = SimilarSequences(read_sequences(arguments.text("exclude-similar")),
                                       arguments.number("identity"));
  else if (arguments.has("identity"))
    throw UsageError("identity", "is for --exclude-similar, which is not given");
  if (arguments.has("exclude")) options.exclude = ExclusionList::read(arguments.text("exclude"));
  if (arguments.has("shard")) options.shard = read_shard(arguments);
  if (arguments.has("checkpoint"))
    options.checkpoint_interval =
        std::chrono::duration<double, std::ratio<60>>(arguments.number("checkpoint"));
  return options;
}

KeptCounts read_kept(const Arguments& arguments, const std::string& path) {
  require_kept(arguments, path);
  return {path, arguments.has("append"), arguments.has("checkpoint")};
}

}  // namespace potential::app
