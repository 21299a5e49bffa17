#include "command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <cmath>
#include <potential/support/error.hpp>

namespace potential::app {
namespace po = boost::program_options;

std::string Arguments::text(const std::string& name) const {
  if (const auto given = values_.find(name); given != values_.end()) return given->second;
  const auto fallback = defaults_.find(name);
  return fallback == defaults_.end() ? "" : fallback->second;
}

double Arguments::number(const std::string& name, double lowest, double highest) const {
  const std::string word = text(name);
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || !std::isfinite(value) ||
      value < lowest || value > highest)
    throw UsageError(fmt::format("option --{}: '{}' is not a number from {} to {}", name, word,
                                 lowest, highest));
  return value;
}

int Arguments::whole(const std::string& name, int lowest, int highest) const {
  const std::string word = text(name);
  int value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || value < lowest || value > highest)
    throw UsageError(fmt::format("option --{}: '{}' is not a whole number from {} to {}", name,
                                 word, lowest, highest));
  return value;
}

int Arguments::threads() const { return whole("threads", 0, 1024); }

CommandLine::CommandLine(std::string usage, std::string about)
    : usage_(std::move(usage)), about_(std::move(about)) {}

CommandLine& CommandLine::option(char letter, const std::string& name, const std::string& value,
                                 const std::string& help, const std::string& default_value) {
  options_.push_back({letter, name, value, help, default_value});
  return *this;
}

CommandLine& CommandLine::flag(char letter, const std::string& name, const std::string& help) {
  options_.push_back({letter, name, "", help, ""});
  return *this;
}

CommandLine& CommandLine::positional(int least, int most, const std::string& what) {
  least_ = least;
  most_ = most;
  what_ = what;
  return *this;
}

CommandLine& CommandLine::common() {
  option('j', "threads", "N", "threads; 0 = all cores", "0");
  flag('q', "quiet", "no progress and no warnings; results and errors stay");
  return flag('h', "help", "print this text");
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
  } catch (const po::error& error) {
    throw UsageError(fmt::format("{}; see potential {} --help", error.what(),
                                 usage_.substr(0, usage_.find(' '))));
  }
  Arguments arguments;
  for (const Option& option : options_) {
    if (!option.default_value.empty()) arguments.defaults_[option.name] = option.default_value;
    if (found.count(option.name) == 0) continue;
    arguments.values_[option.name] = option.is_flag() ? "" : found[option.name].as<std::string>();
    if (!option.is_flag() && arguments.values_[option.name].empty())
      throw UsageError("option --" + option.name + " needs a value: " + option.value);
  }
  if (found.count("words") != 0)
    arguments.positional_ = found["words"].as<std::vector<std::string>>();
  const auto count = static_cast<int>(arguments.positional_.size());
  if (!arguments.has("help") && (count < least_ || count > most_))
    throw UsageError(fmt::format("{} {}; usage: {}", what_,
                                 count < least_ ? "is missing" : "is all it takes", usage()));
  for (const std::string& word : arguments.positional_)
    if (word.empty()) throw UsageError("an argument is empty; usage: " + usage());
  arguments.threads();
  return arguments;
}

std::string CommandLine::help() const {
  std::string text = fmt::format("Usage: {}\n\n{}\n\nOptions:\n", usage(), about_);
  std::vector<std::string> left;
  std::size_t width = 0;
  for (const Option& option : options_) {
    left.push_back((option.letter != 0 ? fmt::format("  -{}, --{}", option.letter, option.name)
                                       : fmt::format("      --{}", option.name)) +
                   (option.is_flag() ? "" : " " + option.value));
    width = std::max(width, left.back().size());
  }
  width = std::min<std::size_t>(width, 28);
  const std::string indent(width + 2, ' ');
  for (std::size_t i = 0; i < options_.size(); ++i) {
    const Option& option = options_[i];
    std::string help = option.help;
    if (!option.default_value.empty()) help += " [" + option.default_value + "]";
    for (std::size_t at = 0; (at = help.find('\n', at)) != std::string::npos; at += indent.size())
      help.insert(++at, indent);
    text += left[i].size() > width ? left[i] + "\n" + indent + help + "\n"
                                   : fmt::format("{:<{}}  {}\n", left[i], width, help);
  }
  return text;
}

}  // namespace potential::app
