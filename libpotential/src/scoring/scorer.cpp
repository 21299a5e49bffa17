#include <mutex>
#include <potential/scoring/scorer.hpp>
#include <potential/support/error.hpp>

#include "scoring/carriers.hpp"
#include "scoring/frames.hpp"
#include "scoring/pair_tally.hpp"
#include "scoring/scoring_tables.hpp"
#include "scoring/smooth_energy.hpp"
#include "scoring/surroundings.hpp"
#include "structure/site_plan.hpp"

namespace potential {
namespace {

/// Scores one frame after the other.
struct FrameTally {
  FrameTally(const Topology& topology, std::shared_ptr<const ScoringTable> table)
      : model(topology.model()), tally(std::move(table)) {}
  Model model;  ///< of the topology, with the coordinates of the frame
  PairTally tally;
};

/// Smooth energies of one frame after the other.
struct FrameEnergy {
  FrameEnergy(const Topology& topology, const ScoringTable& scoring,
              std::shared_ptr<const SmoothTable> table)
      : model(topology.model()), energy(scoring, std::move(table)) {}
  Model model;
  std::vector<Vector3> sites, by_site;
  SmoothEnergy energy;
};

/// Changes of the score between two frames.
struct FrameChange {
  FrameChange(const Topology& topology, const std::shared_ptr<const ScoringTable>& table)
      : before(topology.model()), after(before), around(*table), tally(table) {}

  double of(std::size_t max_moved);

  Model before, after;
  Surroundings around;
  PairTally tally;
  std::vector<std::uint32_t> moved;       ///< sites
  std::vector<std::uint8_t> looked_from;  ///< [sites] their pairs have been taken
};

/// The pairs of the sites that moved or, when these are many, all.
double FrameChange::of(std::size_t max_moved) {
  moved.clear();
  for (std::uint32_t i = 0; i < before.size(); ++i)
    if (before.x[i] != after.x[i] || before.y[i] != after.y[i] || before.z[i] != after.z[i])
      moved.push_back(i);
  if (moved.size() > max_moved) {
    TallyParts parts;
    parts.touching = false;
    tally.search(before, parts);
    const double was = tally.score();
    tally.search(after, parts);
    return tally.score() - was;
  }
  looked_from.assign(before.size(), 0);
  double change = 0;
  for (const std::uint32_t site : moved) {
    around.look(after, after, site, looked_from);
    const double now = around.sum(after.type[site]);
    around.look(before, before, site, looked_from);
    change += now - around.sum(before.type[site]);
    looked_from[site] = 1;
  }
  return change;
}

/// Index of each residue that carries a site, in order.
std::vector<std::uint32_t> carriers_of(const Model& model) {
  const std::vector<bool> carries = residues_with_sites(model);
  std::vector<std::uint32_t> carriers;
  for (std::uint32_t i = 0; i < carries.size(); ++i)
    if (carries[i]) carriers.push_back(i);
  return carriers;
}

void require_scheme(const PotentialTable& table, const Topology& topology) {
  if (topology.scheme() != table.axes.scheme)
    throw UsageError("the topology's types are " + topology.scheme().name() + ", the potential's " +
                     table.axes.scheme.name());
}

}  // namespace

void require_atoms(const Frames& frames, const Topology& topology) {
  if (frames.atoms() != topology.atoms())
    throw UsageError("coordinates: " + std::to_string(frames.atoms()) +
                     " atoms in a frame, the topology has " + std::to_string(topology.atoms()));
}

void rethrow_for_frame(std::size_t frame, const UsageError& error) {
  throw UsageError("coordinates", "frame " + std::to_string(frame) + ": " + error.what());
}

struct Scorer::State {
  State(const PotentialTable& table, Topology t)
      : topology(std::move(t)),
        scoring(ScoringTables(table).of(topology.model())),
        workers([this] { return std::make_unique<FrameTally>(topology, scoring); }),
        change_workers([this] { return std::make_unique<FrameChange>(topology, scoring); }),
        smooth_workers(
            [this] { return std::make_unique<FrameEnergy>(topology, *scoring, smooth_table()); }) {}

  std::shared_ptr<const SmoothTable> smooth_table() {
    const std::lock_guard<std::mutex> lock(mutex);
    if (!smooth) smooth = std::make_shared<const SmoothTable>(*scoring);
    return smooth;
  }

  Topology topology;
  std::shared_ptr<const ScoringTable> scoring;
  std::vector<std::uint32_t> carriers;  ///< residues that carry a site
  std::vector<ResidueName> residues;    ///< their names
  WorkerPool<FrameTally> workers;
  WorkerPool<FrameChange> change_workers;
  WorkerPool<FrameEnergy> smooth_workers;
  std::mutex mutex;
  std::shared_ptr<const SmoothTable> smooth;  ///< made when forces are first asked for
};

Scorer::Scorer(const PotentialTable& table, Topology topology) {
  require_scheme(table, topology);
  state_ = std::make_unique<State>(table, std::move(topology));
  const Model& model = state_->topology.model();
  state_->carriers = carriers_of(model);
  for (const std::uint32_t residue : state_->carriers)
    state_->residues.push_back(residue_name(model, residue));
}
Scorer::~Scorer() = default;
Scorer::Scorer(Scorer&&) noexcept = default;

const Topology& Scorer::topology() const { return state_->topology; }
const std::vector<ResidueName>& Scorer::residues() const { return state_->residues; }

std::vector<std::pair<std::string, std::string>> Scorer::chain_pairs() const {
  const auto& chains = state_->topology.model().chains;
  std::vector<std::pair<std::string, std::string>> pairs;
  for (std::size_t i = 0; i < chains.size(); ++i)
    for (std::size_t j = i; j < chains.size(); ++j)
      pairs.emplace_back(chains[i].name, chains[j].name);
  return pairs;
}

FrameScores Scorer::score(const Frames& frames, const FrameParts& parts,
                          const FrameRun& run) const {
  require_atoms(frames, state_->topology);
  const SitePlan& plan = state_->topology.plan();
  const std::size_t residues = parts.per_residue ? state_->carriers.size() : 0;
  const std::size_t pairs = parts.per_chain_pair ? chain_pairs().size() : 0;
  FrameScores scores;
  scores.totals.resize(frames.size());
  scores.contacts.resize(frames.size());
  scores.per_residue.resize(frames.size() * residues);
  scores.per_chain_pair.resize(frames.size() * pairs);
  TallyParts tally_parts;
  tally_parts.residues = parts.per_residue;
  tally_parts.chain_pairs = parts.per_chain_pair;
  tally_parts.touching = false;
  for_each_frame(frames, run, state_->workers, [&](FrameTally& worker, std::size_t f) {
    plan.place(frames[f], worker.model);
    worker.tally.search(worker.model, tally_parts);
    scores.totals[f] = worker.tally.score();
    scores.contacts[f] = worker.tally.contacts();
    for (std::size_t r = 0; r < residues; ++r)
      scores.per_residue[f * residues + r] = worker.tally.residue_scores()[state_->carriers[r]];
    if (pairs == 0) return;
    const auto rows = worker.tally.chain_pairs(worker.model);
    for (std::size_t p = 0; p < pairs; ++p) scores.per_chain_pair[f * pairs + p] = rows[p].score;
  });
  return scores;
}

std::vector<double> Scorer::changes(const Coordinates& before, const Frames& after,
                                    const FrameRun& run) const {
  // A search of all pairs takes about as long as one from an eighth of the sites.
  constexpr std::size_t part_to_look_from = 8;
  require_atoms(after, state_->topology);
  if (before.size() != after.atoms())
    throw UsageError("coordinates before: " + std::to_string(before.size()) +
                     " atoms, the topology has " + std::to_string(after.atoms()));
  const SitePlan& plan = state_->topology.plan();
  state_->change_workers.with([&](FrameChange& worker) {
    try {
      plan.place(before, worker.before);
    } catch (const UsageError& error) {
      throw UsageError("coordinates before", error.what());
    }
  });
  std::vector<double> changes(after.size());
  for_each_frame(after, run, state_->change_workers, [&](FrameChange& worker, std::size_t f) {
    plan.place(after[f], worker.after);
    plan.place(before, worker.before);
    changes[f] = worker.of(plan.size() / part_to_look_from);
  });
  return changes;
}

EnergyGradient Scorer::energy_and_gradient(const Frames& frames, const FrameRun& run) const {
  EnergyGradient out;
  out.gradients.assign(3 * frames.size() * frames.atoms(), 0);
  go_smoothly(frames, run, out);
  return out;
}

std::vector<double> Scorer::energies(const Frames& frames, const FrameRun& run) const {
  EnergyGradient out;
  go_smoothly(frames, run, out);
  return out.energies;
}

void Scorer::go_smoothly(const Frames& frames, const FrameRun& run, EnergyGradient& out) const {
  require_atoms(frames, state_->topology);
  state_->smooth_table();  // whose error is of no frame
  const SitePlan& plan = state_->topology.plan();
  const std::size_t values = 3 * frames.atoms();
  const bool gradient = !out.gradients.empty();
  out.energies.resize(frames.size());
  for_each_frame(frames, run, state_->smooth_workers, [&](FrameEnergy& worker, std::size_t f) {
    plan.place(frames[f], worker.model);
    plan.place(frames[f], worker.model, worker.sites);
    out.energies[f] =
        worker.energy.of(worker.model, worker.sites, gradient ? &worker.by_site : nullptr);
    if (!gradient) return;
    double* const by_atom = out.gradients.data() + f * values;
    plan.add_gradient(frames[f], worker.by_site, by_atom);
    if (frames.unit() == LengthUnit::nanometre)
      for (std::size_t k = 0; k < values; ++k) by_atom[k] *= 10;
  });
}

}  // namespace potential
