#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <potential/report/plot.hpp>
#include <potential/support/error.hpp>

#include "report/gnuplot.hpp"

namespace potential {
namespace {

/// Okabe and Ito (2008): told apart by colour-blind people. Yellow, too pale for
/// a line on white, is left out.
const char* const palette[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                               "#E69F00", "#56B4E9", "#000000"};
constexpr std::size_t palette_size = std::size(palette);
/// Filled shapes of gnuplot: circle, square, triangle, diamond.
constexpr int shapes[] = {7, 5, 9, 13};

bool ends_in(const std::string& path, const std::string& ending) {
  return path.size() > ending.size() &&
         path.compare(path.size() - ending.size(), ending.size(), ending) == 0;
}

/// Terminal for a picture of width x height pixels; a PDF has 96 of them an inch.
std::string terminal(const std::string& path, int width, int height) {
  if (ends_in(path, ".svg"))
    return fmt::format(
        "set terminal svg noenhanced size {},{} dynamic font 'sans,14' background 'white'\n", width,
        height);
  if (ends_in(path, ".png"))
    return fmt::format(
        "set terminal pngcairo noenhanced size {},{} font 'sans,22' linewidth 2 background "
        "'white'\n",
        2 * width, 2 * height);
  return fmt::format("set terminal pdfcairo noenhanced size {:.3f}in,{:.3f}in font 'sans,10'\n",
                     width / 96.0, height / 96.0);
}

struct Range {
  double low = INFINITY, high = -INFINITY;
  void include(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

/// Known points with their errors, and 0; where nothing is known, all points.
Range value_range(const CurveFigure& figure) {
  Range range;
  for (const Curve& curve : figure.curves)
    for (const CurvePoint& point : curve.points)
      if (point.known) {
        range.include(point.value - point.error);
        range.include(point.value + point.error);
      }
  if (range.low > range.high)
    for (const Curve& curve : figure.curves)
      for (const CurvePoint& point : curve.points) range.include(point.value);
  range.include(0);
  const double margin = std::max(0.06 * (range.high - range.low), 1e-3);
  return {range.low < 0 ? range.low - margin : 0, range.high + margin};
}

std::string data_block(const Curve& curve, std::size_t number, bool known, const Range& range) {
  std::string text = fmt::format("${}{} << EOD\n", known ? "known" : "unseen", number);
  for (const CurvePoint& point : curve.points) {
    if (point.known != known) {
      // An empty line breaks the curve: it must not pass through what nobody saw.
      if (known) text += "\n";
      continue;
    }
    const double value = known ? point.value : std::clamp(point.value, range.low, range.high);
    text += fmt::format("{} {} {}\n", point.distance, value, point.error);
  }
  return text + "EOD\n";
}

bool has_points(const Curve& curve, bool known) {
  return std::any_of(curve.points.begin(), curve.points.end(),
                     [&](const CurvePoint& point) { return point.known == known; });
}

std::string curve_plots(const CurveFigure& figure) {
  std::vector<std::string> plots;
  bool unseen = false;
  for (std::size_t i = 0; i < figure.curves.size(); ++i) {
    const std::string colour = palette[i % palette_size];
    const auto shape = shapes[i / palette_size % std::size(shapes)];
    const auto dash = i / palette_size + 1;
    if (has_points(figure.curves[i], true))
      plots.push_back(
          fmt::format("$known{0} using 1:2:3 with yerrorlines lc rgb '{1}' pt {2} ps 0.7 lw 1.5 dt "
                      "{3} title {4}",
                      i, colour, shape, dash, gnuplot_quote(figure.curves[i].name)));
    else
      plots.push_back(fmt::format("NaN with linespoints lc rgb '{}' pt {} title {}", colour, shape,
                                  gnuplot_quote(figure.curves[i].name)));
    if (!has_points(figure.curves[i], false)) continue;
    unseen = true;
    plots.push_back(
        fmt::format("$unseen{} using 1:2 with points lc rgb '{}' pt 8 ps 1 notitle", i, colour));
  }
  if (unseen) plots.emplace_back("NaN with points lc rgb '#555555' pt 8 title 'no contact seen'");
  return fmt::format("plot {}\n", fmt::join(plots, ", \\\n     "));
}

/// Where a residue's types stand together: its name, its first type, how many.
struct Group {
  std::string name;
  std::size_t first = 0, size = 0;
};

std::vector<Group> groups_of(const std::vector<std::string>& types) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const std::string name = types[i].substr(0, types[i].find(':'));
    if (groups.empty() || groups.back().name != name) groups.push_back({name, i, 0});
    ++groups.back().size;
  }
  return groups;
}

/// More names than this cannot be read along an axis.
constexpr std::size_t most_names = 60;

std::string type_axes(const std::vector<std::string>& types) {
  std::vector<std::string> marks;
  std::string lines;
  const double end = static_cast<double>(types.size()) - 0.5;
  if (types.size() <= most_names) {
    for (std::size_t i = 0; i < types.size(); ++i)
      marks.push_back(fmt::format("{} {}", gnuplot_quote(types[i]), i));
  } else {
    for (const Group& group : groups_of(types)) {
      const double edge = static_cast<double>(group.first) - 0.5;
      marks.push_back(fmt::format("{} {}", gnuplot_quote(group.name),
                                  edge + static_cast<double>(group.size) / 2));
      if (group.first == 0) continue;
      lines += fmt::format(
          "set arrow from {0},-0.5 to {0},{1} nohead front lc rgb '#888888' lw 0.3\n"
          "set arrow from -0.5,{0} to {1},{0} nohead front lc rgb '#888888' lw 0.3\n",
          edge, end);
    }
  }
  const std::string names = fmt::format("{}", fmt::join(marks, ", "));
  return fmt::format(
      "set xrange [-0.5:{0}]\nset yrange [{0}:-0.5]\nset xtics rotate by 90 right ({1})\n"
      "set ytics ({1})\nset tics out nomirror scale 0.3\n{2}",
      end, names, lines);
}

std::string matrix_block(const HeatMapFigure& figure) {
  std::string text = "$cells << EOD\n";
  const std::size_t count = figure.types.size();
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      const double value = figure.values[i * count + j];
      text += (j == 0 ? "" : " ") + (std::isfinite(value) ? fmt::format("{:.6g}", value) : "NaN");
    }
    text += '\n';
  }
  return text + "EOD\n";
}

}  // namespace

void check_picture_name(const std::string& path) {
  for (const char* ending : {".svg", ".png", ".pdf"})
    if (ends_in(path, ending)) return;
  throw UsageError(path + ": a picture's name ends in .svg, .png or .pdf");
}

double colour_limit(const std::vector<double>& values) {
  std::vector<double> magnitudes;
  for (const double value : values)
    if (std::isfinite(value)) magnitudes.push_back(std::abs(value));
  if (magnitudes.empty()) return 1;
  const auto at =
      magnitudes.begin() + static_cast<std::ptrdiff_t>((magnitudes.size() - 1) * 49 / 50);
  std::nth_element(magnitudes.begin(), at, magnitudes.end());
  return std::max(*at, 1e-9);
}

void draw(const CurveFigure& figure, const std::string& path) {
  check_picture_name(path);
  if (figure.curves.empty() || figure.curves.size() > most_curves)
    throw UsageError(fmt::format("{} curves: one picture tells 1 to {} apart; name fewer pairs",
                                 figure.curves.size(), most_curves));
  const Range range = value_range(figure);
  std::string script = terminal(path, 800, 500);
  script += fmt::format(
      "set title {}\nset xlabel 'Distance (Å)'\nset ylabel {}\nset yrange [{}:{}]\n"
      "set xrange [0:*]\nset key {}\nset border 3\nset tics out nomirror\n"
      "set bars 0.5\nset xzeroaxis lc rgb '#888888' lw 1\n",
      gnuplot_quote(figure.title), gnuplot_quote(figure.value_label), range.low, range.high,
      figure.curves.size() > 4 ? "outside right top reverse Left" : "inside right top");
  for (std::size_t i = 0; i < figure.curves.size(); ++i)
    for (const bool known : {true, false})
      if (has_points(figure.curves[i], known))
        script += data_block(figure.curves[i], i, known, range);
  run_gnuplot(script + curve_plots(figure), path);
}

void draw(const HeatMapFigure& figure, const std::string& path) {
  check_picture_name(path);
  const double limit = colour_limit(figure.values);
  std::string script = terminal(path, 900, 820);
  script += fmt::format("set title {}\nset cblabel {}\nset cbrange [{}:{}]\nset size ratio 1\n",
                        gnuplot_quote(figure.title), gnuplot_quote(figure.value_label),
                        figure.around_zero ? -limit : 0.0, limit);
  // Blue, white, red: the ends differ for every kind of colour blindness; or cividis.
  script += figure.around_zero
                ? "set palette defined (-1 '#2166ac', -0.5 '#92c5de', 0 '#f7f7f7', 0.5 '#f4a582', "
                  "1 '#b2182b')\n"
                : "set palette defined (0 '#00224e', 1 '#434e6c', 2 '#7d7c78', 3 '#bcaf6f', "
                  "4 '#fee838')\n";
  script +=
      "set object 1 rectangle from graph 0,0 to graph 1,1 fc rgb '#bbbbbb' fs solid noborder "
      "behind\nset key off\n";
  script += type_axes(figure.types) + matrix_block(figure);
  run_gnuplot(script + "plot $cells matrix with image\n", path);
}

}  // namespace potential
