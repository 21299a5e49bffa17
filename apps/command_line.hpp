#pragma once
#include <map>
#include <string>
#include <vector>

namespace potential::app {

/// The values of one command's options, as typed; read with a check of range.
class Arguments {
 public:
  bool has(const std::string& name) const { return values_.count(name) != 0; }
  /// The value, or the option's default; empty when there is neither.
  std::string text(const std::string& name) const;
  /// @throws UsageError naming the option, unless a finite number in lowest..highest.
  double number(const std::string& name, double lowest, double highest) const;
  int whole(const std::string& name, int lowest, int highest) const;
  /// The value of -j, which every command takes.
  int threads() const;
  const std::vector<std::string>& positional() const { return positional_; }

 private:
  friend class CommandLine;
  std::map<std::string, std::string> values_, defaults_;
  std::vector<std::string> positional_;
};

/// Describes the words a command takes: its help and its parser.
class CommandLine {
 public:
  /// @param usage such as "extract INPUT... -o counts.h5 [options]"
  /// @param about what the command does, lines of up to 78 characters
  CommandLine(std::string usage, std::string about);

  /// An option with a value. `letter` 0 = no short form. A default is shown in
  /// the help.
  CommandLine& option(char letter, const std::string& name, const std::string& value,
                      const std::string& help, const std::string& default_value = "");
  CommandLine& flag(char letter, const std::string& name, const std::string& help);
  /// How many words beside the options are taken.
  CommandLine& positional(int least, int most, const std::string& what);
  /// -j, -q and --help, which every command has.
  CommandLine& common();

  /// @throws UsageError on an unknown or repeated option, a missing or empty
  ///         value, too few or too many words.
  Arguments parse(const std::vector<std::string>& words) const;
  std::string help() const;
  std::string usage() const { return "potential " + usage_; }

  struct Option {
    char letter;
    std::string name, value, help, default_value;
    bool is_flag() const { return value.empty(); }
  };
  const std::vector<Option>& options() const { return options_; }

 private:
  std::string usage_, about_;
  std::vector<Option> options_;
  int least_ = 0, most_ = 0;
  std::string what_;
};

constexpr int unlimited = 1 << 30;

}  // namespace potential::app
