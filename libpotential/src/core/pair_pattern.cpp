#include <algorithm>
#include <optional>
#include <potential/core/pair_pattern.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

/// `*` stands for any characters, `?` for one.
bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || (pattern[p] != '*' && pattern[p] == text[t]))) {
      ++p, ++t;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

/// Levenshtein distance; a letter in the other case is half a change. Twice that.
std::size_t edits(std::string_view a, std::string_view b) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  const auto difference = [&](char c, char d) -> std::size_t {
    return c == d ? 0 : upper(c) == upper(d) ? 1 : 2;
  };
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = 2 * j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = 2 * i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + difference(a[i - 1], b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 2, row[j - 1] + 2, change});
    }
  }
  return row.back();
}

/// The three types whose names are nearest to a word.
std::string near_types(const Scheme& scheme, const std::string& word) {
  auto names = scheme.type_names();
  std::stable_sort(names.begin(), names.end(),
                   [&](const auto& a, const auto& b) { return edits(a, word) < edits(b, word); });
  names.resize(std::min<std::size_t>(names.size(), 3));
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

struct Halves {
  std::string first, second;
};

std::optional<Halves> split(const std::string& pattern, char separator) {
  const auto at = pattern.find(separator);
  if (at == std::string::npos || pattern.find(separator, at + 1) != std::string::npos)
    return std::nullopt;
  return Halves{pattern.substr(0, at), pattern.substr(at + 1)};
}

std::vector<int> match_types(const Scheme& scheme, const std::string& half,
                             const std::string& pattern) {
  std::vector<int> found;
  for (int type = 0; type < scheme.size(); ++type)
    if (matches(half, scheme.type_name(type))) found.push_back(type);
  if (found.empty())
    throw UsageError("pair '" + pattern + "': no type '" + half + "' in the scheme " +
                     scheme.name() + "; near: " + near_types(scheme, half));
  return found;
}

}  // namespace

std::vector<int> find_pairs(const Scheme& scheme, const TypePairs& pairs,
                            const std::string& pattern) {
  const auto& labels = pairs.labels();
  const auto exact = std::find(labels.begin(), labels.end(), pattern);
  if (exact != labels.end()) return {static_cast<int>(exact - labels.begin())};
  auto halves = split(pattern, '-');
  if (!halves && scheme.placement() != SitePlacement::atom) halves = split(pattern, ':');
  if (!halves)
    throw UsageError("pair '" + pattern + "' is not two types joined by '-', such as " + labels[0]);
  std::vector<bool> first(static_cast<std::size_t>(scheme.size())), second = first;
  for (const int type : match_types(scheme, halves->first, pattern))
    first[static_cast<std::size_t>(type)] = true;
  for (const int type : match_types(scheme, halves->second, pattern))
    second[static_cast<std::size_t>(type)] = true;
  std::vector<int> rows;
  for (int row = 0; row < pairs.size(); ++row) {
    const std::size_t i = pairs.first()[static_cast<std::size_t>(row)];
    const std::size_t j = pairs.second()[static_cast<std::size_t>(row)];
    if ((first[i] && second[j]) || (first[j] && second[i])) rows.push_back(row);
  }
  if (rows.empty()) throw UsageError("pair '" + pattern + "' has no row in this table");
  return rows;
}

}  // namespace potential
