#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
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

struct Range {
  double low = INFINITY, high = -INFINITY;
  void include(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

/// Curves that are drawn over each other, and the style of each.
struct Panel {
  std::string title;
  std::vector<const Curve*> curves;
  std::vector<std::size_t> styles;
};

/// Known points with their errors, and 0; where nothing is known, all points.
Range value_range(const Panel& panel) {
  Range range;
  for (const Curve* curve : panel.curves)
    for (const CurvePoint& point : curve->points)
      if (point.known) {
        range.include(point.value - point.error);
        range.include(point.value + point.error);
      }
  if (range.low > range.high)
    for (const Curve* curve : panel.curves)
      for (const CurvePoint& point : curve->points) range.include(point.value);
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

/// How gnuplot draws the lines and points of a style.
std::string style_of(std::size_t number) {
  return fmt::format("lc rgb '{}' pt {} dt {}", palette[number % palette_size],
                     shapes[number / palette_size % std::size(shapes)], number / palette_size + 1);
}

constexpr const char* unknown_style = "with points lc rgb '#555555' pt 8";

/// @param first  number of the panel's first data block
/// @param named  whether the panel has a key of its own
std::string curve_plots(const Panel& panel, std::size_t first, const std::string& unknown_label,
                        bool named) {
  std::vector<std::string> plots;
  bool unseen = false;
  for (std::size_t i = 0; i < panel.curves.size(); ++i) {
    const Curve& curve = *panel.curves[i];
    const std::string name = named ? "title " + gnuplot_quote(curve.name) : "notitle";
    if (has_points(curve, true))
      plots.push_back(fmt::format("$known{} using 1:2:3 with yerrorlines {} ps 0.7 lw 1.5 {}",
                                  first + i, style_of(panel.styles[i]), name));
    else
      plots.push_back(fmt::format("NaN with linespoints {} {}", style_of(panel.styles[i]), name));
    if (!has_points(curve, false)) continue;
    unseen = true;
    plots.push_back(fmt::format("$unseen{} using 1:2 with points lc rgb '{}' pt 8 ps 1 notitle",
                                first + i, palette[panel.styles[i] % palette_size]));
  }
  if (unseen && named)
    plots.push_back(fmt::format("NaN {} title {}", unknown_style, gnuplot_quote(unknown_label)));
  return fmt::format("plot {}\n", fmt::join(plots, ", \\\n     "));
}

/// The number of a name among all, in the order they come.
std::size_t number_of(std::vector<std::string>& names, const std::string& name) {
  const auto place = std::find(names.begin(), names.end(), name);
  if (place != names.end()) return static_cast<std::size_t>(place - names.begin());
  names.push_back(name);
  return names.size() - 1;
}

/// @param names  filled with the names of the styles
std::vector<Panel> panels_of(const CurveFigure& figure, std::vector<std::string>& names) {
  std::vector<std::string> titles;
  std::vector<Panel> panels;
  for (const Curve& curve : figure.curves) {
    const std::size_t place = number_of(titles, curve.panel);
    if (place == panels.size()) panels.push_back({curve.panel, {}, {}});
    panels[place].curves.push_back(&curve);
    panels[place].styles.push_back(number_of(names, curve.name));
  }
  for (Panel& panel : panels) {
    if (panel.curves.size() > max_curves)
      throw UsageError(fmt::format("{} curves: one panel tells 1 to {} apart; name fewer pairs",
                                   panel.curves.size(), max_curves));
    // Alone, two curves of one name (a file given twice) can still be told apart.
    if (panels.size() == 1) std::iota(panel.styles.begin(), panel.styles.end(), 0);
  }
  return panels;
}

std::string data_blocks(const Panel& panel, std::size_t first, const Range& range) {
  std::string blocks;
  for (std::size_t i = 0; i < panel.curves.size(); ++i)
    for (const bool known : {true, false})
      if (has_points(*panel.curves[i], known))
        blocks += data_block(*panel.curves[i], first + i, known, range);
  return blocks;
}

std::string axes(const std::string& title, const std::string& value_label, const Range& range,
                 const std::string& key) {
  return fmt::format(
      "set title {}\nset xlabel 'Distance (Å)'\nset ylabel {}\nset yrange [{}:{}]\n"
      "set xrange [0:*]\nset key {}\nset border 3\nset tics out nomirror\n"
      "set bars 0.5\nset xzeroaxis lc rgb '#888888' lw 1\n",
      gnuplot_quote(title), gnuplot_quote(value_label), range.low, range.high, key);
}

std::string one_panel(const CurveFigure& figure, const Panel& panel, const std::string& path) {
  const Range range = value_range(panel);
  return gnuplot_terminal(path, 800, 500) +
         axes(figure.title, figure.value_label, range,
              panel.curves.size() > 4 ? "outside right top reverse Left" : "inside right top") +
         data_blocks(panel, 0, range) + curve_plots(panel, 0, figure.unknown_label, true);
}

bool any_unknown(const CurveFigure& figure) {
  return std::any_of(figure.curves.begin(), figure.curves.end(),
                     [](const Curve& curve) { return has_points(curve, false); });
}

/// A plot of nothing but the key of all panels.
std::string shared_key(const CurveFigure& figure, const std::vector<std::string>& names) {
  std::vector<std::string> plots;
  for (std::size_t i = 0; i < names.size() && names.size() > 1; ++i)
    plots.push_back(fmt::format("NaN with linespoints {} ps 0.7 lw 1.5 title {}", style_of(i),
                                gnuplot_quote(names[i])));
  if (any_unknown(figure))
    plots.push_back(
        fmt::format("NaN {} title {}", unknown_style, gnuplot_quote(figure.unknown_label)));
  if (plots.empty()) return "";
  return fmt::format(
      "unset title\nunset xlabel\nunset ylabel\nunset border\nunset tics\nunset xzeroaxis\n"
      "set xrange [0:1]\nset yrange [0:1]\nset key center center horizontal reverse Left\n"
      "plot {}\n",
      fmt::join(plots, ", \\\n     "));
}

std::string many_panels(const CurveFigure& figure, const std::vector<Panel>& panels,
                        const std::vector<std::string>& names, const std::string& path) {
  const auto columns = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(panels.size()))));
  const int rows = (static_cast<int>(panels.size()) + columns - 1) / columns;
  const std::string key = shared_key(figure, names);
  constexpr int top = 40, panel_width = 420, panel_height = 300;
  const int names_a_line = std::max(1, columns - 1);
  const int bottom =
      key.empty() ? 0 : 24 + 22 * ((static_cast<int>(names.size()) + names_a_line) / names_a_line);
  const int width = columns * panel_width, height = top + rows * panel_height + bottom;
  std::string blocks, plots;
  std::size_t first = 0;
  for (std::size_t n = 0; n < panels.size(); ++n) {
    const int column = static_cast<int>(n) % columns, row = static_cast<int>(n) / columns;
    const Range range = value_range(panels[n]);
    blocks += data_blocks(panels[n], first, range);
    plots += fmt::format("set origin {:.5f},{:.5f}\nset size {:.5f},{:.5f}\n",
                         static_cast<double>(column) / columns,
                         1 - static_cast<double>(top + (row + 1) * panel_height) / height,
                         1.0 / columns, static_cast<double>(panel_height) / height);
    plots += axes(panels[n].title, figure.value_label, range, "off") +
             curve_plots(panels[n], first, figure.unknown_label, false);
    first += panels[n].curves.size();
  }
  if (!key.empty())
    plots += fmt::format("set origin 0,0\nset size 1,{:.5f}\n{}",
                         static_cast<double>(bottom) / height, key);
  return gnuplot_terminal(path, width, height) + blocks +
         fmt::format("set multiplot title {}\n{}unset multiplot\n", gnuplot_quote(figure.title),
                     plots);
}

}  // namespace

void mark_hardly_seen(Curve& curve) {
  std::vector<double> errors;
  for (const CurvePoint& point : curve.points) errors.push_back(point.error);
  if (errors.empty()) return;
  const auto usual = errors.begin() + static_cast<std::ptrdiff_t>((errors.size() - 1) / 4);
  std::nth_element(errors.begin(), usual, errors.end());
  for (CurvePoint& point : curve.points)
    if (point.error > 4 * *usual && 3 * point.error > std::abs(point.value)) point.known = false;
}

void draw(const CurveFigure& figure, const std::string& path) {
  check_picture_name(path);
  if (figure.curves.empty()) throw UsageError("there is no curve to draw");
  std::vector<std::string> names;
  const std::vector<Panel> panels = panels_of(figure, names);
  run_gnuplot(panels.size() == 1 ? one_panel(figure, panels[0], path)
                                 : many_panels(figure, panels, names, path),
              path);
}

}  // namespace potential
