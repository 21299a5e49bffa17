#pragma once
#include <optional>
#include <string>

#include <potential/core/model.hpp>
#include <potential/core/potential_table.hpp>

namespace potential {

/// Input for programs that simulate. The particles are the sites of a model, in its order, the
/// forces those of the potential made smooth (docs/simulations.md): what
/// Scorer::energy_and_gradient() gives of these sites. There are no bonds between
/// particles, so that a simulation needs more forces than these.
struct SimulationOptions {
  /// K. One natural-log unit of the potential is k_B T of it.
  double temperature = 300;
  std::optional<SeparationClasses> separations = std::nullopt;  ///< only these classes
};

/// Files for LAMMPS, which name each other.
struct LammpsFiles {
  std::string input;  ///< commands: read the others, print the energy
  std::string data;   ///< sites as atoms, types present, masses, chains as molecules
  std::string table;  ///< for pair_style table, a section for each two types
};

/// Units are `real`: kcal/mol and Å. Pairs that the class leaves out are bonds without energy,
/// whose atoms special_bonds excludes; other chains are excluded as molecules.
/// @param model  of the table's scheme
/// @param name   what the files are called: name.in, name.data, name.table
/// @throws UsageError when the table has not one class that is open (`3+`, `inter`,
///         `1+/inter`), lacks one that is asked for, has a score that is not finite, or the
///         temperature is not positive.
LammpsFiles lammps_files(const PotentialTable& table, const Model& model, const std::string& name,
                         const SimulationOptions& options = {});

/// A serialized OpenMM System (XML) with one CustomNonbondedForce for all classes, in kJ/mol
/// and nm. Its global parameter `kT` is one natural-log unit. The splines are in tabulated
/// functions and evaluated as they are; separations decide by the parameters of a particle
/// (type, chain, position), not by exclusions.
/// @throws UsageError as lammps_files(), but for the classes.
std::string openmm_system(const PotentialTable& table, const Model& model,
                          const SimulationOptions& options = {});

}  // namespace potential
