#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <potential/structure/write_bfactors.hpp>

#include "structure/source_text.hpp"

namespace potential {

/// How one row of a file calls its residue.
struct RowLabel {
  std::string_view chain, name;
  std::int32_t number = 0;
  char insertion_code = ' ';
};

/// Finds the value of a residue by its label. Two residues of one model may
/// bear the same one, in parts of the file that a TER or another molecule sets
/// apart: the values then go to the parts in the order of the file.
class ResidueValues {
 public:
  explicit ResidueValues(const ModelValues& values) {
    for (const ResidueValue& value : values)
      places_[Key{value.chain, value.number, value.insertion_code, value.name}].values.push_back(
          value.value);
  }

  /// @returns 0 when the residue has no value.
  double find(const RowLabel& label, const std::string& part) {
    const auto found = places_.find(
        Key{std::string(label.chain), label.number, label.insertion_code, std::string(label.name)});
    if (found == places_.end()) return 0;
    auto& [values, parts] = found->second;
    const auto seen = std::find(parts.begin(), parts.end(), part);
    const auto index = static_cast<std::size_t>(seen - parts.begin());
    if (seen == parts.end()) parts.push_back(part);
    return index < values.size() ? values[index] : 0;
  }

 private:
  using Key = std::tuple<std::string, std::int32_t, char, std::string>;
  struct Place {
    std::vector<double> values;
    std::vector<std::string> parts;
  };
  std::map<Key, Place> places_;
};

/// The text with the B-factors of each format rewritten.
std::string rewrite_pdb(const SourceText& source, const std::vector<ModelValues>& models,
                        std::vector<std::string>& notes);
std::string rewrite_mmcif(const SourceText& source, const std::vector<ModelValues>& models);

}  // namespace potential
