#include <algorithm>
#include <cmath>
#include <numeric>
#include <potential/core/combine.hpp>
#include <potential/scoring/pose_scorer.hpp>
#include <potential/support/error.hpp>

#include "pairs/cross_search.hpp"
#include "scoring/carriers.hpp"
#include "scoring/pair_tally.hpp"
#include "scoring/scoring_tables.hpp"
#include "scoring/sum.hpp"
#include "structure/site_plan.hpp"

namespace potential {
namespace {

/// Sites by their types, so that one row of the table stays in the nearest cache.
std::vector<std::uint32_t> by_type(const Model& model) {
  std::vector<std::uint32_t> order(model.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return model.type[a] < model.type[b]; });
  return order;
}

/// The scores of pairs between chains, [T, T, B].
std::vector<double> square_table(const PotentialTable& potential) {
  const PotentialTable table = in_classes(potential, SeparationClasses::parse("inter"));
  const int types = table.axes.scheme.size();
  std::vector<double> square;
  square.reserve(static_cast<std::size_t>(types * types * table.axes.columns()));
  for (int i = 0; i < types; ++i)
    for (int j = 0; j < types; ++j) {
      const auto row = table.score.row(table.axes.pairs.row(std::min(i, j), std::max(i, j)));
      square.insert(square.end(), row.begin(), row.end());
    }
  return square;
}

}  // namespace

struct PoseScorer::State {
  Topology ligand;
  std::vector<double> square;
  std::size_t row;  // T·B
  CrossSearch search;
  std::vector<std::uint32_t> order;
  PairTally tally;
  std::vector<double> atoms;  // of the ligand as it is moved, [N, 3] Å
  Model moved;
  bool inside = false;   // pairs within the ligand count
  PoseScore receptor{};  // pairs within it
  std::uint32_t residues = 0;

  State(const PotentialTable& table, const Model& still, const Topology& body)
      : ligand(body),
        square(square_table(table)),
        row(static_cast<std::size_t>(table.axes.scheme.size() * table.axes.columns())),
        search(table.axes.bins),
        order(by_type(body.model())),
        tally(make_scoring_table(table)),
        moved(body.model()) {
    search.lay_out(still);
    receptor = within(still);
    inside = within(moved).contacts > 0;
  }

  PoseScore within(const Model& model) {
    TallyParts parts;
    parts.touching = false;
    tally.search(model, parts);
    const ModelScore own = tally.model_score(model, Normalization::total);
    return {own.contacts > 0 ? own.score : 0, own.contacts};
  }
};

PoseScorer::PoseScorer(const PotentialTable& table, const Model& receptor, const Topology& ligand) {
  require_scorable(table);
  if (table.axes.separations.of_different_chains() < 0)
    throw UsageError(
        "the potential has no class for pairs between chains, so it would score all poses the "
        "same; take one that has, such as interface");
  if (!table.score.isFinite().all())
    throw UsageError("the potential has infinite scores; poses need one with a pseudocount");
  const std::uint32_t residues = count_carriers(receptor) + count_carriers(ligand.model());
  state_ = std::make_unique<State>(at_size(table, residues), receptor, ligand);
  state_->residues = residues;
}
PoseScorer::~PoseScorer() = default;
PoseScorer::PoseScorer(PoseScorer&&) noexcept = default;

std::uint32_t PoseScorer::residues() const { return state_->residues; }

PoseScore PoseScorer::score(const RigidMotion& pose) {
  State& state = *state_;
  pose.apply(state.ligand.coordinates(), state.atoms);
  state.ligand.plan().place(Coordinates(state.atoms.data(), state.atoms.size() / 3), state.moved);
  PoseScore sum = state.receptor;
  if (state.inside) {
    const PoseScore own = state.within(state.moved);
    sum.score += own.score;
    sum.contacts += own.contacts;
  }
  double between = 0;
  state.search.for_each_batch(state.moved, state.order, [&](const ContactBatch& batch) {
    const double* const row = state.square.data() + batch.type * state.row;
    between += sum_of_terms(batch.size, [&](std::size_t k) { return row[batch.offsets[k]]; });
    sum.contacts += batch.size;
  });
  sum.score += between;
  return sum;
}

}  // namespace potential
