#pragma once
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <potential/core/chain_groups.hpp>
#include <potential/core/model.hpp>
#include <potential/core/normalization.hpp>
#include <potential/core/potential_table.hpp>

namespace potential {

/// A residue as its file names it.
struct ResidueName {
  std::string chain;
  std::int32_t number = 0;
  char insertion_code = ' ';
  std::string name;
};

/// @param residue  index into model.residues
ResidueName residue_name(const Model& model, std::uint32_t residue);

struct ResidueScore : ResidueName {
  double score = 0;                ///< half of each pair to each of its residues
  std::uint64_t contacts = 0;      ///< pairs it takes part in
  std::optional<Quality> quality;  ///< expected lDDT (CA), where the potential is calibrated
};

/// What the contacts of two residues of a model add to its score.
struct PairScore {
  std::uint32_t first = 0, second = 0;  ///< indices into Model::residues, first <= second
  double score = 0;                     ///< not normalized
  std::uint64_t contacts = 0;
};

/// The same with the names of the residues.
struct NamedPairScore {
  ResidueName first, second;
  double score = 0;
  std::uint64_t contacts = 0;
};

/// What the contacts of two chains of a model, or of one with itself, add to
/// its score.
struct ChainPairScore {
  std::string first, second;   ///< names of the chains
  double score = 0;            ///< not normalized
  std::uint64_t contacts = 0;  ///< pairs of sites within the table's distances
  bool scored = true;          ///< false: the potential has no class for such pairs
  /// Of the score, that of the cells taken as independent; where it was asked for.
  double standard_error = std::numeric_limits<double>::quiet_NaN();
};

/// Heavy atoms of two chains that are nearer than this (Å) touch.
constexpr double touching_distance = 5;

/// Two chains in contact.
struct InterfaceScore : ChainPairScore {
  /// Residues of either that touch the other, in the order of the file.
  std::vector<ResidueName> first_residues, second_residues;
};

struct ModelScore {
  std::string id;
  bool scored = false;
  double score = 0;            ///< normalized; natural-log units, lower is better
  std::uint64_t contacts = 0;  ///< pairs within a bin and a class
  std::uint32_t residues = 0;  ///< polymer residues with a site
  double standard_error = 0;   ///< of the difference to the best model; NaN = not known
  /// When residues were selected: the parts of the score from pairs among them, and of them
  /// with the rest.
  double within = std::numeric_limits<double>::quiet_NaN(),
         with_rest = std::numeric_limits<double>::quiet_NaN();
  /// Of a model with several chains, where the potential judges pairs within chains and between
  /// them: the parts of the score from either; else NaN.
  double within_chains = std::numeric_limits<double>::quiet_NaN(),
         between_chains = std::numeric_limits<double>::quiet_NaN();
  /// Expected GDT-TS, where the potential is calibrated; from the pairs within chains alone.
  std::optional<Quality> quality;
  /// When asked for: (score − mean)/sd over all ways to shuffle the model's
  /// types over its sites; negative is good. NaN = not known.
  double shuffle_z = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::string> warnings;
  std::vector<ResidueScore> per_residue;  ///< when asked for
  std::vector<NamedPairScore> top_pairs;  ///< when asked for, the worst first
  /// When asked for, of a model with several chains.
  std::vector<ChainPairScore> chain_pairs;
  /// When asked for: each two chains with contacts or that touch, in the order of the
  /// file. Their scores add up, in this order, to that of all pairs between chains.
  std::vector<InterfaceScore> interfaces;
  /// Names of chains that touch, where the potential has no class for pairs between
  /// chains: their contacts are not in the score.
  std::vector<std::pair<std::string, std::string>> unscored_interfaces;
};

/// A potential laid out for scoring; shared by all scorers, never changed.
struct ScoringTable;
/// @throws UsageError when the rows are not every unordered pair once (an
///         imported map may hold A:B and B:A).
void require_scorable(const PotentialTable& table);
/// @param between  score only the pairs between these groups of chains: the sum over
///        each chain of the one with each chain of the other, in the order of the file
/// @throws as require_scorable(); UsageError when there is no class for pairs between
///         chains, or a weight depends on the size of the model (see at_size()).
std::shared_ptr<const ScoringTable> make_scoring_table(
    const PotentialTable& table, const std::optional<ChainGroups>& between = std::nullopt);

/// Scores models with one potential, one after another. Not shared between
/// threads: each has its own.
class SiteScorer {
 public:
  explicit SiteScorer(std::shared_ptr<const ScoringTable> table);
  ~SiteScorer();
  SiteScorer(SiteScorer&&) noexcept;

  /// The score is the sum over all pairs of sites in a bin and a class. A model
  /// without contacts, or whose sum is not finite, comes back not scored, the
  /// reason in its warnings; but chains that are only scored between, and are apart,
  /// score 0. With `per_residue`, a row for each residue that
  /// carries a site, in the order of the file; these are not normalized.
  ModelScore score(const Model& model, Normalization normalization, bool per_residue);

  /// The pairs of residues with the highest (worst) scores, the worst first.
  std::vector<PairScore> top_pairs(const Model& model, std::size_t number);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Whether a potential scores pairs within chains and between them.
bool judges_chains_and_interfaces(const SeparationClasses& separations);

/// What a potential says it ranks by; between groups of chains the total.
Normalization stored_normalization(const PotentialTable& table,
                                   const std::optional<ChainGroups>& between = std::nullopt);

/// What the score of a model is divided by.
double divisor(Normalization normalization, const ModelScore& model);

/// True when `a` stands before `b` in the ranking.
bool ranks_before(const ModelScore& a, const ModelScore& b);
/// Best first: scored models by score, then id; those without a score last, by id.
void rank(std::vector<ModelScore>& scores);

}  // namespace potential
