#pragma once
#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include <potential/scoring/score.hpp>

#include "scoring/chain_pairs.hpp"
#include "scoring/pair_search.hpp"
#include "scoring/scoring_table.hpp"
#include "scoring/touching_chains.hpp"

namespace potential {

/// What to take from the pairs of a model beside its score.
struct TallyParts {
  bool residues = false, residue_pairs = false, site_contacts = false, chain_pairs = false;
  bool interfaces = false;
  bool touching = true;  ///< chains that touch and are not scored between
  bool need_sites() const {
    return residues || residue_pairs || site_contacts || chain_pairs || interfaces;
  }
};

/// Searches the pairs of models and sums all that is asked for in that one search.
/// Not shared between threads.
class PairTally {
 public:
  /// @param residues  only their pairs, among them and with the rest
  explicit PairTally(std::shared_ptr<const ScoringTable> table,
                     std::optional<ResidueSelection> residues = std::nullopt);

  /// Forgets the model before. The members below are then those of this one.
  void search(const Model& model, const TallyParts& parts);

  /// Sum over the pairs, not normalized, and their number.
  double score() const { return score_; }
  std::uint64_t contacts() const { return contacts_; }
  /// By residue of the model, when asked for.
  const std::vector<double>& residue_scores() const { return residue_score_; }

  /// As SiteScorer::score() returns it; the residues when they were asked for.
  ModelScore model_score(const Model& model, Normalization normalization) const;
  /// The pairs of residues with the highest scores, the worst first.
  std::vector<PairScore> worst_pairs(std::size_t number) const;
  /// [C, n] contacts of each site by cell, C = K·B.
  const Eigen::MatrixXd& site_contacts() const { return site_contacts_; }
  /// See ChainPairs::finish(). To be asked for once.
  std::vector<ChainPairScore> chain_pairs(const Model& model) {
    return chain_pairs_->finish(model);
  }
  /// Those of all pairs of chains that are interfaces of the model.
  std::vector<InterfaceScore> interfaces(const Model& model,
                                         const std::vector<ChainPairScore>& pairs) const;

 private:
  void find_touching(const Model& model);
  bool splits(const Model& model) const;
  void add_quality(const Model& model, ModelScore& result) const;
  void add_selected(const ContactBatch& batch, const Model& model);
  void finish_selected(const std::vector<bool>& carries, Normalization normalization,
                       ModelScore& result) const;
  void share_out(const ContactBatch& batch, const Model& model);
  void share_out_between(const ContactBatch& batch, const Model& model);
  void add_residue_pairs(const ContactBatch& batch, const Model& model);
  void add_site_contacts(const ContactBatch& batch, const Model& model);

  std::shared_ptr<const ScoringTable> table_;
  bool whole_;  // no residues are selected
  PairSearch pairs_;
  TallyParts parts_;
  std::string problem_;  // why there are no pairs
  double score_ = 0;
  double within_ = 0, with_rest_ = 0;  // of the selected residues
  bool split_ = false;                 // the score has a part between chains and one within them
  double between_ = 0;                 // that part
  std::uint64_t contacts_ = 0;
  std::vector<double> residue_score_;
  std::vector<double> residue_between_;  // of it, from pairs between chains; for qualities
  std::vector<std::uint64_t> residue_contacts_;
  std::unordered_map<std::uint64_t, PairScore> residue_pairs_;  // by the two residues
  Eigen::MatrixXd site_contacts_;
  std::optional<ChainPairs> chain_pairs_;  // made when it is first asked for
  std::optional<TouchingChains> touching_chains_;
  std::vector<ChainContact> touching_;
};

}  // namespace potential
