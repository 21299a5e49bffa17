#pragma once
// Small random structures and a brute-force count of them.
#include <cmath>
#include <functional>
#include <potential/core/contact_counts.hpp>
#include <potential/core/model.hpp>
#include <potential/training/reference_states.hpp>
#include <random>

namespace potential::synthetic {

using Random = std::mt19937_64;

/// Names of all reference states.
inline std::vector<std::string> all_states() {
  std::vector<std::string> names;
  for (const ReferenceState& state : reference_states()) names.push_back(state.name);
  return names;
}

inline double uniform(Random& random, double from, double to) {
  return from + (to - from) * static_cast<double>(random() >> 11) * 0x1p-53;
}

/// A scheme of `types` types, one site a residue.
inline Scheme scheme(int types) {
  std::string text = "scheme synthetic\nsites ca\n";
  for (int i = 0; i < types; ++i) {
    const std::string name = {'T', static_cast<char>('A' + i / 26),
                              static_cast<char>('A' + i % 26)};
    text += name + " " + name + "\n";
  }
  return Scheme::parse(text, "synthetic");
}

/// Chains of the given lengths, their sites uniform in a sphere of `radius` Å,
/// one site a residue, types drawn with unequal odds.
inline Model sphere(Random& random, const std::vector<int>& lengths, double radius, int types) {
  Model model;
  for (std::size_t chain = 0; chain < lengths.size(); ++chain) {
    model.chains.push_back({std::string(1, static_cast<char>('A' + chain)),
                            static_cast<std::uint32_t>(lengths[chain])});
    for (int k = 0; k < lengths[chain]; ++k) {
      double p[3];
      do
        for (double& coordinate : p) coordinate = uniform(random, -radius, radius);
      while (p[0] * p[0] + p[1] * p[1] + p[2] * p[2] > radius * radius);
      model.x.push_back(static_cast<std::int32_t>(std::lround(1000 * p[0])));
      model.y.push_back(static_cast<std::int32_t>(std::lround(1000 * p[1])));
      model.z.push_back(static_cast<std::int32_t>(std::lround(1000 * p[2])));
      const double odds = uniform(random, 0, 1);
      model.type.push_back(static_cast<std::uint16_t>(types * odds * odds));
      model.residue.push_back(static_cast<std::uint32_t>(model.residues.size()));
      Residue residue;
      residue.number = residue.position = k + 1;
      residue.chain = static_cast<std::uint32_t>(chain);
      model.residues.push_back(residue);
    }
  }
  return model;
}

/// Calls f(i, j, class, bin) for every pair that is counted.
inline void for_each_pair(const Model& model, const TableAxes& axes,
                          const std::function<void(std::size_t, std::size_t, int, int)>& f) {
  for (std::size_t j = 0; j < model.size(); ++j)
    for (std::size_t i = 0; i < j; ++i) {
      const Residue &a = model.residues[model.residue[i]], &b = model.residues[model.residue[j]];
      const int k = a.chain != b.chain
                        ? axes.separations.of_different_chains()
                        : axes.separations.of_separation(std::abs(a.position - b.position));
      const std::int64_t x = model.x[i] - model.x[j], y = model.y[i] - model.y[j],
                         z = model.z[i] - model.z[j];
      const int bin = axes.bins.find_squared(x * x + y * y + z * z);
      if (k >= 0 && bin >= 0) f(i, j, k, bin);
    }
}

/// Counts and margins, by the definition.
inline ContactCounts count(const std::vector<Model>& models, const TableAxes& axes) {
  ContactCounts counts(axes);
  for (const Model& model : models) {
    StructureRecord record;
    record.id = model.id;
    record.sha256 = identity_of(model);
    record.sites = static_cast<std::uint32_t>(model.size());
    record.radius_of_gyration = radius_of_gyration(model);
    record.composition.assign(static_cast<std::size_t>(axes.scheme.size()), 0);
    for (const auto type : model.type) ++record.composition[type];
    for (const Chain& chain : model.chains) {
      record.chain_lengths.push_back(chain.residues);
      record.residues += chain.residues;
    }
    record.pair_histogram.assign(static_cast<std::size_t>(axes.classes() * axes.columns()), 0);
    for_each_pair(model, axes, [&](std::size_t i, std::size_t j, int k, int bin) {
      ++counts.table(k)(axes.pairs.row(model.type[i], model.type[j]), bin);
      ++record.pair_histogram[static_cast<std::size_t>(k * axes.columns() + bin)];
    });
    counts.structures.push_back(std::move(record));
  }
  counts.options = {{"models", "first"}};
  counts.sort();
  return counts;
}

/// `number` structures s0, s1, ... of two chains.
inline std::vector<Model> structures(Random& random, int number, int types) {
  std::vector<Model> models;
  for (int s = 0; s < number; ++s) {
    const int length = 20 + static_cast<int>(random() % 30);
    models.push_back(sphere(random, {length, length / 2}, uniform(random, 9, 14), types));
    models.back().id = "s" + std::to_string(s);
  }
  return models;
}

inline TableAxes axes(int types, const std::string& bins, const std::string& separations) {
  return {scheme(types), DistanceBins::parse(bins), SeparationClasses::parse(separations)};
}

}  // namespace potential::synthetic
