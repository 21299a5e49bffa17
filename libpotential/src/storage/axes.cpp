#include <algorithm>
#include <cmath>
#include <limits>

#include "storage/parts.hpp"

namespace potential::storage {
namespace {

constexpr std::size_t max_types = 2000;
constexpr std::size_t max_lines = std::size_t{1} << 20;
constexpr std::size_t max_bins = 1000;
constexpr std::size_t max_classes = 64;
/// Every ordered pair, for a map that lists A:B and B:A.
constexpr std::size_t max_pairs = max_types * max_types;

/// `atom`, `ca`, `cb` or `centroid`, from the second line of the definition.
std::string placement_word(const Scheme& scheme) {
  const std::string& text = scheme.definition();
  const auto begin = text.find("\nsites ") + 7;
  return text.substr(begin, text.find('\n', begin) - begin);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

}  // namespace

void write_types(Writer& writer, const Scheme& scheme) {
  writer.strings("/type", scheme.type_names());
  writer.scale("/type", "type");
  writer.group("/types");
  writer.attribute("/types", "scheme", scheme.name());
  writer.attribute("/types", "sites", placement_word(scheme));
  writer.link("/type", "/types/name");
  const auto column = [&](const std::string& path, const std::string& (Scheme::*field)(int) const) {
    writer.strings(
        path, static_cast<std::size_t>(scheme.size()),
        [&](std::size_t i) -> std::string_view { return (scheme.*field)(static_cast<int>(i)); });
    writer.axes(path, {"/type"});
  };
  column("/types/residue", &Scheme::residues);
  column("/types/atom", &Scheme::atoms);
  writer.strings("/types/definition", lines_of(scheme.definition()));
  writer.scale("/types/definition", "line");
}

namespace {

void write_bins(Writer& writer, const DistanceBins& bins) {
  std::vector<double> edges;
  for (const std::int32_t edge : bins.edges()) edges.push_back(edge / 1000.0);
  writer.strings("/bin", bins.labels());
  writer.scale("/bin", "bin");
  writer.group("/bins");
  writer.link("/bin", "/bins/label");
  writer.numbers("/bins/edge", edges);
  writer.attribute("/bins/edge", "units", "angstrom");
  writer.scale("/bins/edge", "edge");
}

void write_pairs(Writer& writer, const TypePairs& pairs) {
  writer.strings("/pair", pairs.labels());
  writer.scale("/pair", "pair");
  writer.group("/pairs");
  writer.link("/pair", "/pairs/label");
  writer.numbers("/pairs/first", pairs.first());
  writer.axes("/pairs/first", {"/pair"});
  writer.numbers("/pairs/second", pairs.second());
  writer.axes("/pairs/second", {"/pair"});
}

}  // namespace

Scheme read_types(const Reader& reader, const std::string& path) {
  std::string text;
  for (const std::string& line : reader.strings("/types/definition", max_lines))
    text += line + "\n";
  Scheme scheme = Scheme::parse(text, path + ": /types/definition");
  const auto same = [&](const char* column, const std::string& (Scheme::*field)(int) const) {
    const auto items = reader.strings(column, max_types);
    bool equal = items.size() == static_cast<std::size_t>(scheme.size());
    for (std::size_t i = 0; equal && i < items.size(); ++i)
      equal = items[i] == (scheme.*field)(static_cast<int>(i));
    if (!equal) throw Error(std::string(column) + " disagrees with /types/definition");
  };
  same("/types/name", &Scheme::type_name);
  same("/types/residue", &Scheme::residues);
  same("/types/atom", &Scheme::atoms);
  if (reader.text_attribute("/types", "scheme") != scheme.name() ||
      reader.text_attribute("/types", "sites") != placement_word(scheme))
    throw Error("the attributes of /types disagree with /types/definition");
  return scheme;
}

namespace {

DistanceBins read_bins(const Reader& reader) {
  std::vector<std::int32_t> edges;
  for (const double edge : reader.column<double>("/bins/edge", max_bins + 1)) {
    const double milli = std::round(edge * 1000);
    if (!(milli >= 0 && milli <= 1e6) || milli / 1000.0 != edge)
      throw Error("/bins/edge holds " + std::to_string(edge) +
                  ", which is not a distance in whole thousandths of an angstrom");
    edges.push_back(static_cast<std::int32_t>(milli));
  }
  DistanceBins bins(std::move(edges));
  if (reader.strings("/bins/label", max_bins) != bins.labels())
    throw Error("/bins/label disagrees with /bins/edge");
  return bins;
}

SeparationClasses read_separations(const Reader& reader) {
  const auto labels = reader.strings("/separations/label", max_classes);
  std::string list;
  for (const std::string& label : labels) list += (list.empty() ? "" : ",") + label;
  SeparationClasses classes = SeparationClasses::parse(list);
  if (classes.labels() != labels) throw Error("/separations/label is not in its usual form");
  return classes;
}

/// Rows of an imported map are named by their two types, joined by : or -.
void check_pair_label(const Scheme& scheme, const TypePairs& pairs, std::size_t row) {
  const std::string& a = scheme.type_name(pairs.first()[row]);
  const std::string& b = scheme.type_name(pairs.second()[row]);
  const std::string& label = pairs.labels()[row];
  if (label != a + "-" + b && label != a + ":" + b)
    throw Error("/pairs/label calls row " + std::to_string(row) + " '" + label +
                "', but its types are " + a + " and " + b);
}

TypePairs read_pairs(const Reader& reader, const Scheme& scheme) {
  auto first = reader.column<std::uint16_t>("/pairs/first", max_pairs);
  auto second = reader.column<std::uint16_t>("/pairs/second", max_pairs);
  auto labels = reader.strings("/pairs/label", max_pairs);
  if (first.empty()) throw Error("/pairs/first is empty");
  TypePairs canonical(scheme);
  if (first == canonical.first() && second == canonical.second() && labels == canonical.labels())
    return canonical;
  TypePairs pairs(scheme, std::move(first), std::move(second), std::move(labels));
  for (std::size_t row = 0; row < pairs.labels().size(); ++row)
    check_pair_label(scheme, pairs, row);
  auto sorted = pairs.labels();
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) throw Error("/pairs/label holds '" + *twice + "' twice");
  return pairs;
}

}  // namespace

void write_axes(Writer& writer, const TableAxes& axes) {
  write_types(writer, axes.scheme);
  write_bins(writer, axes.bins);
  writer.strings("/separation", axes.separations.labels());
  writer.scale("/separation", "separation");
  writer.group("/separations");
  writer.link("/separation", "/separations/label");
  write_pairs(writer, axes.pairs);
}

TableAxes read_axes(const Reader& reader, const std::string& path) {
  Scheme scheme = read_types(reader, path);
  DistanceBins bins = read_bins(reader);
  SeparationClasses separations = read_separations(reader);
  TypePairs pairs = read_pairs(reader, scheme);
  return {std::move(scheme), std::move(bins), std::move(separations), std::move(pairs)};
}

}  // namespace potential::storage
