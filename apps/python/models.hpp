#pragma once
#include <potential/scoring/score.hpp>
#include <potential/structure/reader.hpp>
#include <potential/workflow/inputs.hpp>

#include "module.hpp"

namespace potential::python {

/// @param models  first or all. @throws UsageError.
ReadOptions read_options(const std::string& models, double min_plddt = 0,
                         bool bfactor_is_plddt = false);
/// @throws UsageError when the threads are below 0, or above 1024.
void set_run(RunOptions& options, bool strict, int threads);
/// @throws UsageError below 0.
std::size_t count_of(const char* name, int count);

}  // namespace potential::python
