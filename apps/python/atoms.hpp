#pragma once
#include <array>
#include <cstdint>
#include <potential/core/model.hpp>
#include <potential/core/scheme.hpp>
#include <string>
#include <vector>

namespace potential::python {

/// What is known of the atoms of a model, one value an atom.
struct Atoms {
  std::vector<std::array<std::int32_t, 3>> positions;  ///< mÅ, or why there is none (decimal.hpp)
  const std::vector<std::string>&names, &residue_names, &chains;
  const std::vector<std::string>& insertion_codes;  ///< one character, or empty
  const std::vector<std::int32_t>& numbers;         ///< of residues
};

/// Their typed sites, placed by the rules that files are read with.
/// @throws FormatError when a position that is needed cannot be used, or there
///         is no site.
Model model_of_atoms(const Atoms& atoms, const Scheme& scheme, const std::string& id);

}  // namespace potential::python
