#include <algorithm>
#include <charconv>
#include <cmath>
#include <potential/core/distance_bins.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

constexpr std::int32_t largest_edge = 1'000'000;  // mÅ
constexpr std::size_t max_edges = 1001;

UsageError bad_bins(const std::string& text, const std::string& problem) {
  return UsageError("bins '" + text + "': " + problem +
                    "; give rapdf, seed, half, a list such as 0,3,4,5, or start:stop:step, in Å");
}

/// A plain decimal in Å to whole mÅ, without going through binary fractions.
std::int32_t parse_edge(std::string_view number, const std::string& text) {
  std::int64_t value = 0;
  int decimals = -1;
  bool any = false;
  for (const char c : number) {
    if (c == '.' && decimals < 0) {
      decimals = 0;
    } else if (c >= '0' && c <= '9') {
      any = true;
      if (decimals >= 3) {
        if (c != '0')
          throw bad_bins(text, "'" + std::string(number) + "' is not a multiple of 0.001");
        continue;
      }
      value = value * 10 + (c - '0');
      if (decimals >= 0) ++decimals;
      if (value > 10'000'000) throw bad_bins(text, "edges go up to 1000");
    } else {
      throw bad_bins(text, "'" + std::string(number) + "' is not a distance");
    }
  }
  if (!any) throw bad_bins(text, "an edge is missing");
  for (int i = std::max(decimals, 0); i < 3; ++i) value *= 10;
  if (value > largest_edge) throw bad_bins(text, "edges go up to 1000");
  return static_cast<std::int32_t>(value);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::int32_t> range(std::int32_t start, std::int32_t stop, std::int32_t step,
                                const std::string& text) {
  if (step <= 0 || stop <= start)
    throw bad_bins(text, "start < stop and a step above 0 are needed");
  if ((stop - start) % step != 0) throw bad_bins(text, "the steps do not end at the stop");
  if (static_cast<std::size_t>((stop - start) / step) >= max_edges)
    throw bad_bins(text, "more than 1000 bins");
  std::vector<std::int32_t> edges;
  for (std::int32_t edge = start; edge <= stop; edge += step) edges.push_back(edge);
  return edges;
}

std::vector<std::int32_t> wide_first(std::int32_t first, std::int32_t stop, std::int32_t step) {
  std::vector<std::int32_t> edges{0};
  for (std::int32_t edge = first; edge <= stop; edge += step) edges.push_back(edge);
  return edges;
}

std::string joined(const std::vector<std::int32_t>& edges) {
  std::string text;
  for (const std::int32_t edge : edges) text += (text.empty() ? "" : ",") + format_angstrom(edge);
  return text;
}

}  // namespace

std::string format_angstrom(std::int32_t milli) {
  std::string text = std::to_string(milli / 1000);
  std::string decimals = std::to_string(1000 + milli % 1000).substr(1);
  while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
  return decimals.empty() ? text : text + "." + decimals;
}

DistanceBins::DistanceBins(std::vector<std::int32_t> edges) : edges_(std::move(edges)) {
  if (edges_.size() < 2) throw bad_bins(joined(edges_), "at least two edges are needed");
  if (edges_.size() > max_edges) throw bad_bins("...", "more than 1000 bins");
  if (edges_.front() < 0 || edges_.back() > largest_edge)
    throw bad_bins(joined(edges_), "edges go from 0 to 1000");
  for (std::size_t i = 1; i < edges_.size(); ++i)
    if (edges_[i] <= edges_[i - 1]) throw bad_bins(joined(edges_), "edges must increase");
}

DistanceBins DistanceBins::parse(std::string_view view) {
  const std::string text(view);
  if (text == "rapdf") return DistanceBins(wide_first(3000, 20000, 1000));
  if (text == "seed") return DistanceBins(wide_first(3000, 8000, 1000));
  if (text == "half") return DistanceBins(wide_first(2500, 20000, 500));
  const auto colons = split(text, ':');
  if (colons.size() == 3)
    return DistanceBins(range(parse_edge(colons[0], text), parse_edge(colons[1], text),
                              parse_edge(colons[2], text), text));
  std::vector<std::int32_t> edges;
  for (const auto part : split(text, ',')) edges.push_back(parse_edge(part, text));
  return DistanceBins(std::move(edges));
}

int DistanceBins::find_squared(std::int64_t squared) const {
  const auto above =
      std::upper_bound(edges_.begin(), edges_.end(), squared,
                       [](std::int64_t value, std::int64_t edge) { return value < edge * edge; });
  if (above == edges_.begin() || above == edges_.end()) return -1;
  return static_cast<int>(above - edges_.begin()) - 1;
}

int DistanceBins::find(double distance) const {
  if (!(distance >= 0) || distance > largest_edge) return -1;
  const auto milli = static_cast<std::int64_t>(std::llround(distance * 1000));
  return find_squared(milli * milli);
}

std::string DistanceBins::label(int bin) const {
  const auto k = static_cast<std::size_t>(bin);
  return format_angstrom(edges_[k]) + "-" + format_angstrom(edges_[k + 1]) + "A";
}

std::vector<std::string> DistanceBins::labels() const {
  std::vector<std::string> all;
  for (int bin = 0; bin < size(); ++bin) all.push_back(label(bin));
  return all;
}

std::string DistanceBins::to_string() const { return joined(edges_); }

DistanceBins DistanceBins::from_labels(const std::vector<std::string>& labels) {
  std::vector<std::int32_t> edges;
  for (const std::string& label : labels) {
    const auto dash = label.find('-');
    if (dash == std::string::npos || label.empty() || label.back() != 'A')
      throw UsageError("'" + label + "' is not a distance bin; write it as 3-4A");
    const auto low = parse_edge(std::string_view(label).substr(0, dash), label);
    const auto high =
        parse_edge(std::string_view(label).substr(dash + 1, label.size() - dash - 2), label);
    if (!edges.empty() && edges.back() != low)
      throw UsageError("bin '" + label + "' does not begin where the one before it ends (" +
                       format_angstrom(edges.back()) + " Å)");
    if (edges.empty()) edges.push_back(low);
    edges.push_back(high);
  }
  return DistanceBins(std::move(edges));
}

std::vector<int> DistanceBins::nesting(const DistanceBins& fine) const {
  if (edges_.front() < fine.edges_.front() || cutoff() > fine.cutoff())
    throw UsageError("bins " + to_string() + " reach beyond " + fine.to_string() +
                     "; take some of its edges");
  for (const std::int32_t edge : edges_)
    if (!std::binary_search(fine.edges_.begin(), fine.edges_.end(), edge))
      throw UsageError("bins " + to_string() + ": the edge " + format_angstrom(edge) +
                       " is not one of " + fine.to_string() + "; take some of its edges");
  std::vector<int> coarse;
  for (int bin = 0; bin < fine.size(); ++bin) {
    const std::int64_t edge = fine.edges_[static_cast<std::size_t>(bin)];
    coarse.push_back(find_squared(edge * edge));
  }
  return coarse;
}

}  // namespace potential
