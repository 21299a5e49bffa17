#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <potential/core/model.hpp>
#include <potential/core/residue_selection.hpp>
#include <potential/scoring/score.hpp>

namespace potential {

/// The contacts of a model in each cell of a table, over what its score is
/// divided by.
struct CellShares {
  std::vector<std::uint32_t> cells;  ///< those with contacts, ascending
  std::vector<double> share;         ///< of each of them, contacts over divisor
  std::vector<float> variance;       ///< of the score of each of them
};

/// How sure the order of two models is: they share most of their contacts, so
/// most of what is uncertain in their scores is the same in both. Not shared
/// between threads: each has its own.
class DifferenceScorer {
 public:
  explicit DifferenceScorer(std::shared_ptr<const ScoringTable> table,
                            std::optional<ResidueSelection> residues = std::nullopt);
  ~DifferenceScorer();
  DifferenceScorer(DifferenceScorer&&) noexcept;

  /// @param divisor  what the model's score is divided by
  CellShares shares(const Model& model, double divisor);

  /// Standard error of the difference of the model's score to that of another,
  /// the standard errors σ of the cells taken as independent:
  ///
  ///     σ² = Σ over cells (c_m/n_m − c_b/n_b)² σ_cell²
  ///
  /// with c the contacts in the cell and n the divisors.
  /// @returns 0 for two models with the same contacts; NaN when the standard
  ///          error of a cell that either has contacts in is not finite.
  /// Fastest where `other` is that of the last call.
  double standard_error(const Model& model, double divisor,
                        const std::shared_ptr<const CellShares>& other);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace potential
