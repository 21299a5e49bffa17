#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <potential/pipeline/progress.hpp>
#include <potential/scoring/score.hpp>
#include <potential/structure/reader.hpp>

namespace potential {

struct ScoreOptions {
  ReadOptions read{ModelChoice::all};
  Normalization normalize = Normalization::total;
  bool per_residue = false;
  bool standard_error = true;  ///< of the difference to the best model
  bool quality = false;        ///< ModelScore::quality, and a warning where it says little
  std::size_t top_pairs = 0;   ///< how many a model
  bool chain_pairs = false;    ///< ModelScore::chain_pairs
  bool strict = false;         ///< the first model that cannot be scored ends the run (Error)
  int threads = 0;             ///< 0 = all cores
  RunObserver observer;

  /// The potential that a model is to be scored with in place of the given one,
  /// or nullptr; called by many threads. Leave-out scoring is made of this.
  std::function<std::shared_ptr<const ScoringTable>(const Model&)> table_of;
  /// Bytes of models to hold for the standard errors; those beyond are read a
  /// second time.
  std::size_t memory = std::size_t{256} << 20;

  /// Called for each file with at least one scored model, with its models in
  /// their order; by many threads. What it returns are warnings of the scored
  /// ones; what it throws ends the run.
  std::function<std::vector<std::string>(const InputFile& file,
                                         const std::vector<const ModelScore*>& models)>
      on_file;
};

/// Scores every model of the inputs (see InputSource), best first. A file that
/// cannot be used comes as one row without a score, its reason in the warnings.
/// The result depends neither on threads nor on the order of the inputs.
/// @throws Error when nothing could be scored; Cancelled.
std::vector<ModelScore> score_inputs(const std::vector<std::string>& inputs,
                                     const PotentialTable& table, const ScoreOptions& options);

/// The same for models in memory, read or made with the scheme of the table. Of
/// the options, `read`, `memory` and `on_file` are of no matter.
/// @throws as score_inputs().
std::vector<ModelScore> score_models(const std::vector<std::shared_ptr<const Model>>& models,
                                     const PotentialTable& table, const ScoreOptions& options);

}  // namespace potential
