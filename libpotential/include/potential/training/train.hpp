#pragma once
#include <atomic>
#include <optional>

#include <potential/core/contact_counts.hpp>
#include <potential/core/normalization.hpp>
#include <potential/core/potential_table.hpp>
#include <potential/core/recipe.hpp>

namespace potential {

// Ranges of the numbers that every reference state takes; those of its own
// parameters are in reference_states().
constexpr double max_pseudocount = 1e9;
constexpr double min_cutoff = 0.001, max_cutoff = 1000;  // Å
constexpr int max_decimals = 15;

struct TrainOptions : TrainRecipe {
  std::optional<DistanceBins> bins;  ///< coarser, nested in those of the counts
  /// Label of the class (of the pooled one, with `pool`) that judges pairs between
  /// chains too, where the counts have none for them; empty = none.
  std::string inter_as;
  Normalization normalize = Normalization::total;
  const std::atomic<bool>* cancel = nullptr;  ///< when true the training ends with Cancelled

  /// @throws UsageError when the reference state is not known, or a number is
  ///         out of range or belongs to another state.
  void check() const;
};

/// Trains a potential from contact counts. Its recipe has every parameter of the
/// reference state, and the cut-off where there is one: by default that of the
/// state, or the last edge where the bins end before.
/// With `inter_as`, the class of this label is that of pairs between chains too:
/// `21+` becomes `21+/inter`.
/// @throws UsageError when an option is out of range or does not fit the
///         counts; Error when the reference state needs margins that an
///         imported contact map does not have.
PotentialTable train(const ContactCounts& counts, const TrainOptions& options);

}  // namespace potential
