#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <potential/support/atomic_file.hpp>
#include <potential/support/cancellation.hpp>
#include <potential/support/error.hpp>
#include <potential/training/reference_states.hpp>
#include <potential/training/terms.hpp>
#include <set>
#include <sstream>

namespace potential {
namespace {

template <class Number>
Number to_number(const std::string& text) {
  Number number{};
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc() || end != last) throw UsageError("'" + text + "' is not a number");
  return number;
}

/// From `30,-3`.
std::vector<double> to_numbers(const std::string& text) {
  std::vector<double> numbers;
  std::istringstream pieces(text + ",");
  for (std::string piece; std::getline(pieces, piece, ',');) {
    numbers.push_back(to_number<double>(piece));
    if (!(std::abs(numbers.back()) <= 1e6))
      throw UsageError("'" + piece + "' is not a number from -1e6 to 1e6");
  }
  return numbers;
}

template <class Recipe>
using Setters = std::map<std::string, std::function<void(Recipe&, const std::string&)>>;

const Setters<TermRecipe>& term_options() {
  using Text = const std::string&;
  static const Setters<TermRecipe> options = [] {
    Setters<TermRecipe> all{
        {"types", [](TermRecipe& t, Text v) { t.types = v; }},
        {"bins", [](TermRecipe& t, Text v) { t.bins = DistanceBins::parse(v); }},
        {"separations", [](TermRecipe& t, Text v) { t.separations = SeparationClasses::parse(v); }},
        {"weight", [](TermRecipe& t, Text v) { t.weight = Weight::parse(v); }},
        {"reference",
         [](TermRecipe& t, Text v) { t.train.reference = find_reference_state(v).name; }},
        {"pseudocount", [](TermRecipe& t, Text v) { t.train.pseudocount = to_number<double>(v); }},
        {"smoothing", [](TermRecipe& t, Text v) { t.train.smoothing = Smoothing::parse(v); }},
        {"cutoff", [](TermRecipe& t, Text v) { t.train.cutoff = to_number<double>(v); }},
        {"decimals", [](TermRecipe& t, Text v) { t.train.decimals = to_number<int>(v); }},
        {"inter-as", [](TermRecipe& t, Text v) { t.train.inter_as = v; }},
        {"normalize", [](TermRecipe& t, Text v) { t.train.normalize = parse_normalization(v); }},
        {"only", [](TermRecipe& t, Text v) { t.only = SeparationClasses::parse(v); }},
        {"scores", [](TermRecipe& t, Text v) { t.scores = to_numbers(v); }},
        {"pool", [](TermRecipe& t, Text) { t.train.pool = true; }}};
    for (const SharedParameter& shared : reference_parameters())
      all[shared.parameter.name] = [name = shared.parameter.name](TermRecipe& t, Text v) {
        t.train.parameters[name] = to_number<double>(v);
      };
    return all;
  }();
  return options;
}

const Setters<TermsRecipe>& sum_options() {
  using Text = const std::string&;
  static const Setters<TermsRecipe> options{
      {"types", [](TermsRecipe& s, Text v) { s.types = v; }},
      {"separations", [](TermsRecipe& s, Text v) { s.separations = SeparationClasses::parse(v); }},
      {"inter-as", [](TermsRecipe& s, Text v) { s.inter_as = v; }},
      {"binary-digits", [](TermsRecipe& s, Text v) { s.binary_digits = to_number<int>(v); }},
      {"calibration",
       [](TermsRecipe& s, Text v) {
         if (!s.calibration) s.calibration.emplace();
         s.calibration->model = parse_model_calibration(v);
       }},
      {"residue-calibration",
       [](TermsRecipe& s, Text v) {
         if (!s.calibration) s.calibration.emplace();
         s.calibration->residue = parse_residue_calibration(v);
       }},
      {"flat", [](TermsRecipe& s, Text) { s.flat = true; }}};
  return options;
}

/// What stands alone, without a value.
bool is_flag(const std::string& option) { return option == "pool" || option == "flat"; }

std::string join_options(const std::set<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

/// Hands the words `option=value` to what they set.
template <class Recipe>
void set_options(const std::vector<std::string>& words, const Setters<Recipe>& setters,
                 Recipe& recipe) {
  std::set<std::string> given;
  for (const std::string& word : words) {
    const auto equals = word.find('=');
    const std::string option = word.substr(0, equals);
    const auto setter = setters.find(option);
    if (setter == setters.end()) {
      std::set<std::string> known;
      for (const auto& [name, ignored] : setters) known.insert(name);
      throw UsageError("'" + option + "' is none of its options: " + join_options(known));
    }
    if (is_flag(option) != (equals == word.npos))
      throw UsageError(is_flag(option)
                           ? "'" + option + "' takes no value"
                           : "'" + option + "' needs a value, as in " + option + "=...");
    if (!given.insert(option).second) throw UsageError("'" + option + "' comes twice");
    try {
      setter->second(recipe, equals == word.npos ? "" : word.substr(equals + 1));
    } catch (const UsageError& error) {
      throw UsageError(option + ": " + error.what());
    }
  }
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream(line.substr(0, line.find('#')));
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

/// What training would be told means nothing for scores that are given.
void check_given(const TermRecipe& term, const std::vector<std::string>& options) {
  static const std::set<std::string> meant{"types",  "bins",      "separations",
                                           "weight", "normalize", "scores"};
  for (const std::string& word : options)
    if (const auto option = word.substr(0, word.find('=')); meant.count(option) == 0)
      throw UsageError("'" + option + "' is for terms that are counted, not for given scores");
  if (term.scores.size() != static_cast<std::size_t>(term.bins.size()))
    throw UsageError(fmt::format("there are {} scores for {} bins; give one each",
                                 term.scores.size(), term.bins.size()));
}

void read_line(const std::vector<std::string>& words, bool& has_sum, TermsRecipe& recipe) {
  const std::vector<std::string> options(words.begin() + 1, words.end());
  if (words.front() == "sum") {
    if (has_sum) throw UsageError("there are two lines of the sum");
    has_sum = true;
    set_options(options, sum_options(), recipe);
  } else {
    TermRecipe term;
    term.name = words.front();
    set_options(options, term_options(), term);
    term.train.check();
    if (!term.is_counted()) check_given(term, options);
    recipe.terms.push_back(std::move(term));
    check_term_names(recipe.names(), recipe.terms.size());
  }
  recipe.text += fmt::format("{}\n", fmt::join(words, " "));
}

void require_layout(const TermRecipe& term, const TableAxes& counted) {
  const auto refuse = [&](const char* what, const std::string& wanted, const std::string& there) {
    throw UsageError(term.name, fmt::format("the counts have the {} {}, the list asks for {}; "
                                            "extract them by this list",
                                            what, there, wanted));
  };
  if (term.bins != counted.bins) refuse("bins", term.bins.to_string(), counted.bins.to_string());
  if (term.separations != counted.separations)
    refuse("classes", term.separations.to_string(), counted.separations.to_string());
}

/// The table of a term whose scores are given; they are exact.
PotentialTable given(const TermRecipe& term) {
  PotentialTable table(TableAxes(load_scheme(term.types), term.bins, term.separations));
  for (Eigen::Index bin = 0; bin < table.score.cols(); ++bin)
    table.score.col(bin) = term.scores[static_cast<std::size_t>(bin)];
  table.recipe.counting = {{"source", "given scores"},
                           {"scores", fmt::format("{}", fmt::join(term.scores, ","))}};
  table.recipe.types = term.types;
  table.recipe.normalize = term.train.normalize;
  return table;
}

PotentialTable trained(const TermRecipe& term, const ContactCounts& counts,
                       const std::atomic<bool>* cancel) {
  require_layout(term, counts.axes);
  TrainOptions options = term.train;
  options.cancel = cancel;
  PotentialTable table = train(counts, options);
  if (!term.only) return table;
  try {
    return in_classes(table, *term.only);
  } catch (const UsageError& error) {
    throw UsageError(term.name, error.problem());
  }
}

}  // namespace

std::vector<std::string> TermsRecipe::names() const {
  std::vector<std::string> all;
  for (const TermRecipe& term : terms) all.push_back(term.name);
  return all;
}

std::vector<TermRecipe> TermsRecipe::counted() const {
  std::vector<TermRecipe> all;
  for (const TermRecipe& term : terms)
    if (term.is_counted()) all.push_back(term);
  return all;
}

TermsRecipe parse_terms(const std::string& text, const std::string& file) {
  TermsRecipe recipe;
  std::istringstream lines(text);
  std::string line;
  bool has_sum = false;
  for (int number = 1; std::getline(lines, line); ++number) {
    const auto words = words_of(line);
    if (words.empty()) continue;
    try {
      read_line(words, has_sum, recipe);
    } catch (const UsageError& error) {
      throw FormatError(file, fmt::format("line {}", number), words.front() + ": " + error.what());
    }
  }
  if (recipe.terms.empty()) throw FormatError(file, "names no term");
  if (recipe.counted().empty())
    throw FormatError(file, "names no term that is counted, only such with given scores");
  if (recipe.calibration) try {
      require_usable(*recipe.calibration);
    } catch (const UsageError& error) {
      throw FormatError(file, error.what());
    }
  return recipe;
}

TermsRecipe read_terms(const std::string& path) { return parse_terms(read_file(path), path); }

PotentialTable train(const CountedTerms& counts, const TermsRecipe& recipe,
                     const std::atomic<bool>* cancel) {
  std::vector<std::string> counted;
  for (const TermRecipe& term : recipe.counted()) counted.push_back(term.name);
  if (counts.names != counted)
    throw UsageError("the counts are those of the terms " + join_names(counts.names) +
                     ", the recipe has " + join_names(counted));
  std::vector<PotentialTable> parts;
  std::vector<Weight> weights;
  auto next = counts.counts.begin();
  for (const TermRecipe& term : recipe.terms) {
    stop_if(cancel);
    parts.push_back(term.is_counted() ? trained(term, *next, cancel) : given(term));
    if (next != counts.counts.begin()) parts.back().training.clear();
    if (term.is_counted()) ++next;
    weights.push_back(term.weight);
  }
  CombineOptions options;
  if (!recipe.types.empty()) options.types = load_scheme(recipe.types);
  options.inter_as = recipe.inter_as;
  options.separations = recipe.separations;
  options.binary_digits = recipe.binary_digits;
  options.calibration = recipe.calibration;
  if (!recipe.flat) options.names = recipe.names();
  options.cancel = cancel;
  return combine(parts, weights, options);
}

}  // namespace potential
