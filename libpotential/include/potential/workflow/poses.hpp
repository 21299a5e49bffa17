#pragma once
#include <string>
#include <vector>

#include <potential/scoring/pose_scorer.hpp>
#include <potential/workflow/inputs.hpp>

namespace potential {

/// Poses of a table in TSV: columns qx, qy, qz, qw, tx, ty and tz (see RigidMotion), and
/// their names in a column `model` or `pose`, else 1, 2, ...
struct Poses {
  std::vector<std::string> names;
  std::vector<RigidMotion> motions;

  /// @throws FileError; FormatError naming the line and what is wrong with it.
  static Poses read(const std::string& path);
};

struct ScoredPoses {
  std::vector<PoseScore> scores;
  std::uint32_t residues = 0;  ///< with a site, of receptor and ligand
};
/// Scores poses of a ligand on a receptor, both files, of which the first model is taken:
/// as the file with both would be scored, its coordinates rounded to 0.001 Å. One score
/// a pose, in their order, whatever the threads.
/// @throws FileError, FormatError of the files; UsageError as PoseScorer; Cancelled.
ScoredPoses score_poses(const std::string& receptor, const std::string& ligand,
                        const std::vector<RigidMotion>& poses, const PotentialTable& table,
                        const RunOptions& options);

}  // namespace potential
