#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <potential/core/model.hpp>

namespace potential {

/// Residues of a model by chain and author number, as `A:40-50,A:60,H:52A,B`: from one number
/// to another with all their insertion codes, one number with all, one with its code, a chain.
struct ResidueSelection {
  struct Part {
    std::string text;   ///< as it was given
    std::string chain;  ///< name, the blank one ``
    std::int32_t first = std::numeric_limits<std::int32_t>::min();
    std::int32_t last = std::numeric_limits<std::int32_t>::max();
    char insertion_code = 0;  ///< 0: any
  };
  std::vector<Part> parts;

  /// The blank chain id is `_`. @throws UsageError when a part is malformed.
  static ResidueSelection parse(std::string_view text);

  /// [residues] Which are selected. @throws UsageError when a part selects none.
  std::vector<bool> of(const Model& model) const;
};

}  // namespace potential
