// What OpenMM makes of our System beside Scorer; what LAMMPS cannot be told. (LAMMPS itself is
// run by tests/python/test_simulations.py.)
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <potential/report/simulation.hpp>
#include <potential/scoring/scorer.hpp>
#include <potential/structure/reader.hpp>
#include <potential/support/error.hpp>
#include <sstream>

#ifdef POTENTIAL_HAVE_OPENMM
#include <OpenMM.h>
#include <openmm/serialization/XmlSerializer.h>
#endif

#include "common/peptide.hpp"

namespace potential {
namespace {

/// 1ctf where it is there and one chain will do, else two made-up chains.
Model model_of(const Scheme& scheme, bool two_chains = false) {
  const char* const data = std::getenv("POTENTIAL_TEST_DATA");
  const std::filesystem::path native =
      std::filesystem::path(data == nullptr ? "" : data) / "decoys" / "1ctf" / "native.pdb";
  InputFile file;
  file.id = "native.pdb";
  if (!two_chains && std::filesystem::exists(native)) {
    file.path = native.string();
  } else {
    std::vector<test::PdbAtom> atoms;
    for (const char* chain : {"A", "B"})
      for (const auto& atom :
           test::random_chain({"MET", "ALA", "GLY", "SER", "LEU", "TRP", "CYS", "ALA", "PHE"},
                              chain, static_cast<unsigned>(chain[0])))
        atoms.push_back(atom);
    file.bytes = std::make_shared<const std::string>(test::pdb_text(atoms));
  }
  return StructureReader(scheme, {}).read(file).front();
}

PotentialTable table_of(const std::string& scheme, const char* bins, const char* classes) {
  PotentialTable table(
      TableAxes(load_scheme(scheme), DistanceBins::parse(bins), SeparationClasses::parse(classes)));
  double score = 0;
  for (auto& cell : table.score.reshaped()) cell = std::sin(score += 1.7);
  return table;
}

TEST(Simulation, LammpsIsToldOfOpenClassesAlone) {
  for (const char* classes : {"1-8", "1,2+", "1-2/4+"}) {
    const PotentialTable table = table_of("residue-ca", "rapdf", classes);
    EXPECT_THROW(lammps_files(table, model_of(table.axes.scheme), "x"), UsageError) << classes;
  }
  const PotentialTable table = table_of("residue-ca", "rapdf", "1,2+,inter");
  const Model model = model_of(table.axes.scheme);
  SimulationOptions options;
  options.separations = SeparationClasses::parse("2+");
  EXPECT_THAT(lammps_files(table, model, "x", options).input, testing::HasSubstr("x.data"));
  options.separations = SeparationClasses::parse("3-4");
  EXPECT_THROW(lammps_files(table, model, "x", options), UsageError);
  options = {};
  options.temperature = 0;
  EXPECT_THROW(openmm_system(table, model, options), UsageError);
}

#ifdef POTENTIAL_HAVE_OPENMM
struct Ours {
  std::vector<double> xyz;
  EnergyGradient result;
};

Ours ours(const PotentialTable& table, const Model& model) {
  const Scorer scorer(table, Topology(std::make_shared<const Model>(model), table.axes.scheme));
  const std::vector<double>& xyz = scorer.topology().coordinates();
  return {xyz, scorer.energy_and_gradient(Frames(xyz.data(), 1, model.size()))};
}

TEST(Simulation, OpenMmGivesOurEnergiesAndForces) {
  const double unit = 8.31446261815324e-3 * 300;
  for (const auto& [scheme, bins, classes] :
       {std::tuple("residue-ca", "half", "1,2,3-4,5-8,9+,inter"),
        std::tuple("residue-cb", "rapdf", "3+"),
        std::tuple("residue-centroid", "0,4,5,8,9,10", "inter"),
        std::tuple("heavy-atom", "rapdf", "1+/inter")}) {
    const PotentialTable table = table_of(scheme, bins, classes);
    const Model model = model_of(table.axes.scheme, std::string(classes) == "inter");
    const auto [xyz, expected] = ours(table, model);
    std::istringstream text(openmm_system(table, model));
    const std::unique_ptr<OpenMM::System> system(
        OpenMM::XmlSerializer::deserialize<OpenMM::System>(text));
    OpenMM::VerletIntegrator integrator(0.001);
    OpenMM::Context context(*system, integrator, OpenMM::Platform::getPlatformByName("Reference"));
    std::vector<OpenMM::Vec3> positions;
    for (std::size_t i = 0; i < model.size(); ++i)
      positions.emplace_back(xyz[3 * i] / 10, xyz[3 * i + 1] / 10, xyz[3 * i + 2] / 10);
    context.setPositions(positions);
    const OpenMM::State state = context.getState(OpenMM::State::Energy | OpenMM::State::Forces);
    EXPECT_NEAR(state.getPotentialEnergy() / unit, expected.energies[0],
                1e-9 * std::abs(expected.energies[0]))
        << scheme;
    double largest = 0, worst = 0;
    for (std::size_t i = 0; i < 3 * model.size(); ++i) {
      const double force = state.getForces()[i / 3][static_cast<int>(i % 3)] / unit / 10;
      largest = std::max(largest, std::abs(expected.gradients[i]));
      worst = std::max(worst, std::abs(force + expected.gradients[i]));
    }
    EXPECT_LE(worst, 1e-9 * largest) << scheme;
    EXPECT_GT(largest, 0) << scheme;
  }
}
#else
TEST(Simulation, OpenMmGivesOurEnergiesAndForces) { GTEST_SKIP() << "built without OpenMM"; }
#endif

}  // namespace
}  // namespace potential
