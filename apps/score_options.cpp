#include "score_options.hpp"

#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>

#include "extraction_options.hpp"
#include "output.hpp"
#include "potential_path.hpp"
#include "stored_normalization.hpp"

namespace potential::app {

PotentialTable read_scoring_potential(const std::string& word) {
  const std::string path = find_potential(word);
  PotentialTable table = read_potential(path);
  try {
    require_scorable(table);
  } catch (const UsageError& error) {
    throw FileError(path, error.what());
  }
  return table;
}

Normalization read_normalization(const Arguments& arguments, const PotentialTable& table) {
  return arguments.has("normalize") ? parse_normalization(arguments.text("normalize"))
                                    : stored_normalization(table);
}

ScoreOptions read_score_options(const Arguments& arguments, const PotentialTable& table,
                                Console& console) {
  ScoreOptions options;
  options.read = read_model_choice(arguments);
  options.normalize = read_normalization(arguments, table);
  options.strict = arguments.has("strict");
  options.threads = arguments.threads();
  options.observer = console.observer();
  options.observer.outputs = outputs_of(arguments);
  return options;
}

}  // namespace potential::app
