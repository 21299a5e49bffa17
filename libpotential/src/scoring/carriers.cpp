#include "scoring/carriers.hpp"
#include <algorithm>

namespace potential {

std::vector<bool> residues_with_sites(const Model& model) {
  std::vector<bool> carries(model.residues.size(), false);
  for (const std::uint32_t residue : model.residue) carries[residue] = true;
  return carries;
}

std::uint32_t count_carriers(const Model& model) {
  const auto carries = residues_with_sites(model);
  return static_cast<std::uint32_t>(std::count(carries.begin(), carries.end(), true));
}

}  // namespace potential
