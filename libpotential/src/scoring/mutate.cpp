#include <limits>
#include <optional>
#include <potential/scoring/mutate.hpp>
#include <potential/support/error.hpp>

#include "scoring/pair_tally.hpp"
#include "scoring/scoring_tables.hpp"
#include "scoring/surroundings.hpp"

namespace potential {
namespace {

constexpr std::size_t none = SIZE_MAX;

/// The site of each residue, or none.
std::vector<std::size_t> site_of_residue(const Model& model) {
  std::vector<std::size_t> sites(model.residues.size(), none);
  for (std::size_t site = 0; site < model.size(); ++site) sites[model.residue[site]] = site;
  return sites;
}

bool same_place(const Model& a, std::size_t i, const Model& b, std::size_t j) {
  return a.x[i] == b.x[j] && a.y[i] == b.y[j] && a.z[i] == b.z[j];
}

}  // namespace

struct MutationScanner::State {
  explicit State(const PotentialTable& potential) : tables(potential) { use(tables.fixed()); }

  /// The weights of terms may depend on the size of the model, which a mutation keeps.
  void use(std::shared_ptr<const ScoringTable> wanted) {
    if (!wanted || wanted == table) return;
    table = std::move(wanted);
    tally.emplace(table);
    home.emplace(*table), away.emplace(*table);
  }

  ScoringTables tables;
  std::shared_ptr<const ScoringTable> table;
  std::optional<PairTally> tally;
  std::optional<Surroundings> home, away;  // of a residue's own place, and of another one
};

MutationScanner::MutationScanner(const PotentialTable& table) {
  if (table.axes.scheme.placement() == SitePlacement::atom)
    throw UsageError("the potential is one of atoms (" + table.axes.scheme.name() +
                     "), whose places in another side chain are not known; mutations need one "
                     "site a residue: residue-ca, residue-cb or residue-centroid");
  state_ = std::make_unique<State>(table);
}
MutationScanner::~MutationScanner() = default;

MutationScan MutationScanner::scan(const RenamedModels& models) {
  const Model& model = models.model;
  state_->use(state_->tables.of(model));
  TallyParts parts;
  parts.touching = false;
  state_->tally->search(model, parts);
  MutationScan result{state_->tally->score(), {}, models.names, {}};
  std::vector<std::vector<std::size_t>> sites;
  for (const Model& renamed : models.renamed) sites.push_back(site_of_residue(renamed));
  Surroundings &home = *state_->home, &away = *state_->away;
  for (std::size_t site = 0; site < model.size(); ++site) {
    const std::uint32_t residue = model.residue[site];
    result.residues.push_back(residue_name(model, residue));
    home.look(model, model, site);
    const double own = home.sum(model.type[site]);
    const Model* at = &model;  // where was looked last
    std::size_t at_site = site;
    for (std::size_t a = 0; a < models.renamed.size(); ++a) {
      const Model& renamed = models.renamed[a];
      const std::size_t there = sites[a][residue];
      if (there == none) {
        result.changes.push_back(std::numeric_limits<double>::quiet_NaN());
        continue;
      }
      const bool moved = !same_place(model, site, renamed, there);
      if (moved && !same_place(*at, at_site, renamed, there)) {
        away.look(model, renamed, there);
        at = &renamed, at_site = there;
      }
      const bool unchanged = !moved && renamed.type[there] == model.type[site];
      const Surroundings& around = moved ? away : home;
      result.changes.push_back(unchanged ? 0 : around.sum(renamed.type[there]) - own);
    }
  }
  return result;
}

MutationScan scan_mutations(const PotentialTable& table, const RenamedModels& models) {
  return MutationScanner(table).scan(models);
}

}  // namespace potential
