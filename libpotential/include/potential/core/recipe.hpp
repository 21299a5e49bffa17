#pragma once
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <potential/core/contact_counts.hpp>
#include <potential/core/normalization.hpp>

namespace potential {

/// Values of the parameters of a reference state by name: `alpha` -> 1.61.
using Parameters = std::map<std::string, double>;

/// How much of something each residue (Scheme::residues of a type) has, by name.
using ResidueShares = std::map<std::string, double>;

/// How small counts are treated beyond the pseudocount.
struct Smoothing {
  enum class Kind { none, sippl, shrink };
  Kind kind = Kind::none;
  double strength = 0;  ///< sippl: SIGMA (default 0.02); shrink: M, counts (default 10)
  /// From `none`, `sippl`, `sippl:SIGMA`, `shrink`, `shrink:M`. @throws UsageError.
  static Smoothing parse(const std::string& text);
  std::string to_string() const;
};

/// What makes scores of the counts of one layout.
struct TrainRecipe {
  std::string reference = "rapdf";  ///< name of the reference state (reference_states.hpp)
  Parameters parameters;            ///< of that state; where one is not given, its default
  double pseudocount = 1e-4;        ///< added to each cell
  Smoothing smoothing;
  bool pool = false;             ///< all separation classes as one
  std::optional<double> cutoff;  ///< Å; bins beyond the one that holds it score 0
  int decimals = -1;             ///< scores rounded to this many, -1 = not
};

/// What a part of a sum is multiplied by: a number or, where the balance of short and
/// long range shifts with the size of the molecule, A + B/sqrt(N + C), N the residues of
/// the model that carry a site (the form of cgRNASP).
struct Weight {
  double value = 1;                             ///< A
  double per_root = 0;                          ///< B; 0 = a plain number
  double offset = 0;                            ///< C, not below 0
  Weight(double number = 1) : value(number) {}  // a number is a weight

  bool depends_on_size() const { return per_root != 0; }
  double at(double residues) const {
    return per_root == 0 ? value : value + per_root / std::sqrt(residues + offset);
  }
  /// From `0.3` or `72-355/sqrt(N+16)`. @throws UsageError, also when a number is not
  /// within 1e6.
  static Weight parse(const std::string& text);
  std::string to_string() const;
  bool operator==(const Weight& o) const {
    return value == o.value && per_root == o.per_root && offset == o.offset;
  }
};

/// How a potential was made: trained, or as a weighted sum of parts, each with a
/// recipe of its own. A file holds it as texts (storage/recipe_text.hpp).
struct Recipe {
  Options counting;   ///< of the extraction, and what else was said in words
  std::string types;  ///< name of the scheme; empty where it is not said
  /// Of the table; none where they are those of the counts.
  std::optional<DistanceBins> bins;
  std::optional<SeparationClasses> separations;
  std::string inter_as;  ///< class that judges pairs between chains too; empty = not asked for
  std::optional<Normalization> normalize;  ///< what `score` ranks by; none = total

  std::optional<TrainRecipe> training;  ///< none in a sum, and where `problem` says why
  std::optional<int> jackknife_groups;  ///< where the standard errors are those of a jackknife
  std::string problem;                  ///< why a file's recipe cannot be followed

  std::vector<Recipe> parts;     ///< of a sum
  std::vector<Weight> weights;   ///< one a part
  int binary_digits = -1;        ///< of a sum: rounded to multiples of 2^-n, -1 = not
  ResidueShares residue_shares;  ///< of a sum: of its contacts, as the parts were trained from

  bool is_sum() const { return !weights.empty(); }
};

}  // namespace potential
