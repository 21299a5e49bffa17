#pragma once
#include <string>
#include <vector>

#include <potential/core/model.hpp>
#include <potential/core/scheme.hpp>

namespace potential {

/// The first model of a file as it is, and with all its typed residues under other names.
struct RenamedModels {
  Model model;
  std::vector<std::string> names;  ///< [A]
  /// [A] the sites that the same atoms make when each residue has the name: a CB that it
  /// lacks is built, atoms that the name does not know are no sites. Residues and
  /// chains are those of `model`.
  std::vector<Model> renamed;
};

/// @param names  of residues of the scheme. @throws UsageError on another name; as
///        StructureReader::read().
RenamedModels read_renamed(const std::string& path, const Scheme& scheme,
                           const std::vector<std::string>& names);

}  // namespace potential
