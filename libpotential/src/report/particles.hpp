#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <potential/report/simulation.hpp>

#include "scoring/scoring_table.hpp"
#include "scoring/smooth_table.hpp"

namespace potential {

/// What an input for simulations says of a model and a potential.
class Particles {
 public:
  /// @throws UsageError when a score is not finite or the temperature is not positive.
  Particles(const PotentialTable& table, const Model& model, const SimulationOptions& options);

  const SmoothTable& curves() const { return *curves_; }
  const ScoringTable& scoring() const { return *scoring_; }
  const SeparationClasses& classes() const { return scoring_->separations; }

  /// Types that are present, as numbers of the scheme, ascending.
  const std::vector<std::uint16_t>& types() const { return types_; }
  const std::vector<std::string>& type_names() const { return names_; }
  const std::vector<double>& masses() const { return masses_; }           ///< [types] g/mol
  std::size_t type_of(std::size_t site) const { return type_of_[site]; }  ///< among these

  /// The row of curves() of two types, numbered among those present, and a class.
  std::size_t row(std::size_t first, std::size_t second, std::size_t of_class) const;

 private:
  std::shared_ptr<const ScoringTable> scoring_;
  std::unique_ptr<const SmoothTable> curves_;
  std::vector<std::uint16_t> types_;
  std::vector<std::string> names_;
  std::vector<double> masses_;
  std::vector<std::size_t> type_of_;
};

}  // namespace potential
