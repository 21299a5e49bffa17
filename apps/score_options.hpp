#pragma once
#include <potential/core/normalization.hpp>
#include <potential/core/potential_table.hpp>

#include "command_line.hpp"

namespace potential::app {

/// What the potential says it ranks by.
inline Normalization stored_normalization(const PotentialTable& table) {
  const auto stored = table.options.find("normalize");
  return parse_normalization(stored != table.options.end() ? stored->second : "total");
}

/// --normalize or, without it, what the potential says.
inline Normalization read_normalization(const Arguments& arguments, const PotentialTable& table) {
  return arguments.has("normalize") ? parse_normalization(arguments.text("normalize"))
                                    : stored_normalization(table);
}

}  // namespace potential::app
