#pragma once
#include <potential/core/normalization.hpp>
#include <potential/core/potential_table.hpp>

#include "command_line.hpp"

namespace potential::app {

/// --normalize or, without it, what the potential says.
inline Normalization read_normalization(const Arguments& arguments, const PotentialTable& table) {
  const auto stored = table.options.find("normalize");
  return parse_normalization(arguments.has("normalize")      ? arguments.text("normalize")
                             : stored != table.options.end() ? stored->second
                                                             : "total");
}

}  // namespace potential::app
