#include <algorithm>
#include <potential/core/separation_classes.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

using Class = SeparationClasses::Class;

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

Class parse_class(std::string_view label) {
  if (label == "inter") return {0, 0, true};
  if (!label.empty() && label.back() == '+')
    return {parse_number(label.substr(0, label.size() - 1), label), SeparationClasses::open(),
            false};
  const auto dash = label.find('-');
  if (dash == std::string_view::npos) {
    const auto only = parse_number(label, label);
    return {only, only, false};
  }
  const Class range{parse_number(label.substr(0, dash), label),
                    parse_number(label.substr(dash + 1), label), false};
  if (range.last < range.first) throw bad_class(label, "the second number is the smaller one");
  return range;
}

bool overlap(const Class& a, const Class& b) {
  if (a.inter || b.inter) return a.inter && b.inter;
  return a.first <= b.last && b.first <= a.last;
}

bool holds(const Class& outer, const Class& inner) {
  if (outer.inter || inner.inter) return outer.inter && inner.inter;
  return outer.first <= inner.first && inner.last <= outer.last;
}

std::string to_label(const Class& c) {
  if (c.inter) return "inter";
  if (c.last == SeparationClasses::open()) return std::to_string(c.first) + "+";
  if (c.last == c.first) return std::to_string(c.first);
  return std::to_string(c.first) + "-" + std::to_string(c.last);
}

}  // namespace

SeparationClasses::SeparationClasses(std::vector<Class> classes) : classes_(std::move(classes)) {
  if (classes_.empty()) throw bad_class("", "at least one class is needed");
  if (classes_.size() > 64) throw bad_class("...", "more than 64 classes");
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
  for (int i = 0; i < size(); ++i) {
    const Class& c = classes_[static_cast<std::size_t>(i)];
    if (!c.inter && c.first <= separation && separation <= c.last) return i;
  }
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

}  // namespace potential
