#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <potential/support/version.hpp>

#include "report/report_data.hpp"
#include "support/base64.hpp"

namespace potential {
namespace {

using Json = nlohmann::ordered_json;

/// A page with more cells is slow to open.
constexpr std::size_t most_cells = 2'000'000;
/// A heat map with more types shows less than one pixel of each.
constexpr std::size_t most_types = 400;

/// The part of a table that is shown.
struct Part {
  std::vector<int> types, bins, classes;
  std::vector<std::string> notes;
  std::size_t cells() const {
    return types.size() * (types.size() + 1) / 2 * bins.size() * classes.size();
  }
};

std::vector<int> first_numbers(int count) {
  std::vector<int> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

Part choose_part(const TableAxes& axes) {
  Part part{first_numbers(axes.scheme.size()),
            first_numbers(axes.columns()),
            first_numbers(axes.classes()),
            {}};
  if (part.types.size() > most_types) {
    part.types.resize(most_types);
    part.notes.push_back(
        fmt::format("The first {} of {} types are shown.", most_types, axes.scheme.size()));
  }
  std::size_t stride = 1;
  Part one_class = part;
  one_class.classes.resize(1);
  while (one_class.cells() / stride > most_cells && stride < part.bins.size()) ++stride;
  if (stride > 1) {
    std::vector<int> kept;
    for (std::size_t bin = 0; bin < part.bins.size(); bin += stride) kept.push_back(part.bins[bin]);
    part.bins = kept;
    part.notes.push_back(fmt::format("One of every {} bins is shown.", stride));
  }
  while (part.cells() > most_cells && part.classes.size() > 1) part.classes.pop_back();
  if (static_cast<int>(part.classes.size()) < axes.classes())
    part.notes.push_back(fmt::format("The first {} of {} separation classes are shown.",
                                     part.classes.size(), axes.classes()));
  return part;
}

/// The cells of a part in the order class, pair (i <= j), bin; NaN where the
/// table has no such pair.
template <class Value>
std::vector<double> cells_of(const TableAxes& axes, const Part& part, Value value) {
  std::vector<double> cells;
  cells.reserve(part.cells());
  for (const int k : part.classes)
    for (std::size_t i = 0; i < part.types.size(); ++i)
      for (std::size_t j = i; j < part.types.size(); ++j) {
        const int row = axes.pairs.row(part.types[i], part.types[j]);
        for (const int bin : part.bins)
          cells.push_back(row < 0 ? NAN : value(Eigen::Index{k} * axes.rows() + row, bin));
      }
  return cells;
}

Json how_it_was_made(const PotentialTable& table, const Options& recipe) {
  Json made = Json::array();
  const TableAxes& axes = table.axes;
  const auto add = [&](const std::string& property, const std::string& value) {
    made.push_back({property, value});
  };
  add("scheme", axes.scheme.name());
  add("types", std::to_string(axes.scheme.size()));
  add("pairs of types", std::to_string(axes.rows()));
  add("distance bins (Å)", axes.bins.to_string());
  add("separation classes", axes.separations.to_string());
  add("structures", std::to_string(table.structures));
  if (table.counts) add("contacts counted", std::to_string(table.counts->sum()));
  for (const auto& [option, value] : recipe) add("option " + option, value);
  add("page made by", std::string("potential ") + library_version());
  return made;
}

template <class Number>
std::string bytes_of(const std::vector<Number>& numbers) {
  return encode_base64(
      {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number)});
}

}  // namespace

Json pack_int16(const std::vector<double>& values) {
  double largest = 0;
  for (const double value : values)
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  const double scale = largest > 0 ? largest / 32767 : 1;
  std::vector<std::int16_t> packed;
  packed.reserve(values.size());
  for (const double value : values)
    packed.push_back(std::isfinite(value) ? static_cast<std::int16_t>(std::lround(value / scale))
                                          : std::int16_t{-32768});
  return {{"scale", scale}, {"data", bytes_of(packed)}};
}

Json pack_float32(const std::vector<double>& values) {
  const std::vector<float> packed(values.begin(), values.end());
  return {{"data", bytes_of(packed)}};
}

Json potential_data(const PotentialTable& table, const std::string& name, const Options& recipe) {
  const TableAxes& axes = table.axes;
  const Part part = choose_part(axes);
  Json data{{"name", name}, {"made", how_it_was_made(table, recipe)}, {"notes", part.notes}};
  for (const int type : part.types) data["types"].push_back(axes.scheme.type_name(type));
  for (const int bin : part.bins) {
    const std::string label = axes.bins.label(bin);
    data["bins"].push_back(label.substr(0, label.size() - 1) + " Å");
    data["middles"].push_back(axes.bins.middle(bin));
  }
  for (const int k : part.classes) data["classes"].push_back(axes.separations.label(k));
  data["score"] = pack_int16(
      cells_of(axes, part, [&](Eigen::Index row, int bin) { return table.score(row, bin); }));
  data["error"] = pack_int16(cells_of(
      axes, part, [&](Eigen::Index row, int bin) { return table.standard_error(row, bin); }));
  if (table.counts)
    data["count"] = pack_float32(cells_of(axes, part, [&](Eigen::Index row, int bin) {
      return static_cast<double>((*table.counts)(row, bin));
    }));
  return data;
}

}  // namespace potential
