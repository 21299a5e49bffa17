#include <potential/core/merge.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>

#include "commands.hpp"
#include "output.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line("merge A.h5 B.h5 ... -o all.h5 [options]",
                   "Adds the counts of several counts files made with the same scheme, bins and\n"
                   "separation classes. The same structure in two of them is refused.");
  line.positional(1, unlimited, "a counts file");
  line.option('o', "output", "FILE", "the counts file (HDF5); needed");
  line.flag(0, "allow-duplicates", "count a structure that is in two files twice");
  return line.common();
}

void run(const Arguments& arguments, Console&) {
  const auto& inputs = arguments.positional();
  const std::string output = output_file(arguments, inputs);
  ContactCounts sum = read_counts(inputs[0]);
  for (std::size_t i = 1; i < inputs.size(); ++i) {
    ContactCounts part = read_counts(inputs[i]);
    try {
      merge_into(sum, std::move(part), arguments.has("allow-duplicates"));
    } catch (const UsageError& error) {
      throw FormatError(inputs[i], std::string("cannot be added: ") + error.what());
    }
  }
  write_counts(sum, output);
}

}  // namespace

const Command merge_command{"merge", "add the counts of several files", describe, run};

}  // namespace potential::app
