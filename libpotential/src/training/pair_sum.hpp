#pragma once
#include <functional>

#include "training/reference.hpp"

namespace potential {

using RowArray = Eigen::Array<double, 1, Eigen::Dynamic>;

/// Fills what one pair of sites of a structure counts in each bin, [B'].
using PairWeight = std::function<void(const StructureRecord&, Eigen::Ref<RowArray>)>;

/// Σ over structures of weight(d) times the number of pairs of sites of the
/// two types, c_i c_j or c_i (c_i − 1)/2; [P, B'].
ScoreTable sum_pairs(const ClassCounts& counts, const PairWeight& weight);

/// Number of pairs of sites of a structure, n (n − 1)/2.
double count_site_pairs(const StructureRecord& structure);

/// The structure's pairs in each bin of the class, [B'].
RowArray histogram_of(const ClassCounts& counts, const StructureRecord& structure);

}  // namespace potential
