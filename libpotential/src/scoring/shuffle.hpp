#pragma once
#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <potential/core/model.hpp>
#include <potential/scoring/score.hpp>

namespace potential {

/// Mean and variance of a model's total score over all ways to deal its types
/// out to its sites.
struct ShuffledScore {
  double mean = 0;
  double variance = 0;
  std::vector<double> contacts;  ///< [T] how often each type takes part in a contact
};

/// Computes them in closed form, without shuffling: the pairs of sites, their
/// bins and classes stay, the types are permuted, each permutation as likely as
/// the next (as in the reference state of Rykunov & Fiser 2007, here with the
/// variance). Cost: P (K·B)² for each new composition, n (K·B)² a model. Not
/// shared between threads: each has its own.
class TypeShuffler {
 public:
  explicit TypeShuffler(std::shared_ptr<const ScoringTable> table);
  ~TypeShuffler();
  TypeShuffler(TypeShuffler&&) noexcept;

  /// @param contacts  of each site by cell, see PairTally::site_contacts()
  /// @returns not finite numbers when a score that is needed is not finite.
  ShuffledScore moments(const Model& model, const Eigen::MatrixXd& contacts);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// (score − mean)/sd; none when all shuffles score the same, or not a number.
std::optional<double> z_score(double total, const ShuffledScore& shuffled);

}  // namespace potential
