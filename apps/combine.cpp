#include <charconv>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>
#include <potential/training/combine.hpp>

#include "commands.hpp"
#include "output.hpp"
#include "potential_path.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line("combine A.h5 B.h5 ... -o c.h5 [options]",
                   "Adds up potentials of one scheme, each with its weight. Bins and separation\n"
                   "classes may differ when nested: the sum has every edge and every class of its\n"
                   "parts, and a pooled table serves every class. Where a part does not reach, it\n"
                   "adds 0. Standard errors add in quadrature; the raw counts are left out.\n\n"
                   "A part may be the name of a shipped potential, such as rapdf.");
  line.positional(1, unlimited, "a potential");
  line.option('o', "output", "FILE", "the potential (HDF5); needed")
      .option(0, "weights", "LIST", "one number a part, as in 2,1; default 1 each");
  return line.common();
}

std::vector<double> parse_weights(const std::string& text) {
  std::vector<double> weights;
  for (const char *at = text.data(), *const last = at + text.size(); at <= last && at != nullptr;) {
    double weight = 0;
    const auto [end, error] = std::from_chars(at, last, weight);
    if (error != std::errc() || (end != last && *end != ','))
      throw UsageError("option --weights: '" + text + "' is not a list of numbers such as 2,1");
    weights.push_back(weight);
    at = end + 1;
  }
  return weights;
}

void run(const Arguments& arguments, Console&) {
  std::vector<std::string> inputs;
  for (const std::string& word : arguments.positional()) inputs.push_back(find_potential(word));
  const std::string output = output_file(arguments, inputs);
  const auto weights =
      arguments.has("weights") ? parse_weights(arguments.text("weights")) : std::vector<double>();
  std::vector<PotentialTable> parts;
  for (const std::string& input : inputs) parts.push_back(read_potential(input));
  write_potential(combine(parts, weights), output);
}

}  // namespace

const Command combine_command{"combine", "add up potentials with weights", describe, run};

}  // namespace potential::app
