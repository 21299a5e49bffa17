#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <potential/report/plot.hpp>

#include "report/gnuplot.hpp"
#include "report/shades.hpp"
#include "report/type_order.hpp"

namespace potential {
namespace {

/// Where the types of one residue stand: its name, the first type, how many.
struct Group {
  std::string name;
  std::size_t first = 0, size = 0;
};

std::vector<Group> groups_of(const std::vector<std::string>& types) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const std::string name = group_of_type(types[i]);
    if (groups.empty() || groups.back().name != name) groups.push_back({name, i, 0});
    ++groups.back().size;
  }
  return groups;
}

/// The figure with the types of each residue together.
HeatMapFigure in_groups(const HeatMapFigure& figure) {
  HeatMapFigure sorted = figure;
  const std::vector<int> order = types_by_group(figure.types);
  const std::size_t count = order.size();
  for (std::size_t i = 0; i < count; ++i) {
    const auto from = static_cast<std::size_t>(order[i]);
    sorted.types[i] = figure.types[from];
    for (std::size_t j = 0; j < count; ++j)
      sorted.values[i * count + j] =
          figure.values[from * count + static_cast<std::size_t>(order[j])];
  }
  return sorted;
}

/// More names than this cannot be read along an axis.
constexpr std::size_t max_names = 60;

std::string type_axes(const std::vector<std::string>& types) {
  std::vector<std::string> marks;
  std::string lines;
  const double end = static_cast<double>(types.size()) - 0.5;
  if (types.size() <= max_names) {
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

std::string matrix_block(const std::vector<double>& values, std::size_t columns) {
  std::string text = "$cells << EOD\n";
  for (std::size_t i = 0; i < values.size(); i += columns) {
    for (std::size_t j = 0; j < columns; ++j) {
      const double value = values[i + j];
      text += (j == 0 ? "" : " ") + (std::isfinite(value) ? fmt::format("{:.6g}", value) : "NaN");
    }
    text += '\n';
  }
  return text + "EOD\n";
}

}  // namespace

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

namespace {

/// A scale of colours centred on 0: what stands beside the map, and the palette.
std::string colours_around_zero(const Shades& shades) {
  std::vector<std::string> marks;
  for (const auto& [at, text] : shades.ticks())
    marks.push_back(fmt::format("{} {:.4f}", gnuplot_quote(text), at));
  // Blue, pale yellow, red: the ends differ for every kind of colour blindness.
  return fmt::format(
      "set cbrange [-1:1]\nset cbtics ({})\nset palette defined (-1 '#1f5ca8', -0.5 '#7fb3d8', 0 "
      "'#efe6c3', 0.5 '#ec9a74', 1 '#a5182b')\n",
      fmt::join(marks, ", "));
}

/// The same from 0 up.
std::string colours_from_zero(const std::vector<double>& values) {  // cividis
  return fmt::format(
      "set cbrange [0:{}]\nset palette defined (0 '#00224e', 1 '#434e6c', 2 '#7d7c78', 3 "
      "'#bcaf6f', 4 '#fee838')\n",
      colour_limit(values));
}

constexpr const char* grey_where_empty =
    "set object 1 rectangle from graph 0,0 to graph 1,1 fc rgb '#bbbbbb' fs solid noborder "
    "behind\nset key off\n";

/// Names along an axis, of which every so many are written when they are too many.
std::string marks_of(const std::vector<std::string>& names) {
  const std::size_t step = (names.size() + max_names - 1) / max_names;
  std::vector<std::string> marks;
  for (std::size_t i = 0; i < names.size(); i += std::max<std::size_t>(step, 1))
    marks.push_back(fmt::format("{} {}", gnuplot_quote(names[i]), i));
  return fmt::format("{}", fmt::join(marks, ", "));
}

}  // namespace

void draw(const HeatMapFigure& unsorted, const std::string& path) {
  check_picture_name(path);
  HeatMapFigure figure = in_groups(unsorted);
  const Shades shades(figure.values);
  std::string script = gnuplot_terminal(path, 900, 820);
  script += fmt::format("set title {}\nset cblabel {}\nset size ratio 1\n",
                        gnuplot_quote(figure.title), gnuplot_quote(figure.value_label));
  script += figure.around_zero ? colours_around_zero(shades) : colours_from_zero(figure.values);
  script += grey_where_empty;
  if (figure.around_zero)
    for (double& value : figure.values) value = shades.position(value);
  script += type_axes(figure.types) + matrix_block(figure.values, figure.types.size());
  run_gnuplot(script + "plot $cells matrix with image\n", path);
}

void draw(const GridFigure& figure, const std::string& path) {
  check_picture_name(path);
  const Shades shades(figure.values);
  std::vector<double> values = figure.values;
  for (double& value : values) value = shades.position(value);
  const auto end = [](const std::vector<std::string>& names) {
    return static_cast<double>(names.size()) - 0.5;
  };
  std::string script = gnuplot_terminal(path, 1200, 460);
  script += fmt::format("set title {}\nset cblabel {}\n", gnuplot_quote(figure.title),
                        gnuplot_quote(figure.value_label));
  script += colours_around_zero(shades) + grey_where_empty;
  script += fmt::format(
      "set xrange [-0.5:{}]\nset yrange [{}:-0.5]\nset xtics rotate by 90 right ({})\n"
      "set ytics ({})\nset tics out nomirror scale 0.3\n",
      end(figure.columns), end(figure.rows), marks_of(figure.columns), marks_of(figure.rows));
  run_gnuplot(
      script + matrix_block(values, figure.columns.size()) + "plot $cells matrix with image\n",
      path);
}

}  // namespace potential
