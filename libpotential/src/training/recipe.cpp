#include <charconv>
#include <potential/support/error.hpp>
#include <potential/training/combine.hpp>
#include <potential/training/recipe.hpp>

namespace potential {
namespace {

const std::string& value_of(const Options& recipe, const std::string& name) {
  const auto found = recipe.find(name);
  if (found == recipe.end())
    throw UsageError("the potential does not say its '" + name +
                     "', so it cannot be trained again; train it from counts anew");
  return found->second;
}

double parse_number(const std::string& name, const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw UsageError("the potential's option '" + name + "' is '" + text + "', not a number");
  return value;
}

std::vector<double> parse_weights(const std::string& text) {
  std::vector<double> weights;
  for (std::size_t first = 0; first <= text.size();) {
    const std::size_t comma = std::min(text.find(',', first), text.size());
    weights.push_back(parse_number("weights", text.substr(first, comma - first)));
    first = comma + 1;
  }
  return weights;
}

/// The options `2.name` of the second part, as `name`.
Options part_of(const Options& recipe, std::size_t part) {
  const std::string prefix = std::to_string(part) + ".";
  Options own;
  for (const auto& [name, value] : recipe)
    if (name.rfind(prefix, 0) == 0) own[name.substr(prefix.size())] = value;
  return own;
}

}  // namespace

TrainOptions train_options_of(const Options& recipe, const TableAxes& counted) {
  const auto number = [&](const char* name) { return parse_number(name, value_of(recipe, name)); };
  TrainOptions options;
  options.reference = parse_reference_state(value_of(recipe, "reference"));
  options.pseudocount = number("pseudocount");
  options.smoothing = Smoothing::parse(value_of(recipe, "smoothing"));
  options.normalize = parse_normalization(value_of(recipe, "normalize"));
  options.pool = recipe.count("pool") != 0;
  const DistanceBins bins = DistanceBins::parse(value_of(recipe, "bins"));
  if (bins != counted.bins) options.bins = bins;
  if (recipe.count("cutoff") != 0) options.cutoff = number("cutoff");
  if (recipe.count("alpha") != 0) options.alpha = number("alpha");
  if (recipe.count("kuhn-length") != 0) options.kuhn_length = number("kuhn-length");
  if (recipe.count("decimals") != 0) options.decimals = static_cast<int>(number("decimals"));
  return options;
}

PotentialTable retrain(const ContactCounts& counts, const Options& recipe) {
  const auto weights = recipe.find("weights");
  if (weights == recipe.end()) {
    const auto types = recipe.find("types");
    if (counts.has_margins() && types != recipe.end() && types->second != counts.axes.scheme.name())
      throw UsageError("the potential, or a part of it, was trained with the types " +
                       types->second + ", the counts have " + counts.axes.scheme.name());
    return train(counts, train_options_of(recipe, counts.axes));
  }
  const std::vector<double> of_parts = parse_weights(weights->second);
  std::vector<PotentialTable> parts;
  for (std::size_t part = 1; part <= of_parts.size(); ++part)
    parts.push_back(retrain(counts, part_of(recipe, part)));
  CombineOptions options;
  if (const auto digits = recipe.find("binary-digits"); digits != recipe.end())
    options.binary_digits = static_cast<int>(parse_number(digits->first, digits->second));
  return combine(parts, of_parts, options);
}

}  // namespace potential
