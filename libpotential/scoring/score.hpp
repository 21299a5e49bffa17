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

/// Scores models with one potential. Not shared between threads; copies share
/// the table.
class Scorer {
 public:
  /// @throws UsageError when the rows of the table are not every unordered pair
  ///         once (an imported map may hold A:B and B:A).
  explicit Scorer(std::shared_ptr<const PotentialTable> table);
  ~Scorer();
  Scorer(Scorer&&) noexcept;

  ModelScore score(const Model& model, Normalization normalization, bool per_residue);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Best first: scored models by score, then id; those without a score last, by id.
void rank(std::vector<ModelScore>& scores);

}  // namespace potential
