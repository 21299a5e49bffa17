#pragma once
#include <optional>
#include <string>
#include <vector>

#include <potential/core/calibration.hpp>
#include <potential/core/contact_counts.hpp>
#include <potential/core/recipe.hpp>

namespace potential {

/// One structure of the set that a potential was trained on.
struct TrainingStructure {
  std::string id;
  Digest sha256{};    ///< of its sites in the scheme named
  std::string types;  ///< name of that scheme
};

struct Term;

/// A statistical potential: a score for two types at a distance, in natural-log
/// units, lower = more native-like.
struct PotentialTable {
  TableAxes axes;
  /// [K·P, B]; of a sum, of all its terms, with the weights of N → ∞ residues.
  ScoreTable score;
  ScoreTable standard_error;               ///< [K·P, B], of each score
  std::optional<CountTable> counts;        ///< [K·P, B] it was trained from, after pooling
  std::uint64_t structures = 0;            ///< number of structures behind it
  Recipe recipe;                           ///< how it was made
  std::optional<Calibration> calibration;  ///< none: scores are not turned into qualities
  /// Sorted by id, then digest; empty where they are not known.
  std::vector<TrainingStructure> training;
  std::vector<Term> terms;  ///< what a sum was added up from, where it was kept

  /// All scores and errors 0.
  explicit PotentialTable(TableAxes a);

  auto table(int separation_class) {
    return score.middleRows(Eigen::Index{separation_class} * axes.rows(), axes.rows());
  }
  auto table(int separation_class) const {
    return score.middleRows(Eigen::Index{separation_class} * axes.rows(), axes.rows());
  }
};

/// A part of a sum, with types, bins and separation classes of its own.
struct Term {
  std::string name;  ///< letters, digits, `-` and `_`
  Weight weight;
  PotentialTable table;  ///< has no terms, calibration or list of structures of its own
};

/// Whether the weight of a term depends on the number of residues of the model.
bool depends_on_size(const PotentialTable& table);

/// @throws UsageError, with the names there are, when no term has this one.
const Term& find_term(const PotentialTable& sum, const std::string& name);

/// `rapdf, dope`: the names of the terms.
std::string join_names(const std::vector<std::string>& names);

/// The structures behind a potential made of several: each once. Where two lists
/// have the same structures, by their sites in different schemes, the first is kept.
std::vector<TrainingStructure> union_of_training(
    const std::vector<const std::vector<TrainingStructure>*>& lists);

/// The part of a potential in these classes, each of which lies in one of its own.
/// Counts and terms are left out, and the calibration, which is that of the whole.
/// @throws UsageError when a class lies in none, or only partly in one.
PotentialTable in_classes(const PotentialTable& table, const SeparationClasses& separations);

}  // namespace potential
