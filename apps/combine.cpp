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
      .whole(0, 40)
      .option(0, "calibration", "A,B,SD",
              "what makes qualities of models, 0 to 1, from the score per\n"
              "residue F: 1/(1 + exp(A + B F)); SD is that of the logit of\n"
              "what is observed. Stored in the file; 'score' shows them")
      .option(0, "residue-calibration", "A,T,F,R,SD",
              "the same of residues: 1/(1 + exp(A + T t + F F)), with t the\n"
              "mean of the residues' scores within R angstrom, weighted by\n"
              "1 - distance/R; needs --calibration");
  return line.common();
}

/// @param size  how many there are to be, 0 = any number
std::vector<double> read_numbers(const Arguments& arguments, const char* option,
                                 const char* example, std::size_t size = 0) {
  const std::string text = arguments.text(option);
  const UsageError wrong(option, "'" + text + "' is not a list of numbers such as " + example);
  std::vector<double> numbers;
  for (const char *at = text.data(), *const last = at + text.size(); at <= last && at != nullptr;) {
    double number = 0;
    const auto [end, error] = std::from_chars(at, last, number);
    if (error != std::errc() || (end != last && *end != ',')) throw wrong;
    numbers.push_back(number);
    at = end + 1;
  }
  if (size != 0 && numbers.size() != size) throw wrong;
  return numbers;
}

std::optional<Calibration> read_calibration(const Arguments& arguments) {
  if (!arguments.has("calibration")) {
    if (arguments.has("residue-calibration"))
      throw UsageError("residue-calibration", "needs --calibration A,B,SD");
    return std::nullopt;
  }
  const auto model = read_numbers(arguments, "calibration", "1.3,0.13,0.8", 3);
  Calibration calibration{{model[0], model[1], model[2]}, std::nullopt};
  if (arguments.has("residue-calibration")) {
    const auto all = read_numbers(arguments, "residue-calibration", "1.1,0.05,0.06,20,1", 5);
    calibration.residue = {all[0], all[1], all[2], all[3], all[4]};
  }
  return calibration;
}

void run(const Arguments& arguments, Console& console) {
  std::vector<std::string> inputs;
  for (const std::string& word : arguments.positional()) inputs.push_back(find_potential(word));
  const std::string output = output_file(arguments, inputs);
  const auto weights =
      arguments.has("weights") ? read_numbers(arguments, "weights", "2,1") : std::vector<double>();
  CombineOptions options;
  options.cancel = console.observer().cancel;
  options.calibration = read_calibration(arguments);
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
