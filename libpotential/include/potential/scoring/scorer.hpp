#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include <potential/core/potential_table.hpp>
#include <potential/scoring/score.hpp>
#include <potential/structure/topology.hpp>

namespace potential {

/// F frames of N atoms in the caller's memory, [F, N, 3] in C order, which is only
/// looked at.
class Frames {
 public:
  Frames(const float* xyz, std::size_t frames, std::size_t atoms,
         LengthUnit unit = LengthUnit::angstrom)
      : float_(xyz), frames_(frames), atoms_(atoms), unit_(unit) {}
  Frames(const double* xyz, std::size_t frames, std::size_t atoms,
         LengthUnit unit = LengthUnit::angstrom)
      : double_(xyz), frames_(frames), atoms_(atoms), unit_(unit) {}

  std::size_t size() const { return frames_; }
  std::size_t atoms() const { return atoms_; }
  LengthUnit unit() const { return unit_; }
  Coordinates operator[](std::size_t frame) const {
    const std::size_t begin = 3 * atoms_ * frame;
    return float_ != nullptr ? Coordinates(float_ + begin, atoms_, unit_)
                             : Coordinates(double_ + begin, atoms_, unit_);
  }

 private:
  const float* float_ = nullptr;
  const double* double_ = nullptr;
  std::size_t frames_, atoms_;
  LengthUnit unit_;
};

/// How frames are gone through.
struct FrameRun {
  int threads = 1;                            ///< 0 = all cores
  const std::atomic<bool>* cancel = nullptr;  ///< when true the run ends with Cancelled
};

/// What to work out of each frame beside its total.
struct FrameParts {
  bool per_residue = false, per_chain_pair = false;
};

/// In natural-log units, lower is better, not normalized.
struct FrameScores {
  std::vector<double> totals;           ///< [F] sums over the pairs in a bin and a class
  std::vector<std::uint64_t> contacts;  ///< [F] their number
  std::vector<double> per_residue;      ///< [F, R] half of each pair to each of its residues
  std::vector<double> per_chain_pair;   ///< [F, C]
};

/// Smooth energies in natural-log units, and their derivatives.
struct EnergyGradient {
  std::vector<double> energies;   ///< [F]
  std::vector<double> gradients;  ///< [F, N, 3] by each coordinate, in the unit of the frames
};

/// Scores coordinates of one molecule, frame after frame, without files. A frame has
/// the score of the file that holds its coordinates (rounded to 0.001 Å), to the
/// last digit. Memory does not grow with the frames, but for the results; these are
/// the same whatever the threads. One Scorer may serve many threads.
class Scorer {
 public:
  /// @throws UsageError when the topology's scheme is not the table's; as
  ///         make_scoring_table().
  Scorer(const PotentialTable& table, Topology topology);
  ~Scorer();
  Scorer(Scorer&&) noexcept;

  const Topology& topology() const;
  /// [R] the residues that carry a site, in order.
  const std::vector<ResidueName>& residues() const;
  /// [C] every chain with itself and every two, by name: A:A, A:B, ..., B:B, ...
  std::vector<std::pair<std::string, std::string>> chain_pairs() const;

  /// @throws UsageError when the frames have not N atoms, and for the first frame with
  ///         an atom at a site that is not finite or beyond ±2,000,000 Å, which it
  ///         names with the atom; Cancelled.
  FrameScores score(const Frames& frames, const FrameParts& parts = {},
                    const FrameRun& run = {}) const;

  /// [F] What each frame changes of the score of `before`, as when a residue moves or a
  /// segment is rebuilt: the difference of their totals, but for the order in which it is
  /// summed. Only pairs of the sites that moved are searched, so it is the faster the fewer these
  /// are.
  /// @throws as score(); UsageError when `before` has not N atoms or one that cannot be used.
  std::vector<double> changes(const Coordinates& before, const Frames& after,
                              const FrameRun& run = {}) const;

  /// The energy of the table made smooth (docs/trajectories.md), of coordinates that
  /// are not rounded, and its gradient: forces are minus the gradient. Atoms on which
  /// no site stands have none.
  /// @throws as score(); UsageError when a score of the table is not finite.
  EnergyGradient energy_and_gradient(const Frames& frames, const FrameRun& run = {}) const;
  /// The energies alone.
  std::vector<double> energies(const Frames& frames, const FrameRun& run = {}) const;

 private:
  void go_smoothly(const Frames& frames, const FrameRun& run, EnergyGradient& out) const;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace potential
