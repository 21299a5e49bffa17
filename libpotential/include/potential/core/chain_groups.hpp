#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace potential {

/// Names of chains from `A,B`; the blank id is `_`. @throws UsageError when one is
/// empty or named twice.
std::vector<std::string> parse_chains(std::string_view text);

/// Two groups of chains, to be scored between: `H,L:A` is H with A and L with A.
/// Names are those of Chain, the blank one ``.
struct ChainGroups {
  std::vector<std::string> first, second;

  /// @throws UsageError when it is not two groups, or a chain is named twice.
  static ChainGroups parse(std::string_view text);
  std::string to_string() const;
};

}  // namespace potential
