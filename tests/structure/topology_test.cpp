// Sites from atoms by the plan of a topology are those that files give.
#include <cmath>
#include <filesystem>
#include <potential/structure/topology.hpp>

#include "fixtures.hpp"
#include "structure/site_plan.hpp"

namespace potential::test {
namespace {

void expect_own_sites(const Topology& topology) {
  Model model = topology.model();
  for (auto* axis : {&model.x, &model.y, &model.z}) axis->assign(model.size(), 0);
  topology.plan().place({topology.coordinates().data(), topology.atoms()}, model);
  EXPECT_EQ(model.x, topology.model().x);
  EXPECT_EQ(model.y, topology.model().y);
  EXPECT_EQ(model.z, topology.model().z);
  std::vector<Vector3> exact;
  topology.plan().place({topology.coordinates().data(), topology.atoms()}, model, exact);
  for (std::size_t i = 0; i < exact.size(); ++i)
    EXPECT_LE(std::abs(1000 * exact[i].x - model.x[i]), 0.5001);
}

TEST(Topology, ItsOwnCoordinatesGiveTheSitesOfTheFile) {
  const char* folder = std::getenv("POTENTIAL_TEST_DATA");
  if (folder == nullptr) GTEST_SKIP() << "POTENTIAL_TEST_DATA is not set";
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(folder) + "/train")) {
    if (++files % 30 != 0) continue;
    for (const std::string& scheme : protein_schemes())
      expect_own_sites(Topology::read(entry.path().string(), load_scheme(scheme)));
  }
  EXPECT_GE(files, 30U);
}

TEST(Topology, BinaryCifIsTheSameAsMmcif) {
  const char* folder = std::getenv("POTENTIAL_TEST_DATA");
  if (folder == nullptr) GTEST_SKIP() << "POTENTIAL_TEST_DATA is not set";
  std::size_t files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(folder) + "/formats/bcif")) {
    std::string path = entry.path().string();
    const std::size_t ending = path.rfind(".bcif");
    if (ending == path.npos || ++files % 3 != 0) continue;
    const Topology binary = Topology::read(path, load_scheme("heavy-atom"));
    const Topology text =
        Topology::read(path.replace(ending, path.npos, ".cif.gz"), load_scheme("heavy-atom"));
    EXPECT_EQ(binary.coordinates(), text.coordinates()) << path;
    EXPECT_EQ(binary.plan().atoms, text.plan().atoms) << path;
  }
  EXPECT_GE(files, 3U);
}

/// The gradient of a weighted sum of the sites by each atom against differences.
TEST(SitePlan, TheChainRuleIsThatOfDifferences) {
  Atoms atoms;
  std::vector<double> xyz;
  std::vector<Atom> residues = residue("LEU", 1, 0) + residue("TRP", 2, 1) + residue("GLY", 3, 2);
  residues.erase(residues.begin() + 4);  // the first CB
  for (const Atom& atom : residues) {
    atoms.atom_names.push_back(atom.name);
    atoms.residue_names.push_back(atom.residue);
    atoms.residue_numbers.push_back(atom.number);
    xyz.insert(xyz.end(), {atom.x, atom.y, atom.z});
  }
  const std::size_t n = atoms.atom_names.size();
  for (const std::string& scheme : protein_schemes()) {
    const Topology topology = Topology::from_atoms(atoms, {xyz.data(), n}, load_scheme(scheme));
    std::vector<Vector3> weights, sites;
    for (std::size_t i = 0; i < topology.model().size(); ++i)
      weights.push_back({std::sin(3.0 * double(i)), std::cos(double(i)), 1});
    const auto sum = [&] {
      topology.plan().place({xyz.data(), n}, topology.model(), sites);
      double total = 0;
      for (std::size_t i = 0; i < sites.size(); ++i)
        total += weights[i].x * sites[i].x + weights[i].y * sites[i].y + weights[i].z * sites[i].z;
      return total;
    };
    std::vector<double> gradient(3 * n, 0.0);
    topology.plan().add_gradient({xyz.data(), n}, weights, gradient.data());
    for (std::size_t k = 0; k < 3 * n; ++k) {
      const double here = xyz[k];
      xyz[k] = here + 1e-4;
      const double above = sum();
      xyz[k] = here - 1e-4;
      EXPECT_NEAR(gradient[k], (above - sum()) / 2e-4, 1e-8) << scheme << ' ' << k;
      xyz[k] = here;
    }
  }
}

}  // namespace
}  // namespace potential::test
