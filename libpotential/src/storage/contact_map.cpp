#include <charconv>
#include <map>
#include <optional>
#include <potential/storage/contact_map.hpp>
#include <potential/support/error.hpp>
#include <unordered_map>

#include "storage/tsv.hpp"

namespace potential {
namespace {

using storage::shown;
using storage::TsvReader;

constexpr std::size_t most_bins = 1000;
constexpr std::size_t most_pairs = 4'000'000;  // of 2000 types, in both orders
constexpr std::size_t most_classes = 64;
constexpr std::size_t most_cells = std::size_t{1} << 30;

/// The two types of a row's name, or nothing when it does not have two.
std::optional<std::pair<std::string_view, std::string_view>> split_pair(std::string_view name) {
  // Atom names hold a colon, so there a dash divides; a type holds no dash.
  const char divider = name.find('-') == std::string_view::npos ? ':' : '-';
  const auto at = name.find(divider);
  if (at == std::string_view::npos || name.find(divider, at + 1) != std::string_view::npos)
    return std::nullopt;
  const auto first = name.substr(0, at), second = name.substr(at + 1);
  if (first.empty() || second.empty()) return std::nullopt;
  return std::pair(first, second);
}

/// The rows as they come, before it is known what scheme they belong to.
struct Rows {
  std::vector<std::string> bin_labels, class_labels, pair_labels;
  /// The names of types in order of first appearance, and the two of each pair.
  std::vector<std::string> types;
  std::vector<std::uint16_t> first, second;
  std::vector<std::uint64_t> counts;    ///< [lines, B] in order of the file
  std::vector<std::uint32_t> pair_of;   ///< of each line
  std::vector<std::uint16_t> class_of;  ///< of each line
};

class MapReader {
 public:
  explicit MapReader(const std::string& path) : file_(path) {}

  Rows read() {
    read_header();
    while (file_.next()) {
      if (file_.cells().size() == 1 && file_.cells()[0].empty()) continue;
      read_row();
    }
    if (rows_.pair_of.empty()) file_.fail("there are no rows below the header");
    check_complete();
    return std::move(rows_);
  }

 private:
  void read_header() {
    if (!file_.next()) file_.fail("the file is empty; a contact map begins with its bins");
    const auto& cells = file_.cells();
    has_class_ = cells.size() > 1 && cells[1] == "separation";
    bins_from_ = has_class_ ? 2 : 1;
    if (cells.size() <= bins_from_)
      file_.fail(
          "no distance bins, so this is not a contact map; expected a header such as "
          "'pair<tab>0-3A<tab>3-4A'");
    if (cells.size() - bins_from_ > most_bins) file_.fail("more than 1000 distance bins");
    for (std::size_t column = bins_from_; column < cells.size(); ++column) {
      rows_.bin_labels.emplace_back(cells[column]);
      check_bin(column);
    }
  }

  /// Bins are checked as they come, so that the first bad column is named.
  void check_bin(std::size_t column) const {
    try {
      const std::size_t count = rows_.bin_labels.size();
      DistanceBins::from_labels(
          {rows_.bin_labels.end() - (count > 1 ? 2 : 1), rows_.bin_labels.end()});
    } catch (const UsageError&) {
      file_.fail_in(column, "'" + shown(file_.cells()[column]) +
                                "' is not a distance bin that begins where the one before it "
                                "ends; write them as 0-3A, 3-4A");
    }
  }

  void read_row() {
    const auto& cells = file_.cells();
    const std::size_t expected = bins_from_ + rows_.bin_labels.size();
    if (cells.size() != expected)
      file_.fail("has " + std::to_string(cells.size()) + " columns where the header has " +
                 std::to_string(expected));
    const std::uint32_t pair = number_of_pair(cells[0]);
    const std::uint16_t separation = has_class_ ? number_of_class(cells[1]) : 0;
    const auto [seen, fresh] =
        line_of_.try_emplace(std::uint64_t{pair} * most_classes + separation, file_.line());
    if (!fresh)
      file_.fail("repeats '" + shown(cells[0]) + "', which stands on line " +
                 std::to_string(seen->second) + " already");
    if (rows_.counts.size() > most_cells) file_.fail("more than 2^30 cells, the most that fit");
    rows_.pair_of.push_back(pair);
    rows_.class_of.push_back(separation);
    for (std::size_t column = bins_from_; column < cells.size(); ++column)
      rows_.counts.push_back(read_count(column));
  }

  std::uint64_t read_count(std::size_t column) const {
    const std::string_view cell = file_.cells()[column];
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error == std::errc() && end == cell.data() + cell.size()) return value;
    if (cell.empty()) file_.fail_in(column, "the count is missing");
    if (error == std::errc::result_out_of_range)
      file_.fail_in(column, "'" + shown(cell) + "' is above 2^64 - 1");
    file_.fail_in(column,
                  "'" + shown(cell) + "' is not a count; expected a whole number from 0 on");
  }

  std::uint16_t number_of_class(std::string_view label) {
    for (std::size_t i = 0; i < rows_.class_labels.size(); ++i)
      if (rows_.class_labels[i] == label) return static_cast<std::uint16_t>(i);
    try {
      if (SeparationClasses::parse(label).labels() != std::vector{std::string(label)})
        throw UsageError("");
    } catch (const UsageError&) {
      file_.fail_in(
          1, "'" + shown(label) + "' is not a separation class; write it as 3, 3-4, 21+ or inter");
    }
    if (rows_.class_labels.size() == most_classes) file_.fail("more than 64 separation classes");
    rows_.class_labels.emplace_back(label);
    return static_cast<std::uint16_t>(rows_.class_labels.size() - 1);
  }

  std::uint32_t number_of_pair(std::string_view name) {
    const auto [found, fresh] = pairs_.try_emplace(std::string(name), pairs_.size());
    if (!fresh) return found->second;
    const auto types = split_pair(name);
    if (!types)
      file_.fail_in(0, "'" + shown(name) +
                           "' is not a pair of types; write it as ALA:CYS, or ALA:CB-LEU:CB "
                           "between atoms");
    if (pairs_.size() > most_pairs) file_.fail("more than 4,000,000 pairs");
    rows_.pair_labels.emplace_back(name);
    rows_.first.push_back(number_of_type(types->first));
    rows_.second.push_back(number_of_type(types->second));
    return found->second;
  }

  std::uint16_t number_of_type(std::string_view name) {
    const auto [found, fresh] = types_.try_emplace(std::string(name), types_.size());
    if (fresh) {
      if (rows_.types.size() == 2000) file_.fail("more than 2000 types");
      rows_.types.emplace_back(name);
    }
    return found->second;
  }

  void check_complete() const {
    const std::size_t classes = has_class_ ? rows_.class_labels.size() : 1;
    if (rows_.pair_of.size() == classes * rows_.pair_labels.size()) return;
    for (std::uint32_t pair = 0; pair < rows_.pair_labels.size(); ++pair)
      for (std::uint16_t k = 0; k < classes; ++k)
        if (line_of_.count(std::uint64_t{pair} * most_classes + k) == 0)
          file_.fail("the file ends without a row for '" + shown(rows_.pair_labels[pair]) +
                     "' in separation class " + rows_.class_labels[k]);
  }

  TsvReader file_;
  bool has_class_ = false;
  std::size_t bins_from_ = 1;
  Rows rows_;
  std::unordered_map<std::string, std::uint32_t> pairs_;
  std::unordered_map<std::string, std::uint16_t> types_;
  std::unordered_map<std::uint64_t, std::size_t> line_of_;
};

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
  for (const char* name : {"residue-cb", "heavy-atom", "heavy-atom-158"}) {
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

TypePairs pairs_of(const Scheme& scheme, Rows& rows) {
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

}  // namespace

ContactCounts read_contact_map(const std::string& path, const Scheme* scheme) {
  Rows rows = MapReader(path).read();
  Choice choice = choose_scheme(path, rows.types, scheme);
  TypePairs pairs = pairs_of(choice.scheme, rows);
  ContactCounts counts({std::move(choice.scheme), DistanceBins::from_labels(rows.bin_labels),
                        classes_of(path, rows.class_labels), std::move(pairs)});
  const Eigen::Index bins = counts.counts.cols();
  for (std::size_t line = 0; line < rows.pair_of.size(); ++line) {
    const Eigen::Index row =
        Eigen::Index{rows.class_of[line]} * counts.axes.rows() + rows.pair_of[line];
    const auto* from = &rows.counts[line * static_cast<std::size_t>(bins)];
    for (Eigen::Index bin = 0; bin < bins; ++bin) counts.counts(row, bin) = from[bin];
  }
  counts.options = {{"source", "contact map"}, {"types", choice.note}};
  return counts;
}

}  // namespace potential
