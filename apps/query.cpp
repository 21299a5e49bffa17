#include <fmt/format.h>

#include <potential/core/pair_pattern.hpp>
#include <potential/report/table.hpp>
#include <potential/storage/score_file.hpp>
#include <potential/storage/table_file.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/shipped.hpp>

#include "commands.hpp"
#include "output.hpp"
#include "run_options.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "query FILE [PAIR...] [options]",
      "Looks up pairs of types in a counts file or a potential; without PAIR, tells\n"
      "what the file holds and how it was made. FILE may be the name of a shipped\n"
      "potential, such as default.\n\n"
      "PAIR is two types joined by '-', such as ALA:CB-LEU:CB, in either order; * and ?\n"
      "stand for any characters and any one (quote them: 'ALA:*-*'). Where a type is a\n"
      "residue, ALA:CYS does as well.");
  line.positional({"a file"}, unlimited, Word::potential, Word::text);
  line.option('o', "output", "FILE", "where the answer goes; - = standard output", "-").output();
  add_format_option(line);
  add_term_option(line);
  line.option(0, "distance", "Å", "only the bin that holds this distance")
      .number(0, 1e6)
      .option(0, "separation", "LABEL", "only this separation class, such as 1+ or inter");
  return line.common();
}

/// Which bins and classes are asked for.
struct Selection {
  std::vector<int> bins, classes;
};

Selection select(const Arguments& arguments, const TableAxes& axes) {
  Selection selection;
  const int bin = arguments.has("distance") ? axes.bins.find(arguments.number("distance")) : -1;
  if (arguments.has("distance") && bin < 0)
    throw UsageError("distance", "no bin holds " + arguments.text("distance") +
                                     " Å; the bins go from " +
                                     format_angstrom(axes.bins.edges().front()) + " to " +
                                     format_angstrom(axes.bins.cutoff()) + " Å");
  const std::string label = arguments.text("separation");
  if (!label.empty() && axes.separations.find(label) < 0)
    throw UsageError("separation",
                     "no class '" + label + "'; the file has " + axes.separations.to_string());
  for (int b = 0; b < axes.columns(); ++b)
    if (bin < 0 || b == bin) selection.bins.push_back(b);
  for (int k = 0; k < axes.classes(); ++k)
    if (label.empty() || axes.separations.label(k) == label) selection.classes.push_back(k);
  return selection;
}

void add_pair(ResultTable& table, const TableFile& file, int row, const Selection& selection) {
  const TableAxes& axes = file.axes();
  const bool potential = file.kind() == FileKind::potential;
  const CountTable counts = file.has_counts() ? file.counts_of(row) : CountTable();
  const ScoreTable scores = potential ? file.score_of(row) : ScoreTable();
  const ScoreTable errors = potential ? file.standard_error_of(row) : ScoreTable();
  for (const int k : selection.classes)
    for (const int bin : selection.bins) {
      std::vector<ResultTable::Cell> cells{axes.pairs.labels()[static_cast<std::size_t>(row)],
                                           axes.separations.label(k), axes.bins.label(bin)};
      if (potential) {
        cells.emplace_back(scores(k, bin));
        cells.emplace_back(errors(k, bin));
      }
      if (file.has_counts())
        cells.emplace_back(counts(k, bin));
      else
        cells.emplace_back();
      table.add(std::move(cells));
    }
}

ResultTable look_up(const TableFile& file, const std::vector<std::string>& patterns,
                    const Selection& selection) {
  std::vector<ResultTable::Column> columns{{"pair"}, {"separation"}, {"bin"}};
  if (file.kind() == FileKind::potential) {
    columns.push_back({"score", 4});
    columns.push_back({"standard_error", 4});
  }
  columns.push_back({"count"});
  ResultTable table(std::move(columns));
  for (const std::string& pattern : patterns)
    for (const int row : find_pairs(file.axes().scheme, file.axes().pairs, pattern))
      add_pair(table, file, row, selection);
  return table;
}

/// `weight 0.3, rapdf, heavy-atom, 3+, to 8 Å`.
std::string describe_term(const Term& term) {
  const auto& training = term.table.recipe.training;
  const TableAxes& axes = term.table.axes;
  return fmt::format("weight {}, {}{}, {}, to {} Å", term.weight.to_string(),
                     training ? training->reference + ", " : "", axes.scheme.name(),
                     axes.separations.to_string(), format_angstrom(axes.bins.cutoff()));
}

ResultTable summarize(const TableFile& file) {
  const TableAxes& axes = file.axes();
  ResultTable table({{"property"}, {"value"}});
  const auto add = [&](const std::string& name, const std::string& value) {
    table.add({name, value});
  };
  add("kind", file.kind() == FileKind::counts ? "contact counts" : "potential");
  add("made by", "potential " + file.library_version());
  add("scheme", axes.scheme.name());
  add("types", std::to_string(axes.scheme.size()));
  add("pairs of types", std::to_string(axes.rows()));
  add("bins (Å)", axes.bins.to_string());
  add("separation classes", axes.separations.to_string());
  add("structures", std::to_string(file.structures()));
  if (file.training() > 0) add("training list", std::to_string(file.training()));
  for (const Term& term : file.terms()) add("term " + term.name, describe_term(term));
  if (file.kind() == FileKind::counts) add("skipped inputs", std::to_string(file.skipped()));
  if (file.has_counts()) {
    const CountTable totals = file.total_counts();
    for (int k = 0; k < axes.classes(); ++k)
      add("counts " + axes.separations.label(k), std::to_string(totals.row(k).sum()));
  }
  for (const auto& [name, value] : file.options()) add("option " + name, value);
  return table;
}

ResultTable summarize(const ScoreFileSummary& scores) {
  ResultTable table({{"property"}, {"value"}});
  const auto add = [&](const std::string& name, const std::string& value) {
    table.add({name, value});
  };
  add("kind", "scores of models");
  add("made by", "potential " + scores.library_version);
  add("rows", std::to_string(scores.rows));
  add("columns", fmt::format("{}", fmt::join(scores.columns, ", ")));
  for (const auto& [name, value] : scores.options) add("option " + name, value);
  return table;
}

/// What a counts file of several terms holds. @param names  of the terms
ResultTable summarize_terms(const std::string& path, const std::vector<std::string>& names) {
  ResultTable table({{"property"}, {"value"}});
  for (const std::string& name : names) {
    const TableFile term(path, name);
    if (name == names.front()) {
      table.add({"kind", fmt::format("contact counts of {} terms", names.size())});
      table.add({"made by", "potential " + term.library_version()});
      table.add({"structures", std::to_string(term.structures())});
      table.add({"skipped inputs", std::to_string(term.skipped())});
    }
    const TableAxes& axes = term.axes();
    table.add(
        {"term " + name,
         fmt::format("{}, {}, to {} Å, {} pairs", axes.scheme.name(), axes.separations.to_string(),
                     format_angstrom(axes.bins.cutoff()), term.total_counts().sum())});
  }
  return table;
}

/// Without a PAIR, and without a term of a file of several.
ResultTable tell_of(const std::string& path, const std::string& term) {
  if (term.empty() && kind_of_file(path) == FileKind::counts)
    if (const auto names = read_term_names(path); !names.empty())
      return summarize_terms(path, names);
  return summarize(TableFile(path, term));
}

void run(const Arguments& arguments, Console&) {
  const auto& words = arguments.positional();
  const Format format = parse_format(arguments.text("format"));
  const std::string output = output_text_file(arguments, {words[0]});
  const std::string path = find_potential(words[0]);
  if (kind_of_file(path) == FileKind::scores) {
    if (words.size() > 1 || arguments.has("term"))
      throw UsageError(path, "", "holds scores of models, and no pairs or terms to look up");
    return write_text(output, summarize(read_score_summary(path)).format(format));
  }
  if (words.size() == 1 && (arguments.has("distance") || arguments.has("separation")))
    throw UsageError("--distance and --separation need a PAIR; '*-*' stands for all");
  const std::string term = arguments.text("term");
  if (words.size() == 1) return write_text(output, tell_of(path, term).format(format));
  const TableFile file(path, term);
  const ResultTable answer =
      look_up(file, {words.begin() + 1, words.end()}, select(arguments, file.axes()));
  write_text(output, answer.format(format));
}

}  // namespace

const Command query_command{"query", "look up pairs of types in a file", describe, run};

}  // namespace potential::app
