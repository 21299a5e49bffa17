#pragma once
#include <optional>

#include <potential/core/calibration.hpp>
#include <potential/core/contact_counts.hpp>
#include <potential/core/recipe.hpp>

namespace potential {

/// A statistical potential: a score for two types at a distance, in natural-log
/// units, lower = more native-like.
struct PotentialTable {
  TableAxes axes;
  ScoreTable score;                        ///< [K·P, B]
  ScoreTable standard_error;               ///< [K·P, B], of each score
  std::optional<CountTable> counts;        ///< [K·P, B] it was trained from, after pooling
  std::uint64_t structures = 0;            ///< number of structures behind it
  Recipe recipe;                           ///< how it was made
  std::optional<Calibration> calibration;  ///< none: scores are not turned into qualities

  /// All scores and errors 0.
  explicit PotentialTable(TableAxes a)
      : axes(std::move(a)),
        score(ScoreTable::Zero(Eigen::Index{axes.classes()} * axes.rows(), axes.columns())),
        standard_error(score) {}

  auto table(int separation_class) {
    return score.middleRows(Eigen::Index{separation_class} * axes.rows(), axes.rows());
  }
  auto table(int separation_class) const {
    return score.middleRows(Eigen::Index{separation_class} * axes.rows(), axes.rows());
  }
};

}  // namespace potential
