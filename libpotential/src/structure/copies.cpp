#include "structure/copies.hpp"
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

namespace potential {
namespace {

constexpr std::int64_t same_place = 10;      // mÅ
constexpr std::int64_t superimposed = 2000;  // mÅ, itself excluded

std::int64_t squared_distance(const Model& model, std::size_t i, std::size_t j) {
  const std::int64_t dx = std::int64_t{model.x[i]} - model.x[j],
                     dy = std::int64_t{model.y[i]} - model.y[j],
                     dz = std::int64_t{model.z[i]} - model.z[j];
  return dx * dx + dy * dy + dz * dz;
}

bool is_more_than_a_tenth(std::size_t part, std::size_t all) { return 10 * part > all; }

/// Sites in cubes of a quarter of an Å: larger than `same_place`, so that few
/// sites are near a side, and too small for two atoms. Far cubes may share a list.
class Cubes {
 public:
  explicit Cubes(const Model& model) : model_(model), next_(model.size()) {
    while (lists_ < 2 * model.size()) lists_ *= 2;
    first_.assign(lists_, none);
  }

  /// True when more than a tenth have one of another residue at their place.
  bool are_shared() {
    std::vector<bool> shared(model_.size());
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < model_.size(); ++i) {
      for_each_near(i, [&](std::uint32_t j) {
        for (const std::uint32_t k : {i, j}) {
          count += !shared[k];
          shared[k] = true;
        }
      });
      if (is_more_than_a_tenth(count, model_.size())) return true;
      std::uint32_t& first =
          first_[list_of(cube_of(model_.x[i]), cube_of(model_.y[i]), cube_of(model_.z[i]))];
      next_[i] = first;
      first = i;
    }
    return false;
  }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  static constexpr int cube_bits = 8;

  /// The cube along one axis.
  static std::int64_t cube_of(std::int64_t v) { return v >> cube_bits; }

  std::size_t list_of(std::int64_t x, std::int64_t y, std::int64_t z) const {
    const auto key = static_cast<std::uint64_t>(x) + static_cast<std::uint64_t>(y) * 0x9E3779B1U +
                     static_cast<std::uint64_t>(z) * 0x85EBCA77C2B2AE63U;
    return static_cast<std::size_t>(key ^ key >> 29) & (lists_ - 1);
  }

  template <class Visit>
  void for_each_near(std::uint32_t i, Visit visit) const {
    constexpr std::int64_t d = same_place;
    const std::int64_t x = model_.x[i], y = model_.y[i], z = model_.z[i];
    for (std::int64_t cx = cube_of(x - d); cx <= cube_of(x + d); ++cx)
      for (std::int64_t cy = cube_of(y - d); cy <= cube_of(y + d); ++cy)
        for (std::int64_t cz = cube_of(z - d); cz <= cube_of(z + d); ++cz)
          for (std::uint32_t j = first_[list_of(cx, cy, cz)]; j != none; j = next_[j])
            if (model_.residue[i] != model_.residue[j] && squared_distance(model_, i, j) <= d * d)
              visit(j);
  }

  const Model& model_;
  std::size_t lists_ = 1024;
  std::vector<std::uint32_t> first_, next_;
};

bool has_chains_of_one_name(const Model& model) {
  std::set<std::string_view> names;
  for (const Chain& chain : model.chains)
    if (!names.insert(chain.name).second) return true;
  return false;
}

/// Residues whose first site is near that of the same residue of another chain.
std::size_t count_superimposed(const Model& model) {
  std::map<std::tuple<std::string_view, std::int32_t, char, std::string_view>,
           std::vector<std::size_t>>
      sites;
  std::size_t count = 0;
  for (std::size_t i = 0; i < model.size(); ++i) {
    if (i > 0 && model.residue[i] == model.residue[i - 1]) continue;
    const Residue& residue = model.residues[model.residue[i]];
    auto& same = sites[{model.chains[residue.chain].name, residue.number, residue.insertion_code,
                        residue.name}];
    for (const std::size_t j : same)
      if (model.residues[model.residue[j]].chain != residue.chain &&
          model.type[i] == model.type[j] &&
          squared_distance(model, i, j) < superimposed * superimposed) {
        ++count;
        break;
      }
    same.push_back(i);
  }
  return count;
}

}  // namespace

std::string find_copies(const Model& model) {
  if (Cubes(model).are_shared())
    return "more than a tenth of the sites lie at the place of another residue's: copies";
  if (!has_chains_of_one_name(model)) return "";
  const std::size_t near = count_superimposed(model);
  if (is_more_than_a_tenth(near, model.residues.size()))
    return std::to_string(near) + " of " + std::to_string(model.residues.size()) +
           " residues lie on one of the same chain, number and name: superimposed models need "
           "MODEL records";
  return "";
}

}  // namespace potential
