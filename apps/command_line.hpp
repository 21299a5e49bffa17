#pragma once
#include <map>
#include <string>
#include <vector>

namespace potential::app {

/// What the value of an option is. Which files may be written over, what a shell
/// offers and what a misspelt word may have meant follow from it.
enum class Kind {
  flag,    ///< no value
  text,    ///< read by the command
  choice,  ///< one of a few words
  number,
  whole,
  input,          ///< a file that is read, or one of the words offered
  output,         ///< a file that is written
  folder,         ///< a folder that is read
  output_folder,  ///< a folder that is written to
};

/// What the words beside the options stand for.
enum class Word { file, potential, text };

struct Option {
  char letter;
  std::string name, value, help, default_value;
  Kind kind = Kind::text;
  std::vector<std::string> words = {};  ///< a choice, or what a shell offers
  double lowest = 0, highest = 0;       ///< of numbers
  bool hidden = false;                  ///< taken, but of no effect: not in the help

  bool is_flag() const { return kind == Kind::flag; }
};

/// The values of one command's options, as typed; those of a kind with rules follow
/// them.
class Arguments {
 public:
  bool has(const std::string& name) const { return values_.count(name) != 0; }
  /// The value, or the option's default; empty when there is neither.
  std::string text(const std::string& name) const;
  /// @throws UsageError naming the option, unless a finite number in lowest..highest.
  double number(const std::string& name, double lowest, double highest) const;
  int whole(const std::string& name, int lowest, int highest) const;
  /// Of options that are numbers by their kind.
  double number(const std::string& name) const;
  int whole(const std::string& name) const;
  /// The value of -j, which every command takes.
  int threads() const { return whole("threads"); }
  const std::vector<std::string>& positional() const { return positional_; }
  /// The values given to options of this kind, and their defaults.
  std::vector<std::string> values_of(Kind kind) const;

 private:
  friend class CommandLine;
  const Option& option(const std::string& name) const;
  void check(const Option& option) const;
  std::map<std::string, std::string> values_;
  std::vector<Option> options_;
  std::vector<std::string> positional_;
};

/// Describes the words a command takes: its help and its parser.
class CommandLine {
 public:
  /// @param usage such as "extract INPUT... -o counts.h5 [options]"
  /// @param about what the command does, lines of up to 78 characters
  CommandLine(std::string usage, std::string about);

  /// An option with a value. `letter` 0 = no short form. A default is shown in
  /// the help. Its kind is text, unless one is called next that says otherwise.
  CommandLine& option(char letter, const std::string& name, const std::string& value,
                      const std::string& help, const std::string& default_value = "");
  CommandLine& flag(char letter, const std::string& name, const std::string& help);

  // The kind of the last option.
  CommandLine& choices(const std::vector<std::string>& words) { return kind(Kind::choice, words); }
  CommandLine& number(double lowest, double highest);
  CommandLine& whole(int lowest, int highest);
  CommandLine& input(const std::vector<std::string>& words = {}) {
    return kind(Kind::input, words);
  }
  CommandLine& output() { return kind(Kind::output); }
  CommandLine& folder() { return kind(Kind::folder); }
  CommandLine& output_folder() { return kind(Kind::output_folder); }
  /// Words that a text may be, for a shell to offer.
  CommandLine& offers(const std::vector<std::string>& words) { return kind(Kind::text, words); }

  /// The words beside the options: those that are needed, how many there may be,
  /// and what the first and those behind it are.
  CommandLine& positional(std::vector<std::string> needed, int most, Word first = Word::file,
                          Word rest = Word::file);
  /// -q and --help, and -j, which is shown where there are threads to use.
  CommandLine& common(bool parallel = false);

  /// @throws UsageError on an unknown or repeated option, a missing or empty
  ///         value or one against the rules of its kind, too few or too many words.
  Arguments parse(const std::vector<std::string>& words) const;
  std::string help() const;
  std::string usage() const { return "potential " + usage_; }
  const std::string& about() const { return about_; }
  bool takes(const std::string& option) const;
  /// Those that are shown.
  std::vector<Option> options() const;
  Word first() const { return first_; }
  Word rest() const { return rest_; }

 private:
  CommandLine& kind(Kind kind, const std::vector<std::string>& words = {});
  void require_words(const std::vector<std::string>& words) const;
  [[noreturn]] void refuse_option(const std::string& name) const;

  std::string usage_, about_;
  std::vector<Option> options_;
  std::vector<std::string> needed_;
  int max_words_ = 0;
  Word first_ = Word::file, rest_ = Word::file;
};

constexpr int unlimited = 1 << 30;

/// `; did you mean score?` when one of the words is near to it, else `otherwise`.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& words,
                         const std::string& otherwise = "");

}  // namespace potential::app
