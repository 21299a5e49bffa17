#include "storage/contact_map_rows.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <potential/support/error.hpp>
#include <unordered_map>

#include "storage/tsv.hpp"

namespace potential::storage {
namespace {

constexpr std::size_t max_bins = 1000;
constexpr std::size_t max_pairs = 4'000'000;  // of 2000 types, in both orders
constexpr std::size_t max_classes = 64;
constexpr std::size_t max_cells = std::size_t{1} << 30;

/// Anything but that number and nothing else is an error.
template <class Number>
std::errc parse(std::string_view cell, Number& value) {
  const char* const end = cell.data() + cell.size();
  const auto parsed = std::from_chars(cell.data(), end, value);
  if (parsed.ec == std::errc() && parsed.ptr != end) return std::errc::invalid_argument;
  return parsed.ec;
}

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

class MapReader {
 public:
  MapReader(const std::string& path, const MapOptions& options) : options_(options), file_(path) {
    rows_.scores = options.cells == MapCells::scores;
  }

  MapRows read() {
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
    if (cells.size() - bins_from_ > max_bins) file_.fail("more than 1000 distance bins");
    if (options_.bins) return take_bins();
    for (std::size_t column = bins_from_; column < cells.size(); ++column) {
      rows_.bin_labels.emplace_back(cells[column]);
      check_bin(column);
    }
  }

  /// The header may call its columns what it likes, but not other bins.
  void take_bins() {
    const std::vector<std::string> header(
        file_.cells().begin() + static_cast<std::ptrdiff_t>(bins_from_), file_.cells().end());
    rows_.bin_labels = options_.bins->labels();
    if (header.size() != rows_.bin_labels.size())
      file_.fail("has " + std::to_string(header.size()) + " columns of values, but " +
                 std::to_string(rows_.bin_labels.size()) + " bins were given");
    std::optional<DistanceBins> named;
    try {
      named = DistanceBins::from_labels(header);
    } catch (const UsageError&) {
    }
    if (named && *named != *options_.bins)
      file_.fail("its columns are the bins " + named->to_string() + ", not those given, " +
                 options_.bins->to_string());
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
        line_of_.try_emplace(std::uint64_t{pair} * max_classes + separation, file_.line());
    if (!fresh)
      file_.fail("repeats '" + shown(cells[0]) + "', which stands on line " +
                 std::to_string(seen->second) + " already");
    if (rows_.pair_of.size() * rows_.bin_labels.size() > max_cells)
      file_.fail("more than 2^30 cells, the most that fit");
    rows_.pair_of.push_back(pair);
    rows_.class_of.push_back(separation);
    for (std::size_t column = bins_from_; column < cells.size(); ++column) read_cell(column);
  }

  void read_cell(std::size_t column) {
    if (!rows_.scores) {
      const std::string_view cell = file_.cells()[column];
      std::uint64_t count = 0;
      const std::errc error = parse(cell, count);
      if (error == std::errc()) return rows_.counts.push_back(count);
      if (options_.cells == MapCells::counts || !is_score(cell)) refuse_count(column, error);
      turn_to_scores(column);
    }
    rows_.score_cells.push_back(read_score(column));
  }

  /// What was read as counts so far are scores that happen to be whole.
  void turn_to_scores(std::size_t column) {
    rows_.scores = true;
    rows_.because = "line " + std::to_string(file_.line()) + " has " + shown(file_.cells()[column]);
    rows_.score_cells.assign(rows_.counts.begin(), rows_.counts.end());
    rows_.counts = {};
  }

  static bool is_score(std::string_view cell) {
    double value = 0;
    return parse(cell, value) == std::errc() && !std::isnan(value);
  }

  double read_score(std::size_t column) const {
    const std::string_view cell = file_.cells()[column];
    double value = 0;
    if (cell.empty()) file_.fail_in(column, "the score is missing");
    if (parse(cell, value) != std::errc() || std::isnan(value) || value == -INFINITY)
      file_.fail_in(column, "'" + shown(cell) + "' is not a score; expected a number, or inf");
    return value;
  }

  [[noreturn]] void refuse_count(std::size_t column, std::errc error) const {
    const std::string_view cell = file_.cells()[column];
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
    if (rows_.class_labels.size() == max_classes) file_.fail("more than 64 separation classes");
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
    if (pairs_.size() > max_pairs) file_.fail("more than 4,000,000 pairs");
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
        if (line_of_.count(std::uint64_t{pair} * max_classes + k) == 0)
          file_.fail("the file ends without a row for '" + shown(rows_.pair_labels[pair]) +
                     "' in separation class " + rows_.class_labels[k]);
  }

  const MapOptions& options_;
  TsvReader file_;
  bool has_class_ = false;
  std::size_t bins_from_ = 1;
  MapRows rows_;
  std::unordered_map<std::string, std::uint32_t> pairs_;
  std::unordered_map<std::string, std::uint16_t> types_;
  std::unordered_map<std::uint64_t, std::size_t> line_of_;
};

}  // namespace

MapRows read_map_rows(const std::string& path, const MapOptions& options) {
  return MapReader(path, options).read();
}

}  // namespace potential::storage
