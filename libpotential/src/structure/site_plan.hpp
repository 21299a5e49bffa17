#pragma once
#include <cstdint>
#include <potential/core/model.hpp>
#include <potential/structure/from_atoms.hpp>
#include <string>
#include <vector>

#include "structure/names.hpp"
#include "structure/site_geometry.hpp"

namespace potential {

struct SiteOrigins;

/// Of each site of a model: the rule that places it, and the atoms of a frame on
/// which it stands.
struct SitePlan {
  std::vector<SiteRule> rules;          ///< [sites]
  std::vector<std::uint32_t> begin{0};  ///< [sites + 1] into atoms
  std::vector<std::uint32_t> atoms;     ///< numbers, from 0; ideal_cb: N, CA, C
  std::vector<PackedAtomName> names;    ///< of each of atoms
  std::size_t atoms_in_frame = 0;       ///< N

  std::size_t size() const { return rules.size(); }

  /// Each site is an atom.
  static SitePlan of_sites(std::size_t sites);
  /// @param wheres  AtomRow::where of each atom of a frame, ascending
  static SitePlan of_origins(const SiteOrigins& origins, const std::vector<const char*>& wheres);

  /// Places the sites of a frame as those of a file, in mÅ.
  /// @param model  of the topology; its x, y, z are written
  /// @throws UsageError which names the first atom that cannot be used.
  void place(const Coordinates& frame, Model& model) const;
  /// The same without rounding, Å. @param sites  [size()]
  void place(const Coordinates& frame, const Model& model, std::vector<Vector3>& sites) const;
  /// The chain rule: adds to the gradient of each atom what the gradients of the
  /// sites on it say. @param gradient  [N, 3]
  void add_gradient(const Coordinates& frame, const std::vector<Vector3>& of_sites,
                    double* gradient) const;

 private:
  [[noreturn]] void refuse(std::size_t site, std::size_t k, const Model& model,
                           const std::string& problem) const;
};

}  // namespace potential
