#pragma once
#include <string>
#include <vector>

namespace potential {

/// One value at one distance.
struct CurvePoint {
  double distance = 0;  ///< middle of the bin, Å
  double value = 0;
  double error = 0;   ///< standard error of the value; 0 = none is drawn
  bool known = true;  ///< false: nothing was seen here, the value is only a floor or a ceiling
};

struct Curve {
  std::string name;
  std::vector<CurvePoint> points;
  std::string panel;  ///< what it shares a panel with, and that one's title
};

/// Values against distance, a panel for each Curve::panel in the order they
/// come. The value axis of a panel spans its known points; others are hollow
/// triangles, at its edge when they lie beyond it. Curves of one name have one
/// colour in all panels.
struct CurveFigure {
  std::string title;
  std::string value_label;  ///< with its unit
  std::vector<Curve> curves;
  std::string unknown_label = "no contact seen";  ///< what a hollow triangle is
};

/// Of a curve whose counts are not known (a sum of potentials): points that
/// hardly anybody saw are not known. Their error is more than four times the
/// lower quartile of the curve's and more than a third of the value.
void mark_hardly_seen(Curve& curve);

/// One value for each two types. Types of one residue are drawn together.
struct HeatMapFigure {
  std::string title;
  std::string value_label;  ///< with its unit
  std::vector<std::string> types;
  std::vector<double> values;  ///< [T, T], row-major; NaN = nothing seen, drawn grey
  /// A colour scale centred on 0, each shade on as many cells; else even from 0 up.
  bool around_zero = true;
};

/// A value for each row and column, on a colour scale centred on 0.
struct GridFigure {
  std::string title;
  std::string value_label;  ///< with its unit
  std::vector<std::string> rows, columns;
  std::vector<double> values;  ///< [rows, columns]; NaN is drawn grey
};

/// More curves than this cannot be told apart in one panel.
constexpr std::size_t max_curves = 24;

/// Draws with gnuplot, a program run as a child process, into a file whose
/// ending says the format: .svg, .png or .pdf. The file appears whole or not
/// at all. Colours can be told apart by colour-blind people.
/// @throws UsageError for another ending, no curve or too many in a panel; Error when gnuplot
///         is missing or fails; FileError when the file cannot be written.
void draw(const CurveFigure& figure, const std::string& path);
void draw(const HeatMapFigure& figure, const std::string& path);
void draw(const GridFigure& figure, const std::string& path);

/// @throws UsageError unless the path ends in .svg, .png or .pdf.
void check_picture_name(const std::string& path);

/// A value v such that 98 % of the magnitudes are at most v, so that a few
/// cells do not take all of a colour scale; at least 1e-9. NaN are skipped.
double colour_limit(const std::vector<double>& values);

}  // namespace potential
