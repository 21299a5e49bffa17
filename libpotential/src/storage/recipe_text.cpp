#include <fmt/format.h>

#include <charconv>
#include <potential/storage/recipe_text.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

constexpr int max_depth = 50;

std::string format_number(double value) { return fmt::format("{}", value); }

std::string format_shares(const ResidueShares& shares) {
  std::string text;
  for (const auto& [residue, share] : shares)
    text += fmt::format("{}{} {:.6f}", text.empty() ? "" : ",", residue, share);
  return text;
}

void write_training(const TrainRecipe& training, Options& all) {
  for (const auto& [name, value] : training.parameters) all[name] = format_number(value);
  all["reference"] = training.reference;
  all["pseudocount"] = format_number(training.pseudocount);
  all["smoothing"] = training.smoothing.to_string();
  if (training.pool) all["pool"] = "yes";
  if (training.cutoff) all["cutoff"] = format_number(*training.cutoff);
  if (training.decimals >= 0) all["decimals"] = fmt::format("{}", training.decimals);
}

void write_sum(const Recipe& recipe, Options& all) {
  for (std::size_t k = 0; k < recipe.parts.size(); ++k)
    for (const auto& [name, value] : to_options(recipe.parts[k]))
      all[fmt::format("{}.{}", k + 1, name)] = value;
  std::string weights;
  for (const Weight& weight : recipe.weights)
    weights += (weights.empty() ? "" : ",") + weight.to_string();
  all["weights"] = weights;
  if (recipe.binary_digits >= 0) all["binary-digits"] = fmt::format("{}", recipe.binary_digits);
  if (!recipe.residue_shares.empty()) all["residue-shares"] = format_shares(recipe.residue_shares);
}

/// @returns false unless it is a number and nothing else.
template <class Number>
bool read_number(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> pieces;
  for (std::size_t comma = 0; comma != text.npos; text.remove_prefix(comma + 1)) {
    comma = text.find(',');
    pieces.push_back(text.substr(0, comma));
    if (comma == text.npos) break;
  }
  return pieces;
}

ResidueShares parse_shares(const std::string& text) {
  ResidueShares shares;
  for (const std::string_view entry : split(text)) {
    const auto space = entry.find(' ');
    if (space == entry.npos ||
        !read_number(entry.substr(space + 1), shares[std::string(entry.substr(0, space))]))
      return {};
  }
  return shares;
}

/// Options from which one after the other is taken.
class Rest {
 public:
  explicit Rest(const Options& options) : left_(options) {}

  std::optional<std::string> take(const std::string& name) {
    const auto node = left_.extract(name);
    return node.empty() ? std::nullopt : std::optional(node.mapped());
  }
  std::string need(const std::string& name) {
    if (auto text = take(name)) return *text;
    throw Error("it does not say its '" + name + "'");
  }
  template <class Number>
  std::optional<Number> take_number(const std::string& name) {
    const auto text = take(name);
    if (!text) return std::nullopt;
    Number value{};
    if (!read_number(*text, value))
      throw Error("its '" + name + "' is '" + *text + "', not a number");
    return value;
  }
  /// Numbers in the words of format_number(), so that they are written again as
  /// they were.
  Parameters take_numbers() {
    Parameters numbers;
    for (auto one = left_.begin(); one != left_.end();) {
      double value = 0;
      const bool number = read_number(one->second, value) && format_number(value) == one->second;
      if (number) numbers[one->first] = value;
      one = number ? left_.erase(one) : std::next(one);
    }
    return numbers;
  }
  /// The options `2.name` of the second part, as `name`.
  Options take_part(std::size_t part) {
    const std::string prefix = fmt::format("{}.", part);
    Options own;
    auto one = left_.lower_bound(prefix);
    for (; one != left_.end() && one->first.rfind(prefix, 0) == 0; one = left_.erase(one))
      own[one->first.substr(prefix.size())] = one->second;
    if (own.empty()) throw Error(fmt::format("it does not say how part {} was made", part));
    return own;
  }
  const Options& all() const { return left_; }

 private:
  Options left_;
};

void parse_layout(Rest& rest, Recipe& recipe) {
  recipe.types = rest.take("types").value_or("");
  if (const auto bins = rest.take("bins")) recipe.bins = DistanceBins::parse(*bins);
  if (const auto classes = rest.take("separations"))
    recipe.separations = SeparationClasses::parse(*classes);
  recipe.inter_as = rest.take("inter-as").value_or("");
}

TrainRecipe parse_training(Rest& rest) {
  TrainRecipe training;
  training.reference = rest.need("reference");
  training.smoothing = Smoothing::parse(rest.need("smoothing"));
  const auto pseudocount = rest.take_number<double>("pseudocount");
  if (!pseudocount) throw Error("it does not say its 'pseudocount'");
  training.pseudocount = *pseudocount;
  training.pool = rest.take("pool").has_value();
  training.cutoff = rest.take_number<double>("cutoff");
  training.decimals = rest.take_number<int>("decimals").value_or(-1);
  training.parameters = rest.take_numbers();
  return training;
}

Recipe parse_part(const Options& options, int depth);

/// @param depth  of sums of sums above
void parse_sum(Rest& rest, int depth, Recipe& recipe) {
  if (depth == max_depth) throw Error("its parts are nested too deep");
  const std::string weights = rest.need("weights");  // split() gives views into it
  for (const std::string_view text : split(weights))
    recipe.weights.push_back(Weight::parse(std::string(text)));
  for (std::size_t part = 1; part <= recipe.weights.size(); ++part)
    recipe.parts.push_back(parse_part(rest.take_part(part), depth + 1));
  recipe.binary_digits = rest.take_number<int>("binary-digits").value_or(-1);
  recipe.residue_shares = parse_shares(rest.take("residue-shares").value_or(""));
}

Recipe parse_known(Rest rest, int depth) {
  Recipe recipe;
  parse_layout(rest, recipe);
  if (rest.all().count("weights") != 0) {
    parse_sum(rest, depth, recipe);
  } else {
    if (rest.take("standard-error")) recipe.jackknife_groups = rest.take_number<int>("groups");
    recipe.training = parse_training(rest);
  }
  recipe.counting = rest.all();
  return recipe;
}

Recipe parse_part(const Options& options, int depth) {
  Rest rest(options);
  const auto normalize = rest.take("normalize");
  Recipe recipe;
  try {
    recipe = parse_known(rest, depth);
  } catch (const Error& error) {
    recipe.counting = rest.all();
    recipe.problem = error.what();
  }
  if (normalize) recipe.normalize = parse_normalization(*normalize);
  return recipe;
}

}  // namespace

Options to_options(const Recipe& recipe) {
  Options all = recipe.counting;
  if (!recipe.types.empty()) all.emplace("types", recipe.types);
  if (recipe.bins) all["bins"] = recipe.bins->to_string();
  if (recipe.separations) all["separations"] = recipe.separations->to_string();
  if (!recipe.inter_as.empty()) all["inter-as"] = recipe.inter_as;
  if (recipe.normalize) all["normalize"] = to_string(*recipe.normalize);
  if (recipe.training) write_training(*recipe.training, all);
  if (recipe.jackknife_groups) {
    all["standard-error"] = "jackknife";
    all["groups"] = fmt::format("{}", *recipe.jackknife_groups);
  }
  if (recipe.is_sum()) write_sum(recipe, all);
  return all;
}

Recipe parse_recipe(const Options& options) { return parse_part(options, 0); }

}  // namespace potential
