#pragma once
#include <memory>
#include <string>
#include <vector>

#include <potential/core/potential_table.hpp>
#include <potential/scoring/score.hpp>
#include <potential/structure/renamed.hpp>

namespace potential {

/// What each mutation of one residue would change. No claim about the free energy of
/// unfolding or binding.
struct MutationScan {
  double score = 0;                   ///< total of the model itself, natural-log units
  std::vector<ResidueName> residues;  ///< [R] those that carry a site
  std::vector<std::string> names;     ///< [A] of the new residue
  /// [R, A] score of the mutant less that of the model, not normalized. NaN where the new
  /// residue would have no site, as a side chain without atoms.
  std::vector<double> changes;
};

/// Mutates one residue after the other into each name. A mutant is the same file with
/// the residue renamed: it keeps the atoms that its new name knows, and everything else stays
/// where it is. For schemes with one site a residue.
/// @throws UsageError for a scheme of atoms; as require_scorable().
MutationScan scan_mutations(const PotentialTable& table, const RenamedModels& models);

/// Laid out once, for many models. Not shared between threads.
class MutationScanner {
 public:
  /// @throws as scan_mutations().
  explicit MutationScanner(const PotentialTable& table);
  ~MutationScanner();
  MutationScan scan(const RenamedModels& models);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace potential
