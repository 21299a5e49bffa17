#pragma once
#include <cmath>
#include <cstdint>
#include <potential/core/model.hpp>
#include <random>

/// A chain folded to and fro through a cube with the density of a protein: 8
/// sites a residue, one residue in 145 Å³, 160 types. The same on every machine.
inline potential::Model globule(std::size_t sites) {
  constexpr std::size_t sites_a_residue = 8;
  constexpr std::int32_t spacing = 5250;  // mÅ
  const std::size_t residues = (sites + sites_a_residue - 1) / sites_a_residue;
  const auto side = static_cast<std::size_t>(std::ceil(std::cbrt(static_cast<double>(residues))));
  const auto turn = [side](std::size_t k, bool back) { return back ? side - 1 - k : k; };
  std::mt19937 random(1);
  const auto jitter = [&random] {
    return static_cast<std::int32_t>(random() % 2 * 1000 + random() % 4000) - 2500;
  };
  potential::Model model;
  model.chains.push_back({"A", static_cast<std::uint32_t>(residues)});
  for (std::size_t r = 0; r < residues; ++r) {
    const std::size_t layer = r / side / side, row = turn(r / side % side, layer % 2 != 0);
    const std::size_t column = turn(r % side, r / side % 2 != 0);
    potential::Residue residue;
    residue.position = static_cast<std::int32_t>(r);
    model.residues.push_back(residue);
    const auto kind = static_cast<std::uint16_t>(random() % 20);
    for (std::uint16_t k = 0; k < sites_a_residue && model.size() < sites; ++k) {
      model.x.push_back(static_cast<std::int32_t>(column) * spacing + jitter());
      model.y.push_back(static_cast<std::int32_t>(row) * spacing + jitter());
      model.z.push_back(static_cast<std::int32_t>(layer) * spacing + jitter());
      model.type.push_back(static_cast<std::uint16_t>(kind * sites_a_residue + k));
      model.residue.push_back(static_cast<std::uint32_t>(r));
    }
  }
  return model;
}

/// `copies` such chains of 5,000 sites side by side, as in a capsid.
inline potential::Model assembly(std::size_t copies) {
  const potential::Model one = globule(5000);
  constexpr std::int32_t spacing = 50'000;  // mÅ
  const auto side = static_cast<std::size_t>(std::ceil(std::cbrt(static_cast<double>(copies))));
  potential::Model all;
  for (std::size_t c = 0; c < copies; ++c) {
    const auto shift = [](std::size_t k) { return static_cast<std::int32_t>(k) * spacing; };
    const auto first = static_cast<std::uint32_t>(all.residues.size());
    all.chains.push_back(one.chains.front());
    for (potential::Residue residue : one.residues) {
      residue.chain = static_cast<std::uint32_t>(c);
      all.residues.push_back(residue);
    }
    for (std::size_t i = 0; i < one.size(); ++i) {
      all.x.push_back(one.x[i] + shift(c % side));
      all.y.push_back(one.y[i] + shift(c / side % side));
      all.z.push_back(one.z[i] + shift(c / side / side));
      all.type.push_back(one.type[i]);
      all.residue.push_back(first + one.residue[i]);
    }
  }
  return all;
}
