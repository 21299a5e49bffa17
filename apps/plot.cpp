#include <sys/stat.h>

#include <cmath>
#include <map>
#include <potential/core/pair_pattern.hpp>
#include <potential/report/plot.hpp>
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
      "plot FILE... PAIR... -o x.svg [options]",
      "Draws the curves of pairs of types against distance, with error bars, or a heat\n"
      "map of all pairs. FILE is a potential, by its path or shipped name, or a counts\n"
      "file; further words that name no file are PAIRs, as in potential query. Of\n"
      "several potentials each curve is drawn; each separation class has a panel.\n"
      "Where no contact was seen there is a hollow triangle instead of a point.\n"
      "Needs the program gnuplot (Debian: gnuplot-nox).");
  line.positional({"a file"}, unlimited, Word::potential, Word::potential);
  line.option('o', "output", "FILE", "the picture: .svg, .png or .pdf; needed")
      .output()
      .option(0, "separation", "LABEL", "only this separation class, such as 1+ or inter")
      .flag(0, "heatmap", "all pairs of types at one distance")
      .option(0, "bin", "K", "heat map: the bin, counted from 1, or its label: 5-6A")
      .option(0, "title", "TEXT", "the title; default: what the picture shows");
  add_term_option(line);
  return line.common();
}

/// True for a path of a file and for the name of a shipped potential.
bool names_file(const std::string& word) {
  try {
    struct stat info {};
    return ::stat(find_potential(word).c_str(), &info) == 0 && S_ISREG(info.st_mode);
  } catch (const UsageError&) {
    return false;
  }
}

/// What the words of the command line are.
struct Words {
  std::vector<std::string> files, patterns;
};

Words sort_words(const std::vector<std::string>& all) {
  Words words;
  for (const std::string& word : all)
    (words.files.empty() || names_file(word) ? words.files : words.patterns).push_back(word);
  return words;
}

std::string value_label(FileKind kind) {
  return kind == FileKind::potential ? "Score (natural-log units)" : "Contacts (count)";
}

std::vector<int> classes_of(const Arguments& arguments, const TableAxes& axes,
                            const std::string& path) {
  const std::string label = arguments.text("separation");
  std::vector<int> classes;
  for (int k = 0; k < axes.classes(); ++k)
    if (label.empty() || axes.separations.label(k) == label) classes.push_back(k);
  if (classes.empty())
    throw UsageError("separation",
                     "no class '" + label + "'; " + path + " has " + axes.separations.to_string());
  return classes;
}

/// find_pairs(), the file named in what it throws: there may be several.
std::vector<int> pairs_of(const TableAxes& axes, const std::string& pattern,
                          const std::string& path) {
  try {
    return find_pairs(axes.scheme, axes.pairs, pattern);
  } catch (const UsageError& error) {
    throw UsageError(path + ": " + error.what());
  }
}

Curve curve_of(const TableFile& file, int row, int separation_class) {
  const bool potential = file.kind() == FileKind::potential;
  const CountTable counts = file.has_counts() ? file.counts_of(row) : CountTable();
  const ScoreTable scores = potential ? file.score_of(row) : counts.cast<double>().eval();
  const ScoreTable errors = potential ? file.standard_error_of(row) : scores.sqrt().eval();
  Curve curve;
  for (int bin = 0; bin < file.axes().columns(); ++bin) {
    const bool seen = !potential || !file.has_counts() || counts(separation_class, bin) > 0;
    // An error that is not known (of imported scores) has no bar.
    const double error = errors(separation_class, bin);
    curve.points.push_back({file.axes().bins.middle(bin), scores(separation_class, bin),
                            std::isnan(error) ? 0 : error, seen});
  }
  if (potential && !file.has_counts()) mark_hardly_seen(curve);
  return curve;
}

/// The parts of a curve's name; what all curves share is told in the title.
struct Name {
  std::string pair, separation, file;
};

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts)
    if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
  return text;
}

void name_curves(CurveFigure& figure, const std::vector<Name>& names) {
  std::vector<std::string> shared;
  std::vector<std::vector<std::string>> own(names.size());
  for (const auto part : {&Name::pair, &Name::separation, &Name::file}) {
    bool same = true;
    for (const Name& name : names) same = same && name.*part == names[0].*part;
    if (same) shared.push_back(names[0].*part);
    for (std::size_t i = 0; i < names.size() && !same; ++i)
      if (part == &Name::separation)
        figure.curves[i].panel = names[i].separation;
      else
        own[i].push_back(names[i].*part);
  }
  figure.title = join(shared);
  for (std::size_t i = 0; i < names.size(); ++i)
    figure.curves[i].name = own[i].empty() ? names[0].pair : join(own[i]);
}

CurveFigure make_curves(const Arguments& arguments, const Words& words) {
  if (words.patterns.empty())
    throw UsageError("give a PAIR to draw, such as ALA:CB-LEU:CB, or --heatmap --bin K");
  CurveFigure figure;
  std::vector<Name> names;
  std::map<std::string, std::size_t> sizes;  // of the panels
  for (const std::string& path : words.files) {
    const TableFile file(find_potential(path), arguments.text("term"));
    const TableAxes& axes = file.axes();
    const std::string label = value_label(file.kind());
    if (!figure.value_label.empty() && figure.value_label != label)
      throw UsageError(path + ": a counts file and a potential have no axis in common");
    figure.value_label = label;
    if (file.kind() == FileKind::potential && !file.has_counts())
      figure.unknown_label = "hardly seen: little more than a bound";
    for (const std::string& pattern : words.patterns)
      for (const int row : pairs_of(axes, pattern, path))
        for (const int k : classes_of(arguments, axes, path)) {
          names.push_back({axes.pairs.labels()[static_cast<std::size_t>(row)],
                           "separation " + axes.separations.label(k), path});
          if (++sizes[names.back().separation] > max_curves)
            throw UsageError("more than " + std::to_string(max_curves) +
                             " curves cannot be told apart in one panel; name fewer pairs");
          figure.curves.push_back(curve_of(file, row, k));
        }
  }
  name_curves(figure, names);
  return figure;
}

int find_bin(const Arguments& arguments, const DistanceBins& bins) {
  const std::string word = arguments.text("bin");
  for (int bin = 0; bin < bins.size(); ++bin)
    if (bins.label(bin) == word) return bin;
  return arguments.whole("bin", 1, bins.size()) - 1;
}

/// [K·P, B] of what is drawn; NaN where a potential saw nothing.
ScoreTable read_values(const std::string& path, FileKind kind, const std::string& term) {
  if (kind == FileKind::counts) return read_counts(path, term).counts.cast<double>();
  const PotentialTable table = load_potential(path, term);
  // A sum of potentials has no counts; where it has no term, score and error are 0.
  if (!table.counts && (table.standard_error > 0).any())
    return (table.score == 0 && table.standard_error == 0).select(NAN, table.score);
  if (!table.counts) return table.score;
  return (*table.counts == 0).select(NAN, table.score);
}

HeatMapFigure make_heat_map(const Arguments& arguments, const Words& words) {
  if (!arguments.has("bin")) throw UsageError("option --heatmap needs --bin K");
  if (words.files.size() != 1 || !words.patterns.empty())
    throw UsageError("a heat map shows all pairs of one file; '" +
                     (words.patterns.empty() ? words.files.back() : words.patterns[0]) +
                     "' is one word too many");
  const std::string path = find_potential(words.files[0]);
  const TableFile file(path, arguments.text("term"));
  const TableAxes& axes = file.axes();
  const std::vector<int> classes = classes_of(arguments, axes, words.files[0]);
  if (classes.size() != 1)
    throw UsageError("choose one of the separation classes " + axes.separations.to_string() +
                     " with --separation");
  const int bin = find_bin(arguments, axes.bins);
  HeatMapFigure figure;
  figure.title = axes.bins.label(bin).substr(0, axes.bins.label(bin).size() - 1) +
                 " Å, separation " + axes.separations.label(classes[0]) + ", " + words.files[0];
  figure.value_label = value_label(file.kind());
  figure.around_zero = file.kind() == FileKind::potential;
  figure.types = axes.scheme.type_names();
  const auto types = figure.types.size();
  figure.values.assign(types * types, NAN);
  const ScoreTable values = read_values(path, file.kind(), arguments.text("term"));
  for (int row = 0; row < axes.rows(); ++row) {
    const auto at = static_cast<std::size_t>(row);
    const std::size_t i = axes.pairs.first()[at], j = axes.pairs.second()[at];
    figure.values[i * types + j] = figure.values[j * types + i] =
        values(Eigen::Index{classes[0]} * axes.rows() + row, bin);
  }
  return figure;
}

template <class Figure>
void draw_titled(Figure figure, const Arguments& arguments, const std::string& output) {
  if (arguments.has("title")) figure.title = arguments.text("title");
  draw(figure, output);
}

void run(const Arguments& arguments, Console&) {
  const Words words = sort_words(arguments.positional());
  const std::string output = output_file(arguments, words.files);
  check_picture_name(output);
  if (arguments.has("heatmap"))
    draw_titled(make_heat_map(arguments, words), arguments, output);
  else if (arguments.has("bin"))
    throw UsageError("option --bin belongs to --heatmap");
  else
    draw_titled(make_curves(arguments, words), arguments, output);
}

}  // namespace

const Command plot_command{"plot", "draw curves and heat maps", describe, run};

}  // namespace potential::app
