#include <cmath>
#include <potential/storage/contact_map.hpp>
#include <potential/support/error.hpp>

#include "storage/contact_map_rows.hpp"
#include "storage/tsv.hpp"

namespace potential {
namespace {

using storage::MapRows;
using storage::shown;

bool holds_all(const Scheme& scheme, const std::vector<std::string>& types) {
  for (const std::string& type : types)
    if (scheme.find(type) < 0) return false;
  return true;
}

/// A scheme made from names: `RES:ATOM` is that atom, anything else a residue.
Scheme own_scheme(const std::string& path, const std::vector<std::string>& types) {
  const bool atoms = types.front().find(':') != std::string::npos;
  std::string text = std::string("scheme contact-map\nsites ") + (atoms ? "atom\n" : "cb\n");
  for (const std::string& type : types) {
    const auto colon = type.find(':');
    if ((colon != std::string::npos) != atoms)
      throw FormatError(path, "the types '" + shown(types.front()) + "' and '" + shown(type) +
                                  "' do not go together: one is an atom, one is not");
    text += type + " ";
    text += atoms ? type.substr(0, colon) + " " + type.substr(colon + 1) : type;
    text += '\n';
  }
  try {
    return Scheme::parse(text, path);
  } catch (const FormatError& error) {
    throw FormatError(path, "its types make no scheme (" + error.problem() +
                                "); give the scheme that they are of");
  }
}

struct Choice {
  Scheme scheme;
  std::string note;  ///< what option `types` says
};

Choice choose_scheme(const std::string& path, const std::vector<std::string>& types,
                     const Scheme* given) {
  if (given != nullptr) {
    for (const std::string& type : types)
      if (given->find(type) < 0)
        throw FormatError(
            path, "the type '" + shown(type) + "' is not one of the scheme " + given->name());
    return {*given, given->name()};
  }
  for (const char* name : {"residue-cb", "heavy-atom", "heavy-atom-158", "heavy-atom-centroid",
                           "rna-2", "rna-3", "rna-4", "rna-heavy-atom", "dna-3", "dna-heavy-atom",
                           "nucleic-heavy-atom", "protein-rna"}) {
    Scheme scheme = load_scheme(name);
    if (!holds_all(scheme, types)) continue;
    const bool assumed = scheme.placement() != SitePlacement::atom;
    return {std::move(scheme), name + std::string(assumed ? " (assumed)" : "")};
  }
  return {own_scheme(path, types), "contact-map"};
}

/// The names that the pairs of a whole scheme are written under, in their order.
bool is_canonical(const Scheme& scheme, const TypePairs& pairs) {
  const TypePairs all(scheme);
  if (pairs.first() != all.first() || pairs.second() != all.second()) return false;
  const char* divider = scheme.placement() == SitePlacement::atom ? "-" : ":";
  for (std::size_t row = 0; row < pairs.labels().size(); ++row)
    if (pairs.labels()[row] !=
        scheme.type_name(pairs.first()[row]) + divider + scheme.type_name(pairs.second()[row]))
      return false;
  return true;
}

TypePairs pairs_of(const Scheme& scheme, MapRows& rows) {
  std::vector<std::uint16_t> number;
  for (const std::string& type : rows.types)
    number.push_back(static_cast<std::uint16_t>(scheme.find(type)));
  for (auto* side : {&rows.first, &rows.second})
    for (std::uint16_t& type : *side) type = number[type];
  TypePairs pairs(scheme, std::move(rows.first), std::move(rows.second),
                  std::move(rows.pair_labels));
  return is_canonical(scheme, pairs) ? TypePairs(scheme) : pairs;
}

SeparationClasses classes_of(const std::string& path, const std::vector<std::string>& labels) {
  std::string list;
  for (const std::string& label : labels) list += (list.empty() ? "" : ",") + label;
  try {
    return SeparationClasses::parse(list.empty() ? "1+" : list);
  } catch (const UsageError& error) {
    throw FormatError(path, error.what());
  }
}

/// The cells of the file, line by line, as a table [K·P, B].
template <class Number>
void fill(const MapRows& rows, const std::vector<Number>& cells, const TableAxes& axes,
          Table<Number>& table) {
  const Eigen::Index bins = axes.columns();
  const Number* from = cells.data();
  for (std::size_t line = 0; line < rows.pair_of.size(); ++line, from += bins) {
    const Eigen::Index row = Eigen::Index{rows.class_of[line]} * axes.rows() + rows.pair_of[line];
    for (Eigen::Index bin = 0; bin < bins; ++bin) table(row, bin) = from[bin];
  }
}

PotentialTable potential_of(const MapRows& rows, TableAxes axes, const std::string& types) {
  PotentialTable table(std::move(axes));
  fill(rows, rows.score_cells, table.axes, table.score);
  table.standard_error.setConstant(NAN);  // not known
  table.recipe.counting = {{"source", "table of scores"}, {"types", types}};
  return table;
}

ContactCounts counts_of(const MapRows& rows, TableAxes axes, const std::string& types) {
  ContactCounts counts(std::move(axes));
  fill(rows, rows.counts, counts.axes, counts.counts);
  counts.options = {{"source", "contact map"}, {"types", types}};
  return counts;
}

}  // namespace

ImportedMap import_map(const std::string& path, const MapOptions& options) {
  MapRows rows = storage::read_map_rows(path, options);
  Choice choice = choose_scheme(path, rows.types, options.scheme ? &*options.scheme : nullptr);
  TypePairs pairs = pairs_of(choice.scheme, rows);
  TableAxes axes{std::move(choice.scheme), DistanceBins::from_labels(rows.bin_labels),
                 classes_of(path, rows.class_labels), std::move(pairs)};
  if (rows.scores)
    return {potential_of(rows, std::move(axes), choice.note), choice.note, rows.because};
  return {counts_of(rows, std::move(axes), choice.note), choice.note, ""};
}

ContactCounts read_contact_map(const std::string& path, const Scheme* scheme) {
  MapOptions options;
  options.cells = MapCells::counts;
  if (scheme != nullptr) options.scheme = *scheme;
  return std::get<ContactCounts>(import_map(path, options).table);
}

}  // namespace potential
