#include <algorithm>
#include <cctype>
#include <filesystem>
#include <potential/core/combine.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/cancellation.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/shipped.hpp>

#include "commands.hpp"
#include "output.hpp"

namespace potential::app {
namespace {

CommandLine describe() {
  CommandLine line(
      "combine A.h5 B.h5 ... -o c.h5 [options]",
      "Adds up potentials, each with its weight. Types may differ when nested, bins\n"
      "and separation classes in any way: the sum has every edge of its parts and\n"
      "divides classes where one of them does. A part on CA is that of the CA of the\n"
      "sum. Where a part does not reach, it adds 0. Standard errors add in quadrature.\n\n"
      "The file keeps each part as a term, with its weight, types, bins and counts,\n"
      "and what is scored with is their sum; --flat keeps the sum alone.\n\n"
      "A part may be the name of a shipped potential, such as rapdf.");
  line.positional({"a potential"}, unlimited, Word::potential, Word::potential);
  line.option('o', "output", "FILE", "the potential (HDF5); needed")
      .output()
      .option(0, "weights", "LIST",
              "one a part, as in 2,1; default 1 each. With the number N of\n"
              "residues of the model: 1,72-355/sqrt(N+16)")
      .option(0, "names", "LIST", "names of the terms; default: those of the files")
      .flag(0, "flat", "one table, the sum, without the terms: a smaller file")
      .option(0, "types", "SCHEME",
              "the types of the sum, a scheme that all parts nest in;\n"
              "default: those of the first part that holds all others")
      .input(shipped_scheme_names())
      .option(0, "separations", "LIST", "only these classes of the sum, as in inter; default: all")
      .option(0, "inter-as", "CLASS",
              "the class of the sum that judges pairs between chains too,\n"
              "when no part has one for them: its label, as in 21+")
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

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> pieces(1);
  for (const char c : text)
    if (c == ',')
      pieces.emplace_back();
    else
      pieces.back() += c;
  return pieces;
}

std::vector<Weight> read_weights(const Arguments& arguments) {
  std::vector<Weight> weights;
  for (const std::string& text : split(arguments.text("weights"))) try {
      weights.push_back(Weight::parse(text));
    } catch (const UsageError& error) {
      throw UsageError("weights", error.what());
    }
  return weights;
}

std::optional<Calibration> read_calibration(const Arguments& arguments) {
  if (!arguments.has("calibration")) {
    if (arguments.has("residue-calibration"))
      throw UsageError("residue-calibration", "needs --calibration A,B,SD");
    return std::nullopt;
  }
  // Names the option that holds what cannot be read.
  const auto read = [&](const char* option, const auto& parse) {
    try {
      return parse(arguments.text(option));
    } catch (const UsageError& error) {
      throw UsageError(option, error.what());
    }
  };
  Calibration calibration{read("calibration", parse_model_calibration), std::nullopt};
  if (arguments.has("residue-calibration"))
    calibration.residue = read("residue-calibration", parse_residue_calibration);
  return calibration;
}

/// `rapdf` of `x/rapdf.h5`, with - for what a name cannot have.
std::string name_of(const std::string& path) {
  std::string name = std::filesystem::path(path).stem().string();
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '_') c = '-';
  return name.empty() ? "term" : name;
}

/// Of files with one name the second becomes `name-2`.
std::vector<std::string> names_of(const std::vector<std::string>& inputs) {
  std::vector<std::string> names;
  for (const std::string& input : inputs) {
    const std::string name = name_of(input);
    std::string own = name;
    for (int n = 2; std::find(names.begin(), names.end(), own) != names.end(); ++n)
      own = name + "-" + std::to_string(n);
    names.push_back(own);
  }
  return names;
}

void run(const Arguments& arguments, Console& console) {
  std::vector<std::string> inputs;
  for (const std::string& word : arguments.positional()) inputs.push_back(find_potential(word));
  const std::string output = output_file(arguments, inputs);
  const auto weights = arguments.has("weights") ? read_weights(arguments) : std::vector<Weight>();
  CombineOptions options;
  options.cancel = console.observer().cancel;
  options.calibration = read_calibration(arguments);
  if (arguments.has("flat") && arguments.has("names"))
    throw UsageError("names", "--flat keeps no terms to name");
  if (!arguments.has("flat"))
    options.names = arguments.has("names") ? split(arguments.text("names")) : names_of(inputs);
  std::vector<PotentialTable> parts;
  for (const std::string& input : inputs) {
    stop_if(options.cancel);
    parts.push_back(read_potential(input));
  }
  if (arguments.has("types")) options.types = load_scheme(arguments.text("types"));
  options.inter_as = arguments.text("inter-as");
  if (arguments.has("separations"))
    options.separations = SeparationClasses::parse(arguments.text("separations"));
  if (arguments.has("binary-digits")) options.binary_digits = arguments.whole("binary-digits");
  write_potential(combine(parts, weights, options), output);
}

}  // namespace

const Command combine_command{"combine", "add up potentials with weights", describe, run};

}  // namespace potential::app
