#include <potential/core/combine.hpp>
#include <potential/support/error.hpp>
#include <potential/training/recipe.hpp>
#include <potential/training/reference_states.hpp>

namespace potential {
namespace {

TrainOptions train_options_of(const Recipe& recipe, const TableAxes& counted) {
  TrainOptions options;
  static_cast<TrainRecipe&>(options) = *recipe.training;
  options.normalize = recipe.normalize.value_or(Normalization::total);
  options.inter_as = recipe.inter_as;
  if (recipe.bins && *recipe.bins != counted.bins) options.bins = recipe.bins;
  // A file does not say which of its numbers belong to the reference state.
  options.parameters.clear();
  for (const Parameter& parameter : find_reference_state(options.reference).parameters)
    if (const auto found = recipe.training->parameters.find(parameter.name);
        found != recipe.training->parameters.end())
      options.parameters.insert(*found);
  return options;
}

}  // namespace

PotentialTable retrain(const ContactCounts& counts, const Recipe& recipe) {
  if (recipe.is_sum()) {
    std::vector<PotentialTable> parts;
    for (const Recipe& part : recipe.parts) parts.push_back(retrain(counts, part));
    CombineOptions options;
    options.binary_digits = recipe.binary_digits;
    options.inter_as = recipe.inter_as;
    options.separations = recipe.separations;
    for (std::size_t k = 1; k <= parts.size(); ++k) options.names.push_back(std::to_string(k));
    return combine(parts, recipe.weights, options);
  }
  if (!recipe.training)
    throw UsageError("the potential does not say how it was trained" +
                     (recipe.problem.empty() ? "" : " (" + recipe.problem + ")") +
                     ", so it cannot be trained again; train it from counts anew");
  if (counts.has_margins() && !recipe.types.empty() && recipe.types != counts.axes.scheme.name())
    throw UsageError("the potential, or a part of it, was trained with the types " + recipe.types +
                     ", the counts have " + counts.axes.scheme.name());
  return train(counts, train_options_of(recipe, counts.axes));
}

}  // namespace potential
