#include <charconv>
#include <potential/storage/files.hpp>
#include <potential/support/cancellation.hpp>
#include <potential/support/error.hpp>
#include <potential/training/combine.hpp>
#include <potential/workflow/shipped.hpp>

#include "commands.hpp"
#include "output.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line("combine A.h5 B.h5 ... -o c.h5 [options]",
                   "Adds up potentials, each with its weight. Types and bins may differ when\n"
                   "nested, separation classes in any way: the sum has every edge of its parts\n"
                   "and divides classes where one of them does. A part on CA is that of the CA\n"
                   "of the sum. Where a part does not reach, it adds 0. Standard errors add in "
                   "quadrature; the raw\n"
                   "counts are left out.\n\n"
                   "A part may be the name of a shipped potential, such as rapdf.");
  line.positional({"a potential"}, unlimited, Word::potential, Word::potential);
  line.option('o', "output", "FILE", "the potential (HDF5); needed")
      .output()
      .option(0, "weights", "LIST", "one number a part, as in 2,1; default 1 each")
      .option(0, "types", "SCHEME",
              "the types of the sum, a scheme that all parts nest in;\n"
              "default: those of the first part that holds all others")
      .input(shipped_scheme_names())
      .option(0, "binary-digits", "N",
              "scores and errors rounded to multiples of 1/2^N, 0 to\n"
              "40: such tables pack well")
      .whole(0, 40);
  return line.common();
}

std::vector<double> parse_weights(const std::string& text) {
  std::vector<double> weights;
  for (const char *at = text.data(), *const last = at + text.size(); at <= last && at != nullptr;) {
    double weight = 0;
    const auto [end, error] = std::from_chars(at, last, weight);
    if (error != std::errc() || (end != last && *end != ','))
      throw UsageError("weights", "'" + text + "' is not a list of numbers such as 2,1");
    weights.push_back(weight);
    at = end + 1;
  }
  return weights;
}

void run(const Arguments& arguments, Console& console) {
  std::vector<std::string> inputs;
  for (const std::string& word : arguments.positional()) inputs.push_back(find_potential(word));
  const std::string output = output_file(arguments, inputs);
  const auto weights =
      arguments.has("weights") ? parse_weights(arguments.text("weights")) : std::vector<double>();
  CombineOptions options;
  options.cancel = console.observer().cancel;
  std::vector<PotentialTable> parts;
  for (const std::string& input : inputs) {
    stop_if(options.cancel);
    parts.push_back(read_potential(input));
  }
  if (arguments.has("types")) options.types = load_scheme(arguments.text("types"));
  if (arguments.has("binary-digits")) options.binary_digits = arguments.whole("binary-digits");
  write_potential(combine(parts, weights, options), output);
}

}  // namespace

const Command combine_command{"combine", "add up potentials with weights", describe, run};

}  // namespace potential::app
