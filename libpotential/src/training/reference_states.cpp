#include <algorithm>
#include <potential/support/error.hpp>
#include <potential/training/reference_states.hpp>

namespace potential {

// The reference states, one a line, in the order of every list; the values and
// the formula of each are in reference_NAME.cpp.
#define POTENTIAL_REFERENCE_STATES(STATE) \
  STATE(rapdf)                            \
  STATE(kbp)                              \
  STATE(dfire)                            \
  STATE(dope)                             \
  STATE(srs)                              \
  STATE(rw)                               \
  /* a line more for each that is added */

namespace states {
#define POTENTIAL_DECLARE(name) ReferenceState name();
POTENTIAL_REFERENCE_STATES(POTENTIAL_DECLARE)
}  // namespace states

const std::vector<ReferenceState>& reference_states() {
#define POTENTIAL_CALL(name) states::name(),
  static const std::vector<ReferenceState> all = {POTENTIAL_REFERENCE_STATES(POTENTIAL_CALL)};
  return all;
}

const Parameter* ReferenceState::find_parameter(const std::string& parameter) const {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const Parameter& one) { return one.name == parameter; });
  return found == parameters.end() ? nullptr : &*found;
}

const ReferenceState& find_reference_state(const std::string& name) {
  for (const ReferenceState& state : reference_states())
    if (state.name == name) return state;
  throw UsageError("reference state '" + name + "': give " + join_reference_states());
}

std::string join_reference_states(const std::string& conjunction,
                                  const std::function<bool(const ReferenceState&)>& which) {
  std::string list, last;
  for (const ReferenceState& state : reference_states()) {
    if (which && !which(state)) continue;
    if (!last.empty()) list += (list.empty() ? "" : ", ") + last;
    last = state.name;
  }
  return list.empty() ? last : list + " " + conjunction + " " + last;
}

std::vector<SharedParameter> reference_parameters() {
  std::vector<SharedParameter> all;
  for (const ReferenceState& state : reference_states())
    for (const Parameter& parameter : state.parameters) {
      const auto has_it = [&](const ReferenceState& other) {
        return other.find_parameter(parameter.name) != nullptr;
      };
      const auto& states = reference_states();
      if (&*std::find_if(states.begin(), states.end(), has_it) == &state)
        all.push_back({parameter, join_reference_states("and", has_it)});
    }
  return all;
}

}  // namespace potential
