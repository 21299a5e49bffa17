#pragma once
#include <cstdint>
#include <memory>

#include <potential/scoring/score.hpp>
#include <potential/structure/rigid_motion.hpp>
#include <potential/structure/topology.hpp>

namespace potential {

struct PoseScore {
  double score = 0;            ///< total, natural-log units
  std::uint64_t contacts = 0;  ///< pairs within a bin and a class
};

/// Scores poses of a ligand on a receptor that stands still, as the complex of both
/// (the chains of the receptor, then those of the ligand) would be scored. The receptor
/// is laid out once; of a pose, only the pairs between the two are looked for, and those
/// within the ligand when the potential judges them (for rounding to 0.001 Å may move
/// them over the edge of a bin). Not shared between threads.
class PoseScorer {
 public:
  /// @throws UsageError as require_scorable(), when the potential has no class for pairs
  ///         between chains, or an infinite score.
  PoseScorer(const PotentialTable& table, const Model& receptor, const Topology& ligand);
  ~PoseScorer();
  PoseScorer(PoseScorer&&) noexcept;

  /// @throws as RigidMotion::apply(); UsageError when an atom comes to stand beyond
  ///         ±2,000,000 Å.
  PoseScore score(const RigidMotion& pose);
  /// Residues with a site, of both.
  std::uint32_t residues() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace potential
