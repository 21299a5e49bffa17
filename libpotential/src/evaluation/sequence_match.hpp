#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include <potential/evaluation/residue_match.hpp>

namespace potential {

/// Pairs (native, model) of residues of equal name that stand together when the
/// sequences are aligned, chain by chain: of all pairs of chains the one with the most
/// such residues first, each chain once; of equal ones that of equal ids. Where a shift of
/// the numbers of a chain pairs as many, it holds. Ascending in the native.
std::vector<std::pair<std::uint32_t, std::uint32_t>> match_by_sequence(
    const std::vector<ResidueId>& native, const std::vector<ResidueId>& model);

}  // namespace potential
