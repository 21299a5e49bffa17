#include "score_stream.hpp"

#include <filesystem>
#include <potential/support/error.hpp>
#include <potential/workflow/score_stream.hpp>
#include <potential/workflow/shipped.hpp>

#include "output.hpp"
#include "run_options.hpp"

namespace potential::app {
namespace {

/// What is written of one row, without the end of the line.
std::string beginning_of(const std::string& id, Format format) {
  ResultTable table({{"model"}});
  table.add({id});
  std::string text = table.format_rows(format);
  const bool quoted = format == Format::csv && text.front() == '"';
  text.resize(text.size() - (format == Format::json ? 3 : quoted ? 2 : 1));
  return text;
}

RowFormat row_format(Format format, const RankingTable& ranking) {
  RowFormat rows;
  if (format != Format::json) rows.header = ranking({}).format(format);
  rows.line = [ranking, format](const ModelScore& row) {
    return ranking({row}).format_rows(format);
  };
  rows.beginning = [format](const std::string& id) { return beginning_of(id, format); };
  return rows;
}

RowOutput row_output(const Arguments& arguments) {
  RowOutput output;
  output.path = arguments.text("output");
  output.append = arguments.has("append");
  if (arguments.has("checkpoint"))
    output.checkpoint =
        std::chrono::duration<double, std::ratio<60>>(arguments.number("checkpoint"));
  output.write = [](std::string_view text) { write_text("-", std::string(text)); };
  std::error_code error;
  const auto status = std::filesystem::status(output.path, error);
  if (output.path != "-" && exists(status) && !is_regular_file(status))
    throw UsageError(output.path, "", "--stream needs a regular file, or - for standard output");
  if (output.path != "-") return output;
  for (const char* option : {"append", "checkpoint"})
    if (arguments.has(option)) throw UsageError(option, "needs -o FILE, where the rows are kept");
  output.path.clear();
  return output;
}

}  // namespace

bool is_score_table(const Arguments& arguments) {
  const std::string path = arguments.text("output");
  const std::string ending = std::filesystem::path(path).extension();
  if (ending != ".h5" && ending != ".hdf5") return false;
  if (arguments.has("format"))
    throw UsageError("format", "does not go with -o " + path + ", which is HDF5");
  return true;
}

Options table_options(const Arguments& arguments, const ScoreOptions& options) {
  return to_options(options, find_potential(arguments.positional()[0]),
                    arguments.text("leave-out"));
}

void add_stream_options(CommandLine& line) {
  line.flag(0, "stream",
            "rows in the order of the inputs, as they come, in one pass and\n"
            "little memory; no standard_error. TSV, or with --format csv,\n"
            "or json: one object a line; HDF5 into a FILE.h5");
  line.option(0, "top", "N",
              "only the N best, in one pass that holds no more than these;\n"
              "no standard_error")
      .whole(1, 1000000000);
  add_shard_option(line);
  line.flag(0, "append",
            "with --stream: go on from the rows in the output, if it exists;\n"
            "files that they come from are not read again")
      .option(0, "checkpoint", "MINUTES",
              "with --stream: write rows to disk every so many minutes\n"
              "(decimals allowed), for --append to go on from")
      .number(0.001, 1e6);
}

bool is_stream(const Arguments& arguments) {
  const bool stream = arguments.has("stream"), top = arguments.has("top");
  if (stream && top) throw UsageError("top", "cannot be taken together with --stream");
  for (const char* option : {"append", "checkpoint"})
    if (!stream && arguments.has(option)) throw UsageError(option, "is for --stream");
  if (!stream && !top && arguments.has("shard"))
    throw UsageError("shard", "is for --stream or --top");
  for (const char* option : {"per-residue", "top-pairs", "top-pairs-file", "interfaces"})
    if ((stream || top) && arguments.has(option))
      throw UsageError(option, "is not for --stream or --top, which hold no tables of all models");
  return stream || top;
}

void stream_scores(const Arguments& arguments, Console& console, const Inputs& models,
                   const PotentialTable& potential, ScoreOptions options,
                   const RankingTable& ranking) {
  if (arguments.has("shard")) options.shard = read_shard(arguments);
  const Format asked = parse_format(arguments.text("format"));
  std::optional<Options> table;
  if (is_score_table(arguments)) table = table_options(arguments, options);
  if (arguments.has("top")) {
    const auto number = static_cast<std::size_t>(arguments.whole("top"));
    const auto best = score_best(models, potential, options, number);
    console.finish();
    if (table)
      return write_ranking(ranking(best).format(Format::tsv), *table, arguments.text("output"));
    return write_text(arguments.text("output"), ranking(best).format(asked));
  }
  const Format format = asked == Format::table ? Format::tsv : asked;
  RowOutput output = row_output(arguments);
  output.hdf5 = std::move(table);
  score_stream(models, potential, options, row_format(format, ranking), output);
  console.finish();
}

}  // namespace potential::app
