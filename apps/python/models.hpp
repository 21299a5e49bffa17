#pragma once
#include <potential/scoring/score.hpp>
#include <potential/structure/from_atoms.hpp>
#include <potential/structure/reader.hpp>
#include <potential/workflow/inputs.hpp>

#include "module.hpp"

namespace potential::python {

using CoordinateArray = py::array_t<double, py::array::c_style | py::array::forcecast>;
using Texts = std::vector<std::string>;
using Numbers = std::vector<std::int32_t>;

/// What the library reads of an array, which must outlive it. @throws UsageError.
Coordinates coordinates_in(const CoordinateArray& array);
/// Columns as Python gives them. @throws UsageError.
Atoms atoms_of(const Texts& atom_names, const Texts& residue_names, const Numbers& residue_numbers,
               const std::optional<Texts>& chains, const std::optional<Texts>& insertion_codes,
               const std::optional<Texts>& altlocs,
               const std::optional<std::vector<double>>& occupancies);

/// @param models  first or all. @throws UsageError.
ReadOptions read_options(const std::string& models, double min_plddt = 0,
                         bool bfactor_is_plddt = false);
/// @throws UsageError when the threads are below 0, or above 1024.
void set_run(RunOptions& options, bool strict, int threads);
/// @throws UsageError below 0.
std::size_t count_of(const char* name, int count);

}  // namespace potential::python
