#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <potential/structure/from_atoms.hpp>

namespace potential {

struct SitePlan;

/// Which atoms a molecule has, and how the sites of a scheme stand on them: what
/// does not change from frame to frame. Chains, separations, alternative
/// conformations and names are decided once, by the topology's own coordinates and the
/// rules for files. (A file written of a frame would be read with other separations only
/// where a C-N (O3'-P) bond across a jump of residue numbers is longer than 2 Å in one and not in
/// the other.) Copies share what they hold.
class Topology {
 public:
  /// Of a structure file (the first of its models): all its atoms in order, hydrogens, water
  /// and alternatives included.
  /// @throws as StructureReader::read().
  static Topology read(const std::string& path, const Scheme& scheme);
  /// @throws as potential::from_atoms().
  static Topology from_atoms(const Atoms& atoms, const Coordinates& coordinates,
                             const Scheme& scheme, const std::string& id = "model");
  /// Sites whose places are given themselves: its atoms are the sites of the model.
  Topology(std::shared_ptr<const Model> model, Scheme scheme);

  /// Number of atoms N.
  std::size_t atoms() const;
  /// [N, 3] Å; NaN where the file has none to read.
  const std::vector<double>& coordinates() const;
  /// The sites of its own coordinates.
  const Model& model() const;
  const Scheme& scheme() const;

  const SitePlan& plan() const;  ///< for the library itself

 private:
  struct Parts;
  explicit Topology(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const Parts> parts_;
};

}  // namespace potential
