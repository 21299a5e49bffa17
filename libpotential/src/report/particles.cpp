#include "report/particles.hpp"
#include <algorithm>
#include <map>
#include <potential/core/combine.hpp>
#include <potential/core/scheme.hpp>
#include <potential/scoring/score.hpp>
#include <potential/support/error.hpp>

#include "scoring/carriers.hpp"

namespace potential {
namespace {

/// Mean masses of elements and of residues in a chain, g/mol.
double mass_of(const Scheme& scheme, int type) {
  static const std::map<char, double> elements{
      {'C', 12.011}, {'N', 14.007}, {'O', 15.999}, {'P', 30.974}, {'S', 32.06}};
  static const std::map<std::string, double> residues{
      {"ALA", 71.08},  {"ARG", 156.19}, {"ASN", 114.10}, {"ASP", 115.09}, {"CYS", 103.14},
      {"GLN", 128.13}, {"GLU", 129.12}, {"GLY", 57.05},  {"HIS", 137.14}, {"ILE", 113.16},
      {"LEU", 113.16}, {"LYS", 128.17}, {"MET", 131.19}, {"PHE", 147.18}, {"PRO", 97.12},
      {"SER", 87.08},  {"THR", 101.10}, {"TRP", 186.21}, {"TYR", 163.18}, {"VAL", 99.13}};
  constexpr double mean_residue = 110;
  const std::string& atom = scheme.atoms(type);
  if (!atom.empty() && atom != "centroid") {
    const auto element = elements.find(atom.front());
    return element != elements.end() ? element->second : elements.at('C');
  }
  const auto residue = residues.find(scheme.residues(type).substr(0, 3));
  return residue != residues.end() ? residue->second : mean_residue;
}

std::shared_ptr<const ScoringTable> scoring_of(
    const PotentialTable& table, const Model& model,
    const std::optional<SeparationClasses>& separations) {
  const PotentialTable sized = at_size(table, count_carriers(model));
  return separations ? make_scoring_table(in_classes(sized, *separations))
                     : make_scoring_table(sized);
}

}  // namespace

Particles::Particles(const PotentialTable& table, const Model& model,
                     const SimulationOptions& options)
    : scoring_(scoring_of(table, model, options.separations)),
      curves_(std::make_unique<const SmoothTable>(*scoring_)) {
  if (!(options.temperature > 0)) throw UsageError("temperature", "give a number above 0, in K");
  types_ = model.type;
  std::sort(types_.begin(), types_.end());
  types_.erase(std::unique(types_.begin(), types_.end()), types_.end());
  for (const std::uint16_t type : types_) {
    names_.push_back(table.axes.scheme.type_name(type));
    masses_.push_back(mass_of(table.axes.scheme, type));
  }
  for (const std::uint16_t type : model.type)
    type_of_.push_back(static_cast<std::size_t>(
        std::lower_bound(types_.begin(), types_.end(), type) - types_.begin()));
}

std::size_t Particles::row(std::size_t first, std::size_t second, std::size_t of_class) const {
  return scoring_->row_of(types_[first], types_[second]) /
             static_cast<std::size_t>(scoring_->bins.size()) +
         of_class;
}

}  // namespace potential
