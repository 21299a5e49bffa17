#include <potential/core/merge.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>

#include "commands.hpp"
#include "output.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "merge A.h5 B.h5 ... -o all.h5 [options]",
      "Adds the counts of several counts files made with the same scheme, bins and\n"
      "separation classes. The same structure in two of them is refused. With one file\n"
      "and --subtract, takes structures out again.");
  line.positional(1, unlimited, "a counts file");
  line.option('o', "output", "FILE", "the counts file (HDF5); needed");
  line.option(0, "subtract", "FILE",
              "take the structures and counts of this counts file out of\n"
              "the sum; refused when one of them is not in it")
      .option(0, "expect", "N", "fail unless N counts files are given")
      .flag(0, "allow-duplicates", "count a structure that is in two files twice");
  return line.common();
}

void run(const Arguments& arguments, Console&) {
  const auto& inputs = arguments.positional();
  if (arguments.has("expect")) {
    const int expected = arguments.whole("expect", 1, unlimited);
    if (inputs.size() != static_cast<std::size_t>(expected))
      throw Error(std::to_string(inputs.size()) + " counts files are given, but " +
                  std::to_string(expected) + " were expected (--expect)");
  }
  const std::string subtracted = arguments.text("subtract");
  auto all_inputs = inputs;
  if (!subtracted.empty()) all_inputs.push_back(subtracted);
  const std::string output = output_file(arguments, all_inputs);
  ContactCounts sum = read_counts(inputs[0]);
  for (std::size_t i = 1; i < inputs.size(); ++i) {
    ContactCounts part = read_counts(inputs[i]);
    try {
      merge_into(sum, std::move(part), arguments.has("allow-duplicates"));
    } catch (const UsageError& error) {
      throw FormatError(inputs[i], std::string("cannot be added: ") + error.what());
    }
  }
  if (!subtracted.empty()) {
    try {
      sum = subtract_counts(std::move(sum), read_counts(subtracted));
    } catch (const UsageError& error) {
      throw FormatError(subtracted, std::string("cannot be taken out: ") + error.what());
    }
  }
  write_counts(sum, output);
}

}  // namespace

const Command merge_command{"merge", "add the counts of several files", describe, run};

}  // namespace potential::app
