#pragma once
#include <cstdint>
#include <vector>

#include <potential/core/model.hpp>

#include "pairs/pair_kernel.hpp"

namespace potential {

/// Two chains with heavy atoms nearer than touching_distance, and which residues.
struct ChainContact {
  std::uint32_t first = 0, second = 0;                         ///< chains, first < second
  std::vector<std::uint32_t> first_residues, second_residues;  ///< ascending
};

/// Finds them, by Model::heavy_atoms or, where the model has none, by its sites. Not
/// shared between threads.
class TouchingChains {
 public:
  TouchingChains();
  /// In the order of the chains.
  std::vector<ChainContact> find(const Model& model);

 private:
  PairKernel kernel_;
};

}  // namespace potential
