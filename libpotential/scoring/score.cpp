#include <algorithm>
#include <cmath>
#include <limits>
#include <potential/pairs/pair_kernel.hpp>
#include <potential/scoring/score.hpp>
#include <potential/support/error.hpp>
#include <tuple>

namespace potential {

/// The table laid out [P][K][B], the cells of two types together, and where
/// each pair of types begins.
struct ScoringTable {
  std::size_t types;
  DistanceBins bins;
  SeparationClasses separations;
  std::vector<double> score;
  std::vector<std::uint32_t> base;  // [T*T]

  explicit ScoringTable(const PotentialTable& table)
      : types(static_cast<std::size_t>(table.axes.scheme.size())),
        bins(table.axes.bins),
        separations(table.axes.separations) {
    const TableAxes& axes = table.axes;
    if (!axes.pairs.complete())
      throw UsageError(
          "this table does not hold each pair of types once (a contact map with both A:B and B:A, "
          "or with pairs missing), so structures cannot be scored with it; train from counts of "
          "unordered pairs");
    for (int row = 0; row < axes.rows(); ++row)
      for (int k = 0; k < axes.classes(); ++k)
        for (int bin = 0; bin < axes.columns(); ++bin)
          score.push_back(table.score(Eigen::Index{k} * axes.rows() + row, bin));
    const int cells = axes.classes() * axes.columns();
    for (int i = 0; i < axes.scheme.size(); ++i)
      for (int j = 0; j < axes.scheme.size(); ++j)
        base.push_back(static_cast<std::uint32_t>(axes.pairs.row(i, j) * cells));
  }
};

std::shared_ptr<const ScoringTable> make_scoring_table(const PotentialTable& table) {
  return std::make_shared<const ScoringTable>(table);
}

struct Scorer::State {
  std::shared_ptr<const ScoringTable> table;
  PairKernel kernel;
  std::vector<double> residue_score;
  std::vector<std::uint64_t> residue_contacts;

  explicit State(std::shared_ptr<const ScoringTable> t)
      : table(std::move(t)), kernel(table->bins, table->separations) {}

  const std::uint32_t* row_of(std::uint16_t type) const {
    return table->base.data() + type * table->types;
  }

  double sum(const ContactBatch& batch) const {
    const std::uint32_t* const base = row_of(batch.type);
    const double* const score = table->score.data();
    double partial[4] = {0, 0, 0, 0};  // four short chains of additions, not one long
    for (std::size_t k = 0; k < batch.size; ++k)
      partial[k & 3] += score[base[batch.types[k]] + batch.cells[k]];
    return (partial[0] + partial[1]) + (partial[2] + partial[3]);
  }

  void share_out(const ContactBatch& batch, const Model& model) {
    const std::uint32_t* const base = row_of(batch.type);
    const std::uint32_t here = model.residue[batch.site];
    for (std::size_t k = 0; k < batch.size; ++k) {
      const double half = table->score[base[batch.types[k]] + batch.cells[k]] / 2;
      const std::uint32_t there = model.residue[batch.sites[k]];
      residue_score[here] += half;
      residue_score[there] += half;
      ++residue_contacts[here];
      ++residue_contacts[there];
    }
  }
};

Scorer::Scorer(std::shared_ptr<const ScoringTable> table)
    : state_(std::make_unique<State>(std::move(table))) {}
Scorer::~Scorer() = default;
Scorer::Scorer(Scorer&&) noexcept = default;

namespace {

/// Which residues carry a site.
std::vector<bool> residues_with_sites(const Model& model) {
  std::vector<bool> carries(model.residues.size(), false);
  for (const std::uint32_t residue : model.residue) carries[residue] = true;
  return carries;
}

double divisor(Normalization normalization, const ModelScore& result) {
  switch (normalization) {
    case Normalization::total:
      return 1;
    case Normalization::residue:
      return result.residues;
    case Normalization::contact:
      return static_cast<double>(result.contacts);
  }
  return 1;
}

void finish(ModelScore& result, Normalization normalization) {
  result.scored = false;
  if (result.contacts == 0) {
    result.warnings.push_back("no two sites in contact: nothing to score");
  } else if (!std::isfinite(result.score)) {
    result.warnings.push_back(
        "the score is infinite: it has contacts that were never seen in training, and the "
        "potential has no pseudocount");
  } else {
    result.scored = true;
    result.score /= divisor(normalization, result);
  }
}

}  // namespace

ModelScore Scorer::score(const Model& model, Normalization normalization, bool per_residue) {
  State& state = *state_;
  ModelScore result;
  result.id = model.id;
  result.standard_error = std::numeric_limits<double>::quiet_NaN();
  result.warnings = model.notes;
  const auto carries = residues_with_sites(model);
  result.residues = static_cast<std::uint32_t>(std::count(carries.begin(), carries.end(), true));
  if (per_residue) {
    state.residue_score.assign(model.residues.size(), 0);
    state.residue_contacts.assign(model.residues.size(), 0);
  }
  state.kernel.for_each_batch(model, [&](const ContactBatch& batch) {
    result.score += state.sum(batch);
    result.contacts += batch.size;
    if (per_residue) state.share_out(batch, model);
  });
  finish(result, normalization);
  for (std::size_t i = 0; per_residue && i < model.residues.size(); ++i) {
    const Residue& residue = model.residues[i];
    if (carries[i])
      result.per_residue.push_back({model.chains[residue.chain].name, residue.number,
                                    residue.insertion_code, residue.name, state.residue_score[i],
                                    state.residue_contacts[i]});
  }
  return result;
}

void rank(std::vector<ModelScore>& scores) {
  std::sort(scores.begin(), scores.end(), [](const ModelScore& a, const ModelScore& b) {
    if (a.scored != b.scored) return a.scored;
    if (a.scored && a.score != b.score) return a.score < b.score;
    return a.id < b.id;
  });
}

}  // namespace potential
