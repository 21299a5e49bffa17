#pragma once
#include <cstdint>
#include <vector>

#include <potential/core/model.hpp>

#include "pairs/lookup.hpp"
#include "scoring/scoring_table.hpp"

namespace potential {

/// Sums over the pairs of one place with the sites of a model. Not shared between threads.
class Surroundings {
 public:
  explicit Surroundings(const ScoringTable& table);

  /// Finds the sites of other residues within the bins and classes.
  /// @param at, site  where the residue stands; residues are those of `model`
  /// @param left_out  [sites] those that are not 0 are passed over; empty: none
  void look(const Model& model, const Model& at, std::size_t site,
            const std::vector<std::uint8_t>& left_out = {});

  /// What a site of this type adds there.
  double sum(std::uint16_t type) const;

 private:
  void find_near(const Model& model, const Model& at, std::size_t site);

  const ScoringTable& table_;
  BinLookup bins_;
  ClassLookup classes_;
  std::vector<std::uint32_t> rows_;  // [T, T] where the cells of two types begin
  std::size_t size_ = 0;
  std::vector<std::uint32_t> near_, keys_, cells_, sites_;  // sites_ hold their types in the end
  std::vector<std::int64_t> squares_;
  std::vector<std::uint16_t> separations_;
};

}  // namespace potential
