#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <potential/report/simulation.hpp>
#include <potential/support/error.hpp>

#include "report/particles.hpp"

namespace potential {
namespace {

using Text = std::back_insert_iterator<std::string>;

constexpr double boltzmann = 0.0019872067;  ///< kcal/mol/K, as LAMMPS has it in units real
/// Å between the lines of a table. Centres of bins fall on them, as the edges of bins of half
/// Å do, and a cubic spline through them is then the curve itself.
constexpr double step = 0.0125;
/// Of LAMMPS' own tables, which are even in the square of the distance.
constexpr int inner_points = 12000;

/// The one class, of which LAMMPS can be told: what is left out are neighbours, or chains.
const SeparationClasses::Class& open_class(const SeparationClasses& classes) {
  if (classes.size() != 1)
    throw UsageError("separation", "the potential has the classes " + classes.to_string() +
                                       ", and LAMMPS has one table for two types: say which");
  const auto& one = classes.classes().front();
  if (one.ranges.size() > 1 ||
      (one.ranges.size() == 1 && one.ranges.front().last != SeparationClasses::open()))
    throw UsageError("separation", "the class " + classes.label(0) +
                                       " has an end, and in LAMMPS only neighbours can be left "
                                       "out: take an open one, such as 3+");
  return one;
}

std::string section_name(const Particles& particles, std::size_t i, std::size_t j) {
  return particles.type_names()[i] + "-" + particles.type_names()[j];
}

void add_curve(const Particles& particles, std::size_t row, double unit, Text out) {
  const SmoothTable& curves = particles.curves();
  const int lines = static_cast<int>(std::lround(curves.cutoff / step));
  fmt::format_to(out, "N {} R {:.6g} {:.6g}\n\n", lines, curves.cutoff / lines, curves.cutoff);
  for (int k = 1; k <= lines; ++k) {
    const double r = curves.cutoff * k / lines;
    const SmoothTable::Point at = k < lines ? curves.at(row, r) : SmoothTable::Point{0, 0};
    fmt::format_to(out, "{} {:.6g} {:.9g} {:.9g}\n", k, r, unit * at.value, -unit * at.slope);
  }
}

std::string table_text(const Particles& particles, double unit) {
  std::string text = "# energies in kcal/mol, forces in kcal/mol/Angstrom\n";
  Text out(text);
  const std::size_t types = particles.types().size();
  for (std::size_t i = 0; i < types; ++i)
    for (std::size_t j = i; j < types; ++j) {
      fmt::format_to(out, "\n{}\n", section_name(particles, i, j));
      add_curve(particles, particles.row(i, j, 0), unit, out);
    }
  return text;
}

/// Calls visit(i, j) for sites of one chain whose pairs the class leaves out.
template <class Visit>
void for_each_left_out(const Model& model, const SeparationClasses& classes, const Visit& visit) {
  for (std::uint32_t i = 0; i < model.size(); ++i)
    for (std::uint32_t j = i + 1; j < model.size(); ++j) {
      const Residue &a = model.residues[model.residue[i]], &b = model.residues[model.residue[j]];
      if (a.chain == b.chain && (model.residue[i] == model.residue[j] ||
                                 classes.of_separation(std::abs(a.position - b.position)) < 0))
        visit(i, j);
    }
}

struct Bonds {
  std::size_t number = 0;
  std::string text;
};

/// @param of_class  pairs of one chain are left out one by one, or as those of a molecule
Bonds bonds_of(const Model& model, const SeparationClasses& classes,
               const SeparationClasses::Class& of_class) {
  Bonds bonds;
  if (!of_class.ranges.empty())
    for_each_left_out(model, classes, [&](std::uint32_t i, std::uint32_t j) {
      fmt::format_to(Text(bonds.text), "{} 1 {} {}\n", ++bonds.number, i + 1, j + 1);
    });
  return bonds;
}

std::string data_text(const Particles& particles, const Model& model, const Bonds& bonds) {
  std::string text;
  Text out(text);
  fmt::format_to(out, "Sites of {}\n\n{} atoms\n{} atom types\n", model.id, model.size(),
                 particles.types().size());
  if (bonds.number > 0) fmt::format_to(out, "{} bonds\n1 bond types\n", bonds.number);
  const char* const names[] = {"x", "y", "z"};
  const std::vector<std::int32_t>* const coordinates[] = {&model.x, &model.y, &model.z};
  for (int k = 0; k < 3; ++k) {
    const auto [low, high] = std::minmax_element(coordinates[k]->begin(), coordinates[k]->end());
    fmt::format_to(out, "{0} {1} {2}lo {2}hi\n", *low / 1000.0 - 1, *high / 1000.0 + 1, names[k]);
  }
  fmt::format_to(out, "\nMasses\n\n");
  for (std::size_t type = 0; type < particles.types().size(); ++type)
    fmt::format_to(out, "{} {} # {}\n", type + 1, particles.masses()[type],
                   particles.type_names()[type]);
  fmt::format_to(out, "\nAtoms # bond\n\n");
  for (std::size_t i = 0; i < model.size(); ++i)
    fmt::format_to(out, "{} {} {} {:.3f} {:.3f} {:.3f}\n", i + 1,
                   model.residues[model.residue[i]].chain + 1, particles.type_of(i) + 1,
                   model.x[i] / 1000.0, model.y[i] / 1000.0, model.z[i] / 1000.0);
  if (bonds.number > 0) text += "\nBonds\n\n" + bonds.text;
  return text;
}

std::string input_text(const Particles& particles, const SeparationClasses::Class& of_class,
                       bool with_bonds, const std::string& name) {
  std::string text = "units real\natom_style bond\nboundary s s s\n";
  if (with_bonds)
    text +=
        "# bonds without energy join the sites whose pairs do not count\n"
        "bond_style zero nocoeff\nspecial_bonds lj/coul 0 1 1\n";
  Text out(text);
  fmt::format_to(out, "read_data {}.data\n", name);
  if (with_bonds) text += "bond_coeff *\n";
  fmt::format_to(out, "pair_style table spline {}\n", inner_points);
  const std::size_t types = particles.types().size();
  for (std::size_t i = 0; i < types; ++i)
    for (std::size_t j = i; j < types; ++j)
      fmt::format_to(out, "pair_coeff {} {} {}.table {}\n", i + 1, j + 1, name,
                     section_name(particles, i, j));
  if (!of_class.inter) text += "neigh_modify exclude molecule/inter all\n";
  if (of_class.ranges.empty()) text += "neigh_modify exclude molecule/intra all\n";
  text += "thermo_style custom step pe\nrun 0\n";
  return text;
}

}  // namespace

LammpsFiles lammps_files(const PotentialTable& table, const Model& model, const std::string& name,
                         const SimulationOptions& options) {
  const Particles particles(table, model, options);
  const auto& of_class = open_class(particles.classes());
  const Bonds bonds = bonds_of(model, particles.classes(), of_class);
  return {input_text(particles, of_class, bonds.number > 0, name),
          data_text(particles, model, bonds),
          table_text(particles, boltzmann * options.temperature)};
}

}  // namespace potential
