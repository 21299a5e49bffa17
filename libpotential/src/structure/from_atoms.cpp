#include <cmath>
#include <potential/structure/from_atoms.hpp>
#include <potential/support/error.hpp>

#include "structure/columns.hpp"
#include "structure/decimal.hpp"
#include "structure/model_from_atoms.hpp"

namespace potential {
namespace {

/// Rounded half away from zero, without a call of std::round.
/// @param scale  mÅ in a unit
std::int32_t milli_of(double value, double scale) {
  if (!std::isfinite(value)) return unreadable_coordinate;
  const double exact = value * scale;
  if (std::abs(exact) > static_cast<double>(largest_coordinate) + 1) return distant_coordinate;
  const auto whole = static_cast<std::int64_t>(exact);
  const double rest = exact - static_cast<double>(whole);
  const std::int64_t milli = whole + (rest >= 0.5 ? 1 : 0) - (rest <= -0.5 ? 1 : 0);
  return std::abs(milli) > largest_coordinate ? distant_coordinate
                                              : static_cast<std::int32_t>(milli);
}

void check_columns(const Atoms& atoms, std::size_t n) {
  require_length("atom_names", atoms.atom_names.size(), n);
  require_length("residue_names", atoms.residue_names.size(), n);
  require_length("residue_numbers", atoms.residue_numbers.size(), n);
  require_length_or_none("chains", atoms.chains.size(), n);
  require_length_or_none("insertion_codes", atoms.insertion_codes.size(), n);
  require_length_or_none("altlocs", atoms.altlocs.size(), n);
  require_length_or_none("occupancies", atoms.occupancies.size(), n);
}

/// The rows of an atom table, which lead into the occupancies as text.
class AtomsInMemory {
 public:
  AtomsInMemory(const Atoms& atoms, const Coordinates& coordinates)
      : atoms_(atoms), coordinates_(coordinates), marks_(coordinates.size()) {
    occupancies_.reserve(atoms.occupancies.size());
    for (const double occupancy : atoms.occupancies)
      occupancies_.push_back(std::to_string(occupancy));
  }

  AtomTable table(const ResidueRules& rules) const {
    AtomTableBuilder builder(rules, RowChoice::polymer);
    builder.reserve(coordinates_.size());
    bool wanted = false;
    for (std::size_t i = 0; i < coordinates_.size(); ++i) {
      if (i == 0 || !same_residue(i, i - 1)) wanted = builder.begin_residue(label(i));
      if (!wanted) continue;
      const AtomRow atom = row(i);
      if (builder.is_wanted(atom.hydrogen, atom.altloc)) builder.add(atom);
    }
    return builder.finish();
  }

  /// AtomRow::where of the first atom; those of the others follow it.
  const char* first_mark() const { return marks_.data(); }

 private:
  bool same_residue(std::size_t i, std::size_t j) const {
    return atoms_.residue_numbers[i] == atoms_.residue_numbers[j] &&
           atoms_.residue_names[i] == atoms_.residue_names[j] && chain(i) == chain(j) &&
           insertion_code(i) == insertion_code(j);
  }

  std::string_view chain(std::size_t i) const {
    return atoms_.chains.empty() ? std::string_view("A") : atoms_.chains[i];
  }
  char insertion_code(std::size_t i) const {
    return atoms_.insertion_codes.empty() ? ' ' : atoms_.insertion_codes[i];
  }

  ResidueLabel label(std::size_t i) const {
    ResidueLabel label;
    label.name = atoms_.residue_names[i];
    label.chain = chain(i);
    label.number = atoms_.residue_numbers[i];
    label.insertion_code = insertion_code(i);
    label.key = std::uint64_t{static_cast<std::uint32_t>(label.number)} << 8 |
                static_cast<unsigned char>(label.insertion_code);
    return label;
  }

  AtomRow row(std::size_t i) const {
    AtomRow row;
    row.atom = pack_atom(atoms_.atom_names[i]);
    row.hydrogen = is_hydrogen(atoms_.atom_names[i]);
    if (!atoms_.altlocs.empty()) row.altloc = atoms_.altlocs[i];
    if (!occupancies_.empty()) row.occupancy = occupancies_[i];
    row.x = coordinates_.milli(3 * i);
    row.y = coordinates_.milli(3 * i + 1);
    row.z = coordinates_.milli(3 * i + 2);
    row.where = marks_.data() + i;
    return row;
  }

  const Atoms& atoms_;
  const Coordinates& coordinates_;
  std::vector<std::string> occupancies_;
  std::vector<char> marks_;  ///< what stands for the places of the atoms in a text
};

}  // namespace

std::int32_t Coordinates::milli(std::size_t i) const {
  if (float_ != nullptr) return milli_of(double{float_[i]}, 1000 * per_unit_);
  if (double_ != nullptr) return milli_of(double_[i], 1000 * per_unit_);
  if (milli_[i] == unreadable_coordinate) return unreadable_coordinate;
  return std::abs(std::int64_t{milli_[i]}) > largest_coordinate ? distant_coordinate : milli_[i];
}

double Coordinates::angstrom(std::size_t i) const {
  if (float_ != nullptr) return double{float_[i]} * per_unit_;
  if (double_ != nullptr) return double_[i] * per_unit_;
  return milli_[i] / 1000.0;
}

Model model_from_atoms(const Atoms& atoms, const Coordinates& coordinates, const Scheme& scheme,
                       const std::string& id,
                       const std::function<void(const SiteOrigins&, const char*)>& tell) {
  check_columns(atoms, coordinates.size());
  const ResidueRules rules(scheme);
  SourceText source;
  source.id = id;
  source.coordinates = "the coordinates given";
  source.has_lines = false;
  const AtomsInMemory in_memory(atoms, coordinates);
  const std::vector<std::string> all_chains;
  SiteOptions options;
  options.rules = &rules;
  options.chains = &all_chains;
  options.heavy_atoms = true;
  SiteOrigins origins;
  if (tell) options.origins = &origins;
  const AtomTable table = in_memory.table(rules);
  Model model = place_sites(table, options, source);
  model.id = id;
  if (model.size() == 0) source.fail("holds no site of the scheme");
  if (tell) tell(origins, in_memory.first_mark());
  return model;
}

Model from_atoms(const Atoms& atoms, const Coordinates& coordinates, const Scheme& scheme,
                 const std::string& id) {
  return model_from_atoms(atoms, coordinates, scheme, id, nullptr);
}

}  // namespace potential
