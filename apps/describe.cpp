#include "describe.hpp"

#include <nlohmann/json.hpp>
#include <potential/support/version.hpp>

namespace potential::app {
namespace {

using Json = nlohmann::ordered_json;

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::flag:
      return "flag";
    case Kind::text:
      return "text";
    case Kind::choice:
      return "choice";
    case Kind::number:
    case Kind::whole:
      return "number";
    case Kind::input:
    case Kind::output:
      return "file";
    case Kind::folder:
    case Kind::output_folder:
      return "folder";
  }
  return "";
}

const char* name_of(Word word) {
  return word == Word::potential ? "potential" : word == Word::file ? "file" : "text";
}

Json describe(const Option& option) {
  return {{"letter", option.letter == 0 ? "" : std::string(1, option.letter)},
          {"name", option.name},
          {"value", option.value},
          {"kind", name_of(option.kind)},
          {"words", option.words},
          {"help", option.help},
          {"default", option.default_value}};
}

Json describe(const Command& command) {
  const CommandLine line = command.describe();
  Json options = Json::array();
  for (const Option& option : line.options()) options.push_back(describe(option));
  return {{"name", command.name},  {"summary", command.summary},     {"usage", line.usage()},
          {"about", line.about()}, {"first", name_of(line.first())}, {"rest", name_of(line.rest())},
          {"options", options}};
}

}  // namespace

std::string describe_program(const std::vector<const Command*>& commands) {
  Json all{{"version", library_version()},
           {"summary", program_text.summary},
           {"about", program_text.about},
           {"exit_status", program_text.exit_status},
           {"commands", Json::array()}};
  for (const Command* command : commands) all["commands"].push_back(describe(*command));
  return all.dump(1) + "\n";
}

}  // namespace potential::app
