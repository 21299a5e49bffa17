#pragma once
#include <memory>
#include <potential/core/model.hpp>
#include <vector>

#include "pairs/pair_kernel.hpp"
#include "scoring/smooth_loops.hpp"
#include "scoring/smooth_table.hpp"
#include "structure/site_geometry.hpp"

namespace potential {

/// Smooth energies of models, and their gradients by site. Not shared between threads.
class SmoothEnergy {
 public:
  SmoothEnergy(const ScoringTable& scoring, std::shared_ptr<const SmoothTable> table);

  /// @param model  its x, y, z are the sites to the nearest mÅ: they find the pairs
  /// @param sites  exactly, Å
  /// @param gradient  nullptr, or filled
  double of(const Model& model, const std::vector<Vector3>& sites, std::vector<Vector3>* gradient);

 private:
  std::shared_ptr<const SmoothTable> table_;
  PairKernel kernel_;
  std::vector<double> places_, gradient_;  ///< [sites, 4]: x, y, z, and 0
  std::unique_ptr<SmoothPairs> pairs_;
};

}  // namespace potential
