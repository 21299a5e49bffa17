#include "scoring/surroundings.hpp"
#include <algorithm>
#include <cstdlib>

#include "scoring/sum.hpp"

namespace potential {
namespace {

std::int64_t squared_distance(const Model& a, std::size_t i, const Model& b, std::size_t j) {
  const std::int64_t dx = std::int64_t{a.x[i]} - b.x[j], dy = std::int64_t{a.y[i]} - b.y[j],
                     dz = std::int64_t{a.z[i]} - b.z[j];
  return dx * dx + dy * dy + dz * dz;
}

std::uint32_t separation_of(const Residue& a, const Residue& b) {
  if (a.chain != b.chain) return ClassLookup::other_chain;
  const std::int64_t steps = std::abs(std::int64_t{a.position} - b.position);
  return static_cast<std::uint32_t>(std::min<std::int64_t>(steps, ClassLookup::far));
}

}  // namespace

Surroundings::Surroundings(const ScoringTable& table)
    : table_(table), bins_(table.bins), classes_(table.separations, table.bins.size()) {
  for (std::uint16_t i = 0; i < table.types; ++i)
    for (std::uint16_t j = 0; j < table.types; ++j)
      rows_.push_back(static_cast<std::uint32_t>(table.row_of(i, j)));
}

/// Lists the sites in the cube of the cut-off around a place. Differences are taken
/// modulo 2³² mÅ, which coordinates are not far enough apart to notice.
void Surroundings::find_near(const Model& model, const Model& at, std::size_t site) {
  const auto cutoff = static_cast<std::uint32_t>(bins_.cutoff());
  const std::uint32_t width = 2 * cutoff;
  const auto low = [=](std::int32_t v) { return static_cast<std::uint32_t>(v) - cutoff; };
  const std::uint32_t x = low(at.x[site]), y = low(at.y[site]), z = low(at.z[site]);
  near_.resize(model.size() + 1);
  std::size_t n = 0;
  for (std::size_t j = 0; j < model.size(); ++j) {
    near_[n] = static_cast<std::uint32_t>(j);
    n += static_cast<unsigned>(static_cast<std::uint32_t>(model.x[j]) - x <= width) &
         static_cast<unsigned>(static_cast<std::uint32_t>(model.y[j]) - y <= width) &
         static_cast<unsigned>(static_cast<std::uint32_t>(model.z[j]) - z <= width);
  }
  near_.resize(n);
}

void Surroundings::look(const Model& model, const Model& at, std::size_t site,
                        const std::vector<std::uint8_t>& left_out) {
  find_near(model, at, site);
  const Residue& own = model.residues[at.residue[site]];
  const std::size_t room = near_.size() + 1;
  squares_.resize(room), separations_.resize(room), sites_.resize(room);
  std::size_t n = 0;
  for (const std::uint32_t j : near_) {  // without branches that no CPU can predict
    const std::int64_t squared = squared_distance(model, j, at, site);
    const std::uint32_t separation = separation_of(own, model.residues[model.residue[j]]);
    squares_[n] = squared;
    separations_[n] = static_cast<std::uint16_t>(separation);
    sites_[n] = j;
    n += static_cast<unsigned>(squared >= bins_.lowest_square()) &
         static_cast<unsigned>(squared < bins_.cutoff_square()) &
         static_cast<unsigned>(separation >= classes_.lowest()) &
         static_cast<unsigned>(separation <= classes_.highest()) &
         static_cast<unsigned>(model.residue[j] != at.residue[site]) &
         static_cast<unsigned>(left_out.empty() || left_out[j] == 0);
  }
  keys_.resize(n);
  for (std::size_t k = 0; k < n; ++k) keys_[k] = bins_.key(squares_[k]);
  cells_.assign(n, 0);
  bins_.add(keys_.data(), keys_.size(), cells_.data());
  size_ = classes_.add(separations_.data(), keys_.size(), cells_.data(), sites_.data());
  for (std::size_t k = 0; k < size_; ++k) sites_[k] = model.type[sites_[k]];
}

double Surroundings::sum(std::uint16_t type) const {
  const std::uint32_t* const rows = rows_.data() + type * table_.types;
  const double* const score = table_.score.data();
  const std::uint32_t *const types = sites_.data(), *const cells = cells_.data();
  return sum_of_terms(size_, [=](std::size_t k) { return score[rows[types[k]] + cells[k]]; });
}

}  // namespace potential
