#pragma once
#include <potential/scoring/score.hpp>
#include <potential/structure/reader.hpp>

#include "module.hpp"

namespace potential::python {

/// @param models  first or all. @throws UsageError.
ReadOptions read_options(const std::string& models, double min_plddt = 0,
                         bool bfactor_is_plddt = false);
/// @throws UsageError below 0, or above 1024.
int threads_of(int threads);
/// @throws UsageError below 0.
std::size_t count_of(const char* name, int count);

}  // namespace potential::python
