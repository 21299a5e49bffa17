#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <potential/core/residue_selection.hpp>
#include <potential/scoring/score.hpp>
#include <potential/structure/reader.hpp>
#include <potential/workflow/inputs.hpp>
#include <potential/workflow/leave_out.hpp>

namespace potential {

struct ScoreOptions : RunOptions {
  ReadOptions read{ModelChoice::all};
  std::optional<Normalization> normalize;  ///< none = as the potential says
  bool per_residue = false;
  bool standard_error = true;  ///< of the difference to the best model
  bool shuffle_z = false;      ///< ModelScore::shuffle_z, and a warning where it says little
  std::size_t top_pairs = 0;   ///< how many a model
  bool chain_pairs = false;    ///< ModelScore::chain_pairs
  bool interfaces = false;     ///< ModelScore::interfaces
  /// Score only the pairs between two groups of chains; then ranked by the total,
  /// unless `normalize` says else. A model without one of the chains has no score.
  std::optional<ChainGroups> between;
  /// Score only the pairs of these residues, among them and with the rest: the score of the
  /// model less that of its other residues, their separations kept. Ranked by the total
  /// unless `normalize` says else; a model without them has no score.
  std::optional<ResidueSelection> residues;

  /// A model that the potential was trained from is scored without its own contacts.
  std::shared_ptr<const LeaveOut> leave_out;
  /// Bytes of packed models to hold for the standard errors, some 4 kB for 500 sites; those
  /// beyond go to a nameless temporary file (TMPDIR).
  std::size_t memory = std::size_t{256} << 20;

  /// Called for each file with at least one scored model, with its models in
  /// their order; by many threads. What it returns are warnings of the scored
  /// ones; what it throws ends the run.
  std::function<std::vector<std::string>(const InputFile& file,
                                         const std::vector<const ModelScore*>& models)>
      on_file;

  std::optional<Shard> shard;  ///< only this part of the inputs
  /// Asked of each file before it is read, in order: true when it need not be.
  std::function<bool(const InputFile& file)> is_done;
  /// Takes the rows in the order of the inputs, by one thread at a time. They are not
  /// gathered then: nothing is returned, and there is no standard error, which a best
  /// model would be needed for.
  std::function<void(ModelScore& row)> on_row;
};

/// Scores every model of the inputs, best first. A file that cannot be used comes
/// as one row without a score, its reason in the warnings. The result depends
/// neither on threads nor on the order of the inputs.
/// Where chains touch and the potential has no class for pairs between chains, a warning
/// says so, and the observer is told once.
/// @throws Error when nothing could be scored (but with `on_row`); UsageError when there is nothing
/// to score
///         with between chains; Cancelled.
std::vector<ModelScore> score_inputs(const Inputs& inputs, const PotentialTable& table,
                                     const ScoreOptions& options);

/// The same for models in memory, read or made with the scheme of the table. Of
/// the options, `read`, `memory` and `on_file` are of no matter.
/// @throws as score_inputs().
std::vector<ModelScore> score_models(const std::vector<std::shared_ptr<const Model>>& models,
                                     const PotentialTable& table, const ScoreOptions& options);

}  // namespace potential
