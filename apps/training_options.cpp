#include "training_options.hpp"

#include <fmt/format.h>

#include <potential/training/reference_states.hpp>

namespace potential::app {
namespace {

/// `dfire 14.5, dope 15, rw 15.5`
std::string list_default_cutoffs() {
  std::string list;
  for (const ReferenceState& state : reference_states())
    if (state.cutoff)
      list += fmt::format("{}{} {}", list.empty() ? "" : ", ", state.name, *state.cutoff);
  return list;
}

}  // namespace

void add_training_options(CommandLine& line) {
  const TrainOptions standard;
  std::vector<std::string> states;
  for (const ReferenceState& state : reference_states()) states.push_back(state.name);
  line.option(0, "reference", "STATE", "reference state: " + join_reference_states(),
              standard.reference)
      .choices(states)
      .option(0, "pseudocount", "X", "added to the count of each cell", "1e-4")
      .option(0, "smoothing", "HOW", "small counts: none, sippl[:SIGMA] or shrink[:M] (M counts)",
              standard.smoothing.to_string())
      .flag(0, "pool", "train all separation classes as one")
      .option(0, "cutoff", "Å",
              "cut-off, which every reference state takes: bins beyond the one\n"
              "that holds it score 0; default " +
                  list_default_cutoffs() + ",\nelse none");
  for (const auto& [parameter, states] : reference_parameters())
    line.option(0, parameter.name, parameter.unit.empty() ? "X" : parameter.unit,
                states + ": " + parameter.help, fmt::format("{:.4g}", parameter.default_value));
  line.option(0, "inter-as", "CLASS",
              "the separation class that judges pairs between chains too,\n"
              "when the counts have none for them: its label, as in 21+")
      .option(0, "normalize", "BY",
              "what score will rank by: total, residue or contact (the\n"
              "score divided by nothing, residues or contacts); stored",
              to_string(standard.normalize))
      .choices({"total", "residue", "contact"})
      .option(0, "decimals", "N",
              fmt::format("round scores to N decimals (0 to {})", max_decimals));
}

std::vector<std::string> training_option_names() {
  CommandLine line("", "");
  add_training_options(line);
  std::vector<std::string> names{"bins"};
  for (const Option& option : line.options()) names.push_back(option.name);
  return names;
}

TrainOptions read_train_options(const Arguments& arguments) {
  TrainOptions options;
  options.reference = find_reference_state(arguments.text("reference")).name;
  options.pseudocount = arguments.number("pseudocount", 0, max_pseudocount);
  options.smoothing = Smoothing::parse(arguments.text("smoothing"));
  options.pool = arguments.has("pool");
  if (arguments.has("cutoff")) options.cutoff = arguments.number("cutoff", min_cutoff, max_cutoff);
  for (const auto& [parameter, states] : reference_parameters())
    if (arguments.has(parameter.name))
      options.parameters[parameter.name] =
          arguments.number(parameter.name, parameter.min, parameter.max);
  options.inter_as = arguments.text("inter-as");
  options.normalize = parse_normalization(arguments.text("normalize"));
  if (arguments.has("decimals")) options.decimals = arguments.whole("decimals", 0, max_decimals);
  return options;
}

}  // namespace potential::app
