#pragma once
#include <memory>
#include <string>
#include <vector>

#include <potential/core/model.hpp>
#include <potential/core/normalization.hpp>
#include <potential/core/potential_table.hpp>

namespace potential {

struct ResidueScore {
  std::string chain;
  std::int32_t number = 0;
  char insertion_code = ' ';
  std::string name;
  double score = 0;            ///< half of each pair to each of its residues
  std::uint64_t contacts = 0;  ///< pairs it takes part in
};

struct ModelScore {
  std::string id;
  bool scored = false;
  double score = 0;            ///< normalized; natural-log units, lower is better
  std::uint64_t contacts = 0;  ///< pairs within a bin and a class
  std::uint32_t residues = 0;  ///< polymer residues with a site
  double standard_error = 0;   ///< of the difference to the best model; NaN = not known
  std::vector<std::string> warnings;
  std::vector<ResidueScore> per_residue;  ///< when asked for
};

/// A potential laid out for scoring; shared by all scorers, never changed.
struct ScoringTable;
/// @throws UsageError when the rows are not every unordered pair once (an
///         imported map may hold A:B and B:A).
std::shared_ptr<const ScoringTable> make_scoring_table(const PotentialTable& table);

/// Scores models with one potential, one after another. Not shared between
/// threads: each has its own.
class Scorer {
 public:
  explicit Scorer(std::shared_ptr<const ScoringTable> table);
  ~Scorer();
  Scorer(Scorer&&) noexcept;

  /// The score is the sum over all pairs of sites in a bin and a class. A model
  /// without contacts, or whose sum is not finite, comes back not scored, the
  /// reason in its warnings. With `per_residue`, a row for each residue that
  /// carries a site, in the order of the file; these are not normalized.
  ModelScore score(const Model& model, Normalization normalization, bool per_residue);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Best first: scored models by score, then id; those without a score last, by id.
void rank(std::vector<ModelScore>& scores);

}  // namespace potential
