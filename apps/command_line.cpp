#include "command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <cmath>
#include <numeric>
#include <potential/support/error.hpp>

namespace potential::app {
namespace po = boost::program_options;

namespace {

/// Letters to change, add, drop or swap with the next to make one word the other.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before, last, row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = std::exchange(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] =
          std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row.back();
}

template <class Number>
bool parse(const std::string& word, Number& value) {
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc() && end == word.data() + word.size();
}

}  // namespace

std::string did_you_mean(const std::string& word, const std::vector<std::string>& words,
                         const std::string& otherwise) {
  constexpr std::size_t longest = 40;
  std::string nearest;
  std::size_t least = std::min<std::size_t>(word.size() / 3, 2) + 1;
  for (const std::string& known : words) {
    if (word.size() > longest) continue;
    const bool begun = word.size() > 1 && known.compare(0, word.size(), word) == 0;
    const std::size_t away = begun ? 0 : distance(word, known);
    if (away >= least) continue;
    least = away;
    nearest = known;
  }
  return nearest.empty() ? otherwise : "; did you mean " + nearest + "?";
}

const Option& Arguments::option(const std::string& name) const {
  return *std::find_if(options_.begin(), options_.end(),
                       [&](const Option& option) { return option.name == name; });
}

std::string Arguments::text(const std::string& name) const {
  if (const auto given = values_.find(name); given != values_.end()) return given->second;
  for (const Option& option : options_)
    if (option.name == name) return option.default_value;
  return "";
}

double Arguments::number(const std::string& name, double lowest, double highest) const {
  double value = 0;
  if (!app::parse(text(name), value) || !std::isfinite(value) || value < lowest || value > highest)
    throw UsageError(
        name, fmt::format("'{}' is not a number from {} to {}", text(name), lowest, highest));
  return value;
}

int Arguments::whole(const std::string& name, int lowest, int highest) const {
  int value = 0;
  if (!app::parse(text(name), value) || value < lowest || value > highest)
    throw UsageError(
        name, fmt::format("'{}' is not a whole number from {} to {}", text(name), lowest, highest));
  return value;
}

double Arguments::number(const std::string& name) const {
  return number(name, option(name).lowest, option(name).highest);
}

int Arguments::whole(const std::string& name) const {
  return whole(name, static_cast<int>(option(name).lowest), static_cast<int>(option(name).highest));
}

std::vector<std::string> Arguments::values_of(Kind kind) const {
  std::vector<std::string> values;
  for (const Option& option : options_)
    if (option.kind == kind)
      if (std::string value = text(option.name); !value.empty()) values.push_back(std::move(value));
  return values;
}

void Arguments::check(const Option& option) const {
  const std::string value = text(option.name);
  if (!option.is_flag() && has(option.name) && value.empty())
    throw UsageError(fmt::format("option --{} needs a value: {}", option.name, option.value));
  if (value.empty()) return;
  if (option.kind == Kind::number) number(option.name);
  if (option.kind == Kind::whole) whole(option.name);
  if (option.kind == Kind::choice &&
      std::find(option.words.begin(), option.words.end(), value) == option.words.end())
    throw UsageError(option.name,
                     fmt::format("'{}' is none of {}{}", value, fmt::join(option.words, ", "),
                                 did_you_mean(value, option.words)));
}

CommandLine::CommandLine(std::string usage, std::string about)
    : usage_(std::move(usage)), about_(std::move(about)) {}

CommandLine& CommandLine::option(char letter, const std::string& name, const std::string& value,
                                 const std::string& help, const std::string& default_value) {
  options_.push_back({letter, name, value, help, default_value});
  return *this;
}

CommandLine& CommandLine::flag(char letter, const std::string& name, const std::string& help) {
  options_.push_back({letter, name, "", help, "", Kind::flag});
  return *this;
}

CommandLine& CommandLine::kind(Kind kind, const std::vector<std::string>& words) {
  options_.back().kind = kind;
  options_.back().words = words;
  return *this;
}

CommandLine& CommandLine::number(double lowest, double highest) {
  options_.back().lowest = lowest;
  options_.back().highest = highest;
  return kind(Kind::number);
}

CommandLine& CommandLine::whole(int lowest, int highest) {
  return number(lowest, highest).kind(Kind::whole);
}

CommandLine& CommandLine::positional(std::vector<std::string> needed, int most, Word first,
                                     Word rest) {
  needed_ = std::move(needed);
  max_words_ = most;
  first_ = first;
  rest_ = rest;
  return *this;
}

CommandLine& CommandLine::common(bool parallel) {
  option('j', "threads", "N", "threads; 0 = all cores", "0").whole(0, 1024);
  options_.back().hidden = !parallel;
  flag('q', "quiet", "no progress and no warnings; results and errors stay");
  return flag('h', "help", "print this text");
}

bool CommandLine::takes(const std::string& name) const {
  return std::any_of(options_.begin(), options_.end(),
                     [&](const Option& option) { return option.name == name; });
}

std::vector<Option> CommandLine::options() const {
  std::vector<Option> shown;
  std::copy_if(options_.begin(), options_.end(), std::back_inserter(shown),
               [](const Option& option) { return !option.hidden; });
  return shown;
}

void CommandLine::refuse_option(const std::string& name) const {
  std::vector<std::string> names;
  for (const Option& option : options()) names.push_back("--" + option.name);
  const std::string see = "; see potential " + usage_.substr(0, usage_.find(' ')) + " --help";
  throw UsageError("there is no option " + name + did_you_mean(name, names, see));
}

void CommandLine::require_words(const std::vector<std::string>& words) const {
  if (words.size() < needed_.size()) {
    const auto first = needed_.begin() + static_cast<std::ptrdiff_t>(words.size());
    throw UsageError(fmt::format("{} {} missing; usage: {}",
                                 fmt::join(first, needed_.end(), " and "),
                                 needed_.end() - first > 1 ? "are" : "is", usage()));
  }
  if (words.size() > static_cast<std::size_t>(max_words_))
    throw UsageError(
        fmt::format("{} is all it takes; usage: {}", fmt::join(needed_, " and "), usage()));
  if (std::find(words.begin(), words.end(), "") != words.end())
    throw UsageError("an argument is empty; usage: " + usage());
}

Arguments CommandLine::parse(const std::vector<std::string>& words) const {
  po::options_description described;
  for (const Option& option : options_) {
    const std::string names =
        option.name + (option.letter != 0 ? std::string(",") + option.letter : "");
    if (option.is_flag())
      described.add_options()(names.c_str(), "");
    else
      described.add_options()(names.c_str(), po::value<std::string>(), "");
  }
  described.add_options()("words", po::value<std::vector<std::string>>(), "");
  po::positional_options_description rest;
  rest.add("words", -1);
  po::variables_map found;
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  try {
    po::store(po::command_line_parser(words).options(described).positional(rest).style(style).run(),
              found);
  } catch (const po::unknown_option& error) {
    refuse_option(error.get_option_name());
  } catch (const po::error& error) {
    throw UsageError(fmt::format("{}; see potential {} --help", error.what(),
                                 usage_.substr(0, usage_.find(' '))));
  }
  Arguments arguments;
  arguments.options_ = options_;
  for (const Option& option : options_)
    if (found.count(option.name) != 0)
      arguments.values_[option.name] = option.is_flag() ? "" : found[option.name].as<std::string>();
  if (found.count("words") != 0)
    arguments.positional_ = found["words"].as<std::vector<std::string>>();
  if (arguments.has("help")) return arguments;
  require_words(arguments.positional_);
  for (const Option& option : options_) arguments.check(option);
  return arguments;
}

std::string CommandLine::help() const {
  std::string text = fmt::format("Usage: {}\n\n{}\n\nOptions:\n", usage(), about_);
  std::vector<std::string> left;
  std::size_t width = 0;
  for (const Option& option : options()) {
    left.push_back((option.letter != 0 ? fmt::format("  -{}, --{}", option.letter, option.name)
                                       : fmt::format("      --{}", option.name)) +
                   (option.is_flag() ? "" : " " + option.value));
    width = std::max(width, left.back().size());
  }
  width = std::min<std::size_t>(width, 28);
  const std::string indent(width + 2, ' ');
  auto words = left.begin();
  for (const Option& option : options()) {
    std::string help = option.help;
    if (!option.default_value.empty()) help += " [" + option.default_value + "]";
    for (std::size_t at = 0; (at = help.find('\n', at)) != std::string::npos; at += indent.size())
      help.insert(++at, indent);
    text += words->size() > width ? *words + "\n" + indent + help + "\n"
                                  : fmt::format("{:<{}}  {}\n", *words, width, help);
    ++words;
  }
  return text;
}

}  // namespace potential::app
