#include <algorithm>
#include <potential/core/separation_classes.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

using Class = SeparationClasses::Class;
using Range = SeparationClasses::Range;

UsageError bad_class(std::string_view label, const std::string& problem) {
  return UsageError("separation class '" + std::string(label) + "': " + problem +
                    "; give a list of K, K-L, K+ or inter, such as 1,2,3-4,5+,inter");
}

std::int32_t parse_number(std::string_view digits, std::string_view label) {
  if (digits.empty() || digits.size() > 4 ||
      !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
    throw bad_class(label, "a separation is a whole number from 0 to 9999");
  return std::stoi(std::string(digits));
}

Range parse_range(std::string_view part, std::string_view label) {
  if (!part.empty() && part.back() == '+')
    return {parse_number(part.substr(0, part.size() - 1), label), SeparationClasses::open()};
  const auto dash = part.find('-');
  if (dash == std::string_view::npos) {
    const auto only = parse_number(part, label);
    return {only, only};
  }
  const Range range{parse_number(part.substr(0, dash), label),
                    parse_number(part.substr(dash + 1), label)};
  if (range.last < range.first) throw bad_class(label, "the second number is the smaller one");
  return range;
}

Class parse_class(std::string_view label) {
  Class parsed;
  std::string_view rest = label;
  while (true) {
    const auto end = rest.find('/');
    const auto part = rest.substr(0, end);
    if (part != "inter")
      parsed.ranges.push_back(parse_range(part, label));
    else if (parsed.inter)
      throw bad_class(label, "holds 'inter' twice");
    else
      parsed.inter = true;
    if (end == std::string_view::npos) return parsed;
    rest.remove_prefix(end + 1);
  }
}

bool overlap(const Range& a, const Range& b) { return a.first <= b.last && b.first <= a.last; }

bool overlap(const Class& a, const Class& b) {
  if (a.inter && b.inter) return true;
  for (const Range& x : a.ranges)
    for (const Range& y : b.ranges)
      if (overlap(x, y)) return true;
  return false;
}

/// Ranges that adjoin are one, so a range of `inner` lies in one of `outer`.
bool holds(const Class& outer, const Class& inner) {
  if (inner.inter && !outer.inter) return false;
  return std::all_of(inner.ranges.begin(), inner.ranges.end(), [&](const Range& x) {
    return std::any_of(outer.ranges.begin(), outer.ranges.end(),
                       [&](const Range& y) { return y.first <= x.first && x.last <= y.last; });
  });
}

std::string to_label(const Range& range) {
  const std::string first = std::to_string(range.first);
  if (range.last == SeparationClasses::open()) return first + "+";
  return range.last == range.first ? first : first + "-" + std::to_string(range.last);
}

std::string to_label(const Class& c) {
  std::string label;
  for (const Range& range : c.ranges) label += (label.empty() ? "" : "/") + to_label(range);
  if (c.inter) label += label.empty() ? "inter" : "/inter";
  return label;
}

void check_ranges(const Class& c) {
  constexpr auto open = SeparationClasses::open(), largest = SeparationClasses::largest();
  for (const Range& range : c.ranges)
    if (range.first < 0 || range.first > largest || range.last < range.first ||
        (range.last > largest && range.last != open))
      throw bad_class(to_label(c), "separations go from 0 to 9999");
  if (c.ranges.empty() && !c.inter) throw bad_class("", "a class is empty");
}

void join_adjoining(Class& c) {
  auto& ranges = c.ranges;
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& a, const Range& b) { return a.first < b.first; });
  std::vector<Range> joined;
  for (const Range& range : ranges) {
    if (!joined.empty() && overlap(joined.back(), range))
      throw bad_class(to_label(c), "its parts overlap");
    if (!joined.empty() && joined.back().last == range.first - 1)
      joined.back().last = range.last;
    else
      joined.push_back(range);
  }
  ranges = std::move(joined);
}

}  // namespace

SeparationClasses::SeparationClasses(std::vector<Class> classes) : classes_(std::move(classes)) {
  if (classes_.empty()) throw bad_class("", "at least one class is needed");
  if (classes_.size() > 64) throw bad_class("...", "more than 64 classes");
  for (Class& c : classes_) {
    check_ranges(c);
    join_adjoining(c);
  }
  for (std::size_t i = 0; i < classes_.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (overlap(classes_[i], classes_[j]))
        throw bad_class(to_label(classes_[i]), "overlaps '" + to_label(classes_[j]) + "'");
}

SeparationClasses SeparationClasses::parse(std::string_view text) {
  std::vector<Class> classes;
  while (true) {
    const auto end = text.find(',');
    classes.push_back(parse_class(text.substr(0, end)));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return SeparationClasses(std::move(classes));
}

std::string SeparationClasses::label(int index) const {
  return to_label(classes_[static_cast<std::size_t>(index)]);
}

std::vector<std::string> SeparationClasses::labels() const {
  std::vector<std::string> all;
  for (const Class& c : classes_) all.push_back(to_label(c));
  return all;
}

std::string SeparationClasses::to_string() const {
  std::string text;
  for (const Class& c : classes_) text += (text.empty() ? "" : ",") + to_label(c);
  return text;
}

int SeparationClasses::find(std::string_view label) const {
  for (int i = 0; i < size(); ++i)
    if (this->label(i) == label) return i;
  return -1;
}

int SeparationClasses::of_separation(std::int32_t separation) const {
  for (int i = 0; i < size(); ++i)
    for (const Range& range : classes_[static_cast<std::size_t>(i)].ranges)
      if (range.first <= separation && separation <= range.last) return i;
  return -1;
}

int SeparationClasses::of_different_chains() const {
  for (int i = 0; i < size(); ++i)
    if (classes_[static_cast<std::size_t>(i)].inter) return i;
  return -1;
}

std::vector<int> SeparationClasses::nesting(const SeparationClasses& fine) const {
  std::vector<int> map;
  for (const Class& inner : fine.classes_) {
    int found = -1;
    for (int i = 0; i < size(); ++i) {
      const Class& outer = classes_[static_cast<std::size_t>(i)];
      if (holds(outer, inner))
        found = i;
      else if (overlap(outer, inner))
        throw UsageError("separation class " + to_label(inner) + " lies only partly inside " +
                         to_label(outer));
    }
    map.push_back(found);
  }
  return map;
}

SeparationClasses SeparationClasses::with_inter(std::string_view label) const {
  if (of_different_chains() >= 0)
    throw UsageError("pairs between chains have a class already: " +
                     this->label(of_different_chains()));
  const int chosen = find(label);
  if (chosen < 0)
    throw UsageError("there is no class " + std::string(label) +
                     " to judge pairs between chains; the classes are " + to_string());
  auto classes = classes_;
  classes[static_cast<std::size_t>(chosen)].inter = true;
  return SeparationClasses(std::move(classes));
}

SeparationClasses SeparationClasses::pooled() const {
  Class all;
  for (const Class& c : classes_) {
    all.ranges.insert(all.ranges.end(), c.ranges.begin(), c.ranges.end());
    all.inter = all.inter || c.inter;
  }
  return SeparationClasses({all});
}

}  // namespace potential
