#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <potential/scoring/mutate.hpp>
#include <potential/support/error.hpp>

#include "pairs/lookup.hpp"
#include "scoring/pair_tally.hpp"
#include "scoring/scoring_tables.hpp"
#include "scoring/sum.hpp"

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

/// Sums over the pairs of one place with the sites of a model.
class Surroundings {
 public:
  explicit Surroundings(const ScoringTable& table)
      : table_(table), bins_(table.bins), classes_(table.separations, table.bins.size()) {
    for (std::uint16_t i = 0; i < table.types; ++i)
      for (std::uint16_t j = 0; j < table.types; ++j)
        rows_.push_back(static_cast<std::uint32_t>(table.row_of(i, j)));
  }

  /// Finds the sites of other residues within the bins and classes.
  /// @param at, site  where the residue stands
  void look(const Model& model, const Model& at, std::size_t site) {
    const Residue& own = model.residues[at.residue[site]];
    keys_.clear(), cells_.clear(), sites_.clear(), separations_.clear();
    for (std::size_t j = 0; j < model.size(); ++j) {
      if (model.residue[j] == at.residue[site]) continue;
      const std::int64_t squared = squared_distance(model, j, at, site);
      if (squared < bins_.lowest_square() || squared >= bins_.cutoff_square()) continue;
      const std::uint32_t separation = separation_of(own, model.residues[model.residue[j]]);
      if (separation < classes_.lowest() || separation > classes_.highest()) continue;
      keys_.push_back(bins_.key(squared));
      cells_.push_back(0);
      separations_.push_back(static_cast<std::uint16_t>(separation));
      sites_.push_back(static_cast<std::uint32_t>(j));
    }
    bins_.add(keys_.data(), keys_.size(), cells_.data());
    size_ = classes_.add(separations_.data(), keys_.size(), cells_.data(), sites_.data());
    for (std::size_t k = 0; k < size_; ++k) sites_[k] = model.type[sites_[k]];
  }

  /// What a site of this type adds there.
  double sum(std::uint16_t type) const {
    const std::uint32_t* const rows = rows_.data() + type * table_.types;
    const double* const score = table_.score.data();
    const std::uint32_t *const types = sites_.data(), *const cells = cells_.data();
    return sum_of_terms(size_, [=](std::size_t k) { return score[rows[types[k]] + cells[k]]; });
  }

 private:
  static std::int64_t squared_distance(const Model& a, std::size_t i, const Model& b,
                                       std::size_t j) {
    const std::int64_t dx = std::int64_t{a.x[i]} - b.x[j], dy = std::int64_t{a.y[i]} - b.y[j],
                       dz = std::int64_t{a.z[i]} - b.z[j];
    constexpr std::int64_t far = 2'000'000;  // mÅ, beyond any cut-off: squares stay in range
    if (std::max({std::abs(dx), std::abs(dy), std::abs(dz)}) > far) return far * far;
    return dx * dx + dy * dy + dz * dz;
  }

  static std::uint32_t separation_of(const Residue& a, const Residue& b) {
    if (a.chain != b.chain) return ClassLookup::other_chain;
    const std::int64_t steps = std::abs(std::int64_t{a.position} - b.position);
    return static_cast<std::uint32_t>(std::min<std::int64_t>(steps, ClassLookup::far));
  }

  const ScoringTable& table_;
  BinLookup bins_;
  ClassLookup classes_;
  std::vector<std::uint32_t> rows_;  // [T, T] where the cells of two types begin
  std::size_t size_ = 0;
  std::vector<std::uint32_t> keys_, cells_, sites_;  // sites_ hold their types in the end
  std::vector<std::uint16_t> separations_;
};

}  // namespace

struct MutationScanner::State {
  explicit State(const PotentialTable& potential) : tables(potential) { use(tables.fixed()); }

  /// The weights of terms may depend on the size of the model, which a mutation keeps.
  void use(std::shared_ptr<const ScoringTable> wanted) {
    if (!wanted || wanted == table) return;
    table = std::move(wanted);
    tally.emplace(table);
    around.emplace(*table);
  }

  ScoringTables tables;
  std::shared_ptr<const ScoringTable> table;
  std::optional<PairTally> tally;
  std::optional<Surroundings> around;
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
  Surroundings& around = *state_->around;
  for (std::size_t site = 0; site < model.size(); ++site) {
    const std::uint32_t residue = model.residue[site];
    result.residues.push_back(residue_name(model, residue));
    around.look(model, model, site);
    const double own = around.sum(model.type[site]);
    const Model* at = &model;  // where it was looked last
    std::size_t at_site = site;
    for (std::size_t a = 0; a < models.renamed.size(); ++a) {
      const Model& renamed = models.renamed[a];
      const std::size_t there = sites[a][residue];
      if (there == none) {
        result.changes.push_back(std::numeric_limits<double>::quiet_NaN());
        continue;
      }
      if (!same_place(*at, at_site, renamed, there)) around.look(model, renamed, there);
      at = &renamed, at_site = there;
      const bool unchanged =
          renamed.type[there] == model.type[site] && same_place(model, site, renamed, there);
      result.changes.push_back(unchanged ? 0 : around.sum(renamed.type[there]) - own);
    }
  }
  return result;
}

MutationScan scan_mutations(const PotentialTable& table, const RenamedModels& models) {
  return MutationScanner(table).scan(models);
}

}  // namespace potential
