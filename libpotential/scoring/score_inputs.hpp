#pragma once
#include <functional>
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
  bool strict = false;  ///< the first model that cannot be scored ends the run (Error)
  int threads = 0;      ///< 0 = all cores
  RunObserver observer;
  /// Called for each file with at least one scored model, with the scores of all
  /// its models, to which it may add warnings; from several threads at once. What
  /// it throws ends the run.
  std::function<void(const InputFile& file, std::vector<ModelScore>& models)> on_file;
};

/// Scores every model of the inputs (see InputSource), best first. A file that
/// cannot be used comes as one row without a score, its reason in the warnings.
/// The result depends neither on threads nor on the order of the inputs.
/// @throws Error when nothing could be scored; Cancelled.
std::vector<ModelScore> score_inputs(const std::vector<std::string>& inputs,
                                     const PotentialTable& table, const ScoreOptions& options);

}  // namespace potential
