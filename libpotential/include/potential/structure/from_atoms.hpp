#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <potential/core/model.hpp>
#include <potential/core/scheme.hpp>

namespace potential {

/// What coordinates as float or double are in.
enum class LengthUnit { angstrom, nanometre };

/// n x 3 coordinates in the caller's memory, atom after atom, which is only looked
/// at: Å or nm as float or double, rounded to the nearest mÅ (half away from zero),
/// as those of files are; or whole mÅ.
class Coordinates {
 public:
  Coordinates(const float* xyz, std::size_t atoms, LengthUnit unit = LengthUnit::angstrom)
      : float_(xyz), size_(atoms), per_unit_(angstroms_in(unit)) {}
  Coordinates(const double* xyz, std::size_t atoms, LengthUnit unit = LengthUnit::angstrom)
      : double_(xyz), size_(atoms), per_unit_(angstroms_in(unit)) {}
  Coordinates(const std::int32_t* milli, std::size_t atoms) : milli_(milli), size_(atoms) {}

  /// Number of atoms.
  std::size_t size() const { return size_; }
  /// Value i of the 3n, in mÅ; INT32_MIN when it is not finite, INT32_MIN + 1 when it
  /// lies beyond ±2,000,000 Å.
  std::int32_t milli(std::size_t i) const;
  /// The same in Å, not rounded; as it is when it is not finite.
  double angstrom(std::size_t i) const;

 private:
  static double angstroms_in(LengthUnit unit) { return unit == LengthUnit::angstrom ? 1 : 10; }

  const float* float_ = nullptr;
  const double* double_ = nullptr;
  const std::int32_t* milli_ = nullptr;
  std::size_t size_;
  double per_unit_ = 1;  ///< Å
};

/// What is known of the atoms of a model besides where they are: columns of one
/// length n. Those that may be empty say what then holds.
struct Atoms {
  std::vector<std::string> atom_names;        ///< `CA`, `HB2`, without blanks
  std::vector<std::string> residue_names;     ///< `ALA`
  std::vector<std::int32_t> residue_numbers;  ///< author numbers
  std::vector<std::string> chains;            ///< empty: all in chain `A`
  std::vector<char> insertion_codes;          ///< ' ' is none; empty: none
  std::vector<char> altlocs;                  ///< ' ' is none; empty: one conformation
  std::vector<double> occupancies;            ///< decide between altlocs; empty: all 1
};

/// The typed sites of atoms in memory. They are placed by the rules for files (see
/// docs/method.md): the same atoms give the same Model, sha256 included, whether
/// they come from here or from a file. Hydrogens and water are no sites (nor
/// nucleotides, where the scheme names none), MSE is MET, a CB that is missing is built, a residue
/// of unknown name belongs to the chain when it is bonded to a neighbour, and of alternative
/// conformations the one of the highest occupancy is taken. Atoms of a residue
/// need not stand together. A chain is what has one name in `chains`; give ligands
/// that are amino acids a chain of their own.
///
/// There is no pLDDT here: leave the atoms of unsure residues out. Separations
/// across the gap then follow the residue numbers.
/// @throws UsageError when columns differ in length; FormatError naming the atom
///         when the coordinate of a site is not finite or beyond ±2,000,000 Å, and
///         when there is no site of the scheme.
Model from_atoms(const Atoms& atoms, const Coordinates& coordinates, const Scheme& scheme,
                 const std::string& id = "model");

/// What is known of sites whose types are known: columns of one length n.
struct Sites {
  std::vector<std::uint16_t> types;    ///< numbers of types of the scheme
  std::vector<std::int32_t> residues;  ///< their numbers; empty: each site is one of its own
  std::vector<std::string> chains;     ///< empty: all in chain `A`
};

/// A model of typed sites. The sites of a residue stand together: another begins
/// where number or chain changes. Separations are sums of the differences of
/// residue numbers between two residues of a chain.
/// @throws UsageError when columns differ in length, a type is not of the scheme,
///         or a coordinate is not finite or beyond ±2,000,000 Å.
Model from_sites(const Sites& sites, const Coordinates& coordinates, const Scheme& scheme,
                 const std::string& id = "model");

}  // namespace potential
