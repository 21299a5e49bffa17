#pragma once
#include <cstdint>
#include <vector>

#include <potential/core/model.hpp>

namespace potential {

/// [R] Which residues carry a site.
std::vector<bool> residues_with_sites(const Model& model);
/// Their number.
std::uint32_t count_carriers(const Model& model);

}  // namespace potential
