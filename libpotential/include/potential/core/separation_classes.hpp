#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace potential {

/// Which pairs of residues are counted, and in which table: classes of
/// sequence separation within a chain, and pairs between chains.
class SeparationClasses {
 public:
  /// Separations first..last within a chain.
  struct Range {
    std::int32_t first = 0;
    std::int32_t last = 0;  ///< open() for `K+`
    bool operator==(const Range& o) const { return first == o.first && last == o.last; }
  };
  /// One class: ranges of separations within a chain, pairs of different
  /// chains, or both.
  struct Class {
    std::vector<Range> ranges;  ///< increasing; none adjoin or overlap
    bool inter = false;
    bool operator==(const Class& o) const { return ranges == o.ranges && inter == o.inter; }
  };
  static constexpr std::int32_t open() { return INT32_MAX; }
  /// The largest separation a class may name; longer steps of one residue to
  /// the next are cut to just above it, which changes no class.
  static constexpr std::int32_t largest() { return 9999; }

  /// From a list such as `1,2,3-4,5-8,9-20,21+,inter`. A class of several
  /// parts joins them with `/`: `1+/inter` is every pair of two residues.
  /// @throws UsageError when a class is malformed or two overlap.
  static SeparationClasses parse(std::string_view text);
  /// Sorts and joins the ranges of each class. @throws UsageError as parse().
  explicit SeparationClasses(std::vector<Class> classes);

  /// Number of classes K.
  int size() const { return static_cast<int>(classes_.size()); }
  const std::vector<Class>& classes() const { return classes_; }
  std::string label(int index) const;
  std::vector<std::string> labels() const;
  std::string to_string() const;
  /// Index of the class with this label, or -1.
  int find(std::string_view label) const;

  /// Class of a pair of residues of one chain, or -1 when it is not counted.
  int of_separation(std::int32_t separation) const;
  /// Class of a pair of residues of different chains, or -1.
  int of_different_chains() const;

  /// For each class of `fine`, the class of this object that holds it, or -1.
  /// @throws UsageError when one lies partly inside.
  std::vector<int> nesting(const SeparationClasses& fine) const;

  /// All classes as one: `1,2,3+` becomes `1+`; `1+,inter` becomes `1+/inter`.
  SeparationClasses pooled() const;
  /// The same, with pairs of different chains in the class of this label too.
  /// @throws UsageError when there is none of this label, or such pairs have a class.
  SeparationClasses with_inter(std::string_view label) const;

  bool operator==(const SeparationClasses& other) const { return classes_ == other.classes_; }
  bool operator!=(const SeparationClasses& other) const { return !(*this == other); }

 private:
  std::vector<Class> classes_;
};

}  // namespace potential
