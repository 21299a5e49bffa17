#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <potential/core/recipe.hpp>

namespace potential {

/// A number that shapes a reference state. Options, files and Python call it by
/// its name (`--kuhn-length`, `kuhn_length=`).
struct Parameter {
  std::string name;
  double default_value, min, max;
  std::string unit;  ///< `Å`; empty = a pure number
  std::string help;  ///< `exponent of the distance`
};

struct ClassCounts;  // training/reference.hpp
struct Reference;

/// What the observed counts are compared with; see docs/method.md for the
/// formulas and their sources.
struct ReferenceState {
  std::string name;
  std::string paper;
  std::optional<double> cutoff;  ///< Å, where none is asked for and the bins reach as far
  bool needs_margins;            ///< of structures, which an imported contact map lacks
  std::vector<Parameter> parameters;

  /// Expected counts of one class. The recipe has a value for each parameter.
  Reference (*expected)(const ClassCounts& counts, const TrainRecipe& recipe);
  /// Rounded scores [P, B'] without smoothing, where there is a faster way to
  /// them than by the expected counts.
  void (*score)(const ClassCounts& counts, const TrainRecipe& recipe,
                Eigen::Ref<ScoreTable> score) = nullptr;

  /// nullptr when it has no such parameter.
  const Parameter* find_parameter(const std::string& parameter) const;
};

/// All of them: the one place that lists them (training/reference_states.cpp).
const std::vector<ReferenceState>& reference_states();

/// @throws UsageError listing the names when there is none of this name.
const ReferenceState& find_reference_state(const std::string& name);

/// `rapdf, kbp or srs`: the names of those that `which` takes, by default of all.
std::string join_reference_states(
    const std::string& conjunction = "or",
    const std::function<bool(const ReferenceState&)>& which = nullptr);

/// A parameter and the states that have it, `dfire` or `dfire and rw`.
struct SharedParameter {
  Parameter parameter;
  std::string states;
};
/// The parameters of all states, each once.
std::vector<SharedParameter> reference_parameters();

}  // namespace potential
