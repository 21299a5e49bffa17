#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <potential/support/version.hpp>

#include "report/report_data.hpp"
#include "report/type_order.hpp"

namespace potential {
namespace {

using Json = nlohmann::ordered_json;

/// A page with more cells is slow to open; those of a table with counts weigh more.
constexpr std::size_t max_cells = 3'000'000, max_cells_with_counts = 2'000'000;
/// Up to this many, cells are as exact as 16 bits allow.
constexpr std::size_t max_exact_cells = 600'000;
/// Relative errors beyond: scores and counts, standard errors.
constexpr double coarse_value = 0.01, coarse_error = 0.05;
/// A heat map with more types shows less than one pixel of each.
constexpr std::size_t max_types = 400;

/// The part of a table that is shown: all its classes.
struct Part {
  std::vector<int> types, bins;
  int classes = 0;
  std::vector<std::string> notes;
  std::size_t cells() const {
    return types.size() * (types.size() + 1) / 2 * bins.size() * static_cast<std::size_t>(classes);
  }
};

Part choose_part(const TableAxes& axes, std::size_t max_size) {
  Part part{types_by_group(axes.scheme.type_names()),
            std::vector<int>(static_cast<std::size_t>(axes.columns())),
            axes.classes(),
            {}};
  std::iota(part.bins.begin(), part.bins.end(), 0);
  if (part.types.size() > max_types) {
    part.types.resize(max_types);
    part.notes.push_back(fmt::format("{} of {} types are shown.", max_types, axes.scheme.size()));
  }
  const std::size_t stride = (part.cells() + max_size - 1) / max_size;
  if (stride > 1) {
    std::vector<int> kept;
    for (std::size_t bin = 0; bin < part.bins.size(); bin += stride) kept.push_back(part.bins[bin]);
    part.bins = kept;
    part.notes.push_back(fmt::format("One of every {} bins is shown.", stride));
  }
  if (part.cells() > max_exact_cells)
    part.notes.push_back(
        fmt::format("Numbers on this page are rounded to {:.0f} %, standard errors to {:.0f} %; "
                    "potential query gives them all.",
                    100 * coarse_value, 100 * coarse_error));
  return part;
}

/// The cells of a part in the order class, bin, pair (i <= j); NaN where the
/// table has no such pair.
template <class Value>
std::vector<double> cells_of(const TableAxes& axes, const Part& part, Value value) {
  std::vector<double> cells;
  cells.reserve(part.cells());
  for (int k = 0; k < part.classes; ++k)
    for (const int bin : part.bins)
      for (std::size_t i = 0; i < part.types.size(); ++i)
        for (std::size_t j = i; j < part.types.size(); ++j) {
          const auto [first, second] = std::minmax(part.types[i], part.types[j]);
          const int row = axes.pairs.row(first, second);
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

}  // namespace

Json potential_data(const PotentialTable& table, const std::string& name, const Options& recipe,
                    NumberPack& numbers) {
  const TableAxes& axes = table.axes;
  const Part part = choose_part(axes, table.counts ? max_cells_with_counts : max_cells);
  Json data{{"name", name}, {"made", how_it_was_made(table, recipe)}, {"notes", part.notes}};
  for (const int type : part.types) {
    data["types"].push_back(axes.scheme.type_name(type));
    data["groups"].push_back(group_of_type(axes.scheme.type_name(type)));
  }
  // Where a type stands in the scheme: which of two names a pair's begins with.
  data["numbers"] = part.types;
  for (const int bin : part.bins) {
    const std::string label = axes.bins.label(bin);
    data["bins"].push_back(label.substr(0, label.size() - 1) + " Å");
    data["middles"].push_back(axes.bins.middle(bin));
  }
  data["classes"] = axes.separations.labels();
  const bool coarse = part.cells() > max_exact_cells;
  const auto add = [&](const char* key, double coarsest, auto value) {
    data[key] = numbers.add(cells_of(axes, part, value), coarse ? coarsest : 0);
  };
  add("score", coarse_value, [&](Eigen::Index row, int bin) { return table.score(row, bin); });
  add("error", coarse_error,
      [&](Eigen::Index row, int bin) { return table.standard_error(row, bin); });
  if (table.counts)
    add("count", coarse_value,
        [&](Eigen::Index row, int bin) { return static_cast<double>((*table.counts)(row, bin)); });
  return data;
}

}  // namespace potential
