#include "extraction_options.hpp"

#include <charconv>
#include <filesystem>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>

#include "output.hpp"

namespace potential::app {

const char* const input_help =
    "INPUT is a structure file (.pdb .ent .cif .mmcif, plain or .gz), a folder\n"
    "(searched recursively), a tar archive (.tar .tar.gz .tgz .tar.zst), @LIST or -\n"
    "(standard input): one input a line and, after a tab, the chains to take: A,B.\n"
    "An input that cannot be used is named with the reason, and the run goes on.";

void add_extraction_options(CommandLine& line) {
  line.option(0, "types", "SCHEME",
              "heavy-atom, heavy-atom-158, heavy-atom-centroid (also the\n"
              "centroid of each side chain), residue-ca, residue-cb,\n"
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
              "leave out the structures named in this file, one a line: an\n"
              "id or a file name, in any case, with or without extensions")
      .option(0, "exclude-similar", "FILE",
              "leave out structures with a chain similar to one of these: a\n"
              "FASTA file, or structures (any INPUT). Similar: a local\n"
              "alignment (BLOSUM62) over 70 % of the shorter sequence, not\n"
              "one of chance, with at least --identity")
      .option(0, "identity", "X", "percent of identical columns of that alignment, above 0 to 100",
              "40")
      .option(0, "min-plddt", "X",
              "leave out residues of predictions whose pLDDT is below X, 0 to\n"
              "100 (_ma_qa_metric_local, else the mean B-factor). A file that\n"
              "does not say it is one (metric pLDDT in mmCIF; AlphaFold,\n"
              "ColabFold, ESMFold in a PDB header) is taken whole and named",
              "0")
      .flag(0, "bfactor-is-plddt", "B-factors are pLDDT for --min-plddt, whatever the file says")
      .option(0, "shard", "K/N",
              "take part K of N of the inputs: input i, counted from 0 (and\n"
              "the members of archives one by one), is in part i mod N + 1")
      .flag(0, "append",
            "go on from the counts file if it exists: what is in it is not\n"
            "counted again, and files that it names are not read again")
      .option(0, "checkpoint", "MINUTES",
              "write the counts so far every so many minutes (decimals\n"
              "allowed) and on a signal, for --append to go on from")
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

namespace {

Shard read_shard(const Arguments& arguments) {
  const std::string text = arguments.text("shard");
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, shard.number);
  if (number.ec == std::errc() && number.ptr != end && *number.ptr == '/') {
    const auto of = std::from_chars(number.ptr + 1, end, shard.of);
    if (of.ec == std::errc() && of.ptr == end && 1 <= shard.number && shard.number <= shard.of)
      return shard;
  }
  throw UsageError("option --shard: '" + text +
                   "' is not a part K/N with K from 1 to N, such as 3/10");
}

ExtractOptions read_extract_options(const Arguments& arguments, Console& console) {
  ExtractOptions options;
  options.read = read_model_choice(arguments);
  options.read.min_plddt = arguments.number("min-plddt", 0, 100);
  options.read.bfactor_is_plddt = arguments.has("bfactor-is-plddt");
  if (arguments.has("exclude-similar"))
    options.similar = SimilarSequences(read_sequences(arguments.text("exclude-similar")),
                                       arguments.number("identity", 0, 100));
  else if (arguments.has("identity"))
    throw UsageError("option --identity is for --exclude-similar, which is not given");
  if (arguments.has("exclude")) options.exclude = ExclusionList::read(arguments.text("exclude"));
  if (arguments.has("shard")) options.shard = read_shard(arguments);
  options.strict = arguments.has("strict");
  options.threads = arguments.threads();
  options.observer = console.observer();
  options.observer.outputs = outputs_of(arguments);
  return options;
}

std::optional<ContactCounts> read_earlier(const Arguments& arguments, const std::string& kept) {
  if (!arguments.has("append") || !std::filesystem::exists(kept)) return std::nullopt;
  return read_counts(kept);
}

void require_kept(const Arguments& arguments, const std::string& kept) {
  for (const char* name : {"append", "checkpoint"})
    if (kept.empty() && arguments.has(name))
      throw UsageError(std::string("option --") + name + " needs --counts FILE, where the counts " +
                       "are kept");
}

}  // namespace

ContactCounts run_extraction(const Arguments& arguments, Console& console,
                             const std::string& kept) {
  require_kept(arguments, kept);
  const TableAxes axes = read_axes(arguments);
  ExtractOptions options = read_extract_options(arguments, console);
  bool saved = false;
  if (arguments.has("checkpoint")) {
    options.checkpoint_interval =
        std::chrono::duration<double, std::ratio<60>>(arguments.number("checkpoint", 0.001, 1e6));
    options.checkpoint = [&](const ContactCounts& counts) {
      write_counts(counts, kept);
      saved = true;
    };
  }
  std::optional<ContactCounts> earlier = read_earlier(arguments, kept);
  try {
    return extract(arguments.positional(), axes, options, std::move(earlier));
  } catch (const Cancelled&) {
    if (!saved) throw;
    throw Cancelled("the counts so far are in " + kept + ": go on with --append");
  } catch (const UsageError& error) {
    if (!arguments.has("append")) throw;
    throw UsageError(kept + ": " + error.what());
  }
}

}  // namespace potential::app
