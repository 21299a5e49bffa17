#include <cmath>

#include "training/from_cutoff.hpp"

namespace potential::states {
namespace {

/// Finite ideal gas: (r_d/r_cut)^α (Δr_d/Δr_cut) n_ij(cut).
Reference expected(const ClassCounts& counts, const TrainRecipe& recipe) {
  const double alpha = recipe.parameters.at("alpha");
  const auto density = [=](double r) { return std::pow(r, alpha); };
  const auto integral = [=](double from, double to) {
    return (std::pow(to, alpha + 1) - std::pow(from, alpha + 1)) / (alpha + 1);
  };
  return carry_from_cutoff(counts, recipe.pseudocount, density, integral);
}

}  // namespace

ReferenceState dfire() {
  return {"dfire",
          "Zhou & Zhou 2002",
          14.5,
          false,
          {{"alpha", 1.61, 0, 10, "", "exponent of the distance"}},
          expected};
}

}  // namespace potential::states
