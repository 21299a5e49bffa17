#include <fmt/format.h>

#include <potential/support/error.hpp>
#include <potential/training/reference_states.hpp>
#include <potential/training/train.hpp>

namespace potential {
namespace {

void require_range(const std::string& option, double value, double min, double max,
                   const std::string& unit = "") {
  if (!(value >= min && value <= max))
    throw UsageError(fmt::format("{} is {}; give a number from {} to {}{}", option, value, min, max,
                                 unit.empty() ? "" : " " + unit));
}

/// The default of another state's parameter asks for nothing, so it is let pass.
void refuse_foreign(const std::string& name, double value, const ReferenceState& state) {
  for (const SharedParameter& known : reference_parameters()) {
    if (known.parameter.name != name) continue;
    if (value == known.parameter.default_value) return;
    throw UsageError(fmt::format("{} belongs to the reference state {}, not to {}", name,
                                 known.states, state.name));
  }
  throw UsageError("no reference state has a parameter '" + name + "'");
}

}  // namespace

void TrainOptions::check() const {
  const ReferenceState& state = find_reference_state(reference);
  if (pseudocount != 0) require_range("the pseudocount", pseudocount, 1e-100, max_pseudocount);
  require_range("the number of decimals", decimals, -1, max_decimals);
  if (smoothing.kind != Smoothing::Kind::none)
    require_range("the strength of smoothing", smoothing.strength, 1e-9, 1e9);
  if (cutoff) require_range("the cut-off", *cutoff, min_cutoff, max_cutoff, "Å");
  for (const auto& [name, value] : parameters)
    if (const Parameter* own = state.find_parameter(name))
      require_range(name, value, own->min, own->max, own->unit);
    else
      refuse_foreign(name, value, state);
}

}  // namespace potential
