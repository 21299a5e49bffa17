// A scan of 250 residues into the 20 amino acids, one site a residue.
#include <benchmark/benchmark.h>

#include <cmath>
#include <potential/scoring/mutate.hpp>

#include "globule.hpp"

namespace {

using namespace potential;

/// All names stand on CB, but for glycine.
RenamedModels chain_of_250() {
  RenamedModels models;
  const Model atoms = globule(8 * 250);
  Model& model = models.model;
  model.chains = atoms.chains;
  model.residues = atoms.residues;
  for (std::size_t i = 0; i < atoms.size(); i += 8) {
    model.x.push_back(atoms.x[i]), model.y.push_back(atoms.y[i]), model.z.push_back(atoms.z[i]);
    model.type.push_back(static_cast<std::uint16_t>(i / 8 * 7 % 20));
    model.residue.push_back(atoms.residue[i]);
  }
  for (std::uint16_t a = 0; a < 20; ++a) {
    models.names.push_back("X" + std::to_string(a));
    models.renamed.push_back(model);
    models.renamed.back().type.assign(model.size(), a);
    if (a == 7)
      for (auto& x : models.renamed.back().x) x += 1500;
  }
  return models;
}

void mutation_scan(benchmark::State& state) {
  PotentialTable table(TableAxes(load_scheme("residue-cb"), DistanceBins::parse("rapdf"),
                                 SeparationClasses::parse("1+")));
  double phase = 0;
  for (auto& score : table.score.reshaped()) score = std::sin(phase += 1.3);
  const RenamedModels models = chain_of_250();
  MutationScanner scanner(table);
  for (auto _ : state) benchmark::DoNotOptimize(scanner.scan(models));
}
BENCHMARK(mutation_scan)->Unit(benchmark::kMicrosecond);

}  // namespace
