#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <potential/support/error.hpp>
#include <potential/workflow/poses.hpp>
#include <potential/workflow/score.hpp>
#include <random>

#include "common/peptide.hpp"
#include "common/test_files.hpp"

namespace potential {
namespace {
using test::Folder;

const std::vector<std::string> sequence = {"MET", "ALA", "GLY", "SER", "LEU", "LYS", "GLU",
                                           "TRP", "PHE", "GLY", "CYS", "ALA", "VAL", "THR"};
using Atoms = std::vector<test::PdbAtom>;

/// A chain of chance as a file has it: three decimals, one CB missing.
Atoms chain(const std::string& name, unsigned seed) {
  Atoms atoms = test::random_chain(sequence, name, seed);
  for (auto& atom : atoms)
    for (double* value : {&atom.x, &atom.y, &atom.z}) *value = std::round(*value * 1000) / 1000;
  atoms.erase(std::find_if(atoms.begin(), atoms.end(),
                           [](const auto& atom) { return atom.name == "CB" && atom.number > 4; }));
  return atoms;
}

std::string text_of(const std::vector<Atoms>& chains) {
  std::string text;
  for (const Atoms& atoms : chains) {
    text += test::pdb_text(atoms);
    text.erase(text.rfind("END\n"));
  }
  return text + "END\n";
}

/// Scores with few bits, whose sums are exact in any order.
PotentialTable coarse_table(const std::string& scheme, const std::string& separations,
                            const std::string& bins = "half") {
  PotentialTable table(TableAxes(load_scheme(scheme), DistanceBins::parse(bins),
                                 SeparationClasses::parse(separations)));
  std::mt19937 engine(5);
  for (auto& score : table.score.reshaped()) score = static_cast<int>(engine() % 512) / 256.0 - 1;
  return table;
}

std::vector<RigidMotion> random_poses(std::size_t number) {
  std::mt19937 engine(11);
  std::uniform_real_distribution<double> part(-1, 1);
  std::vector<RigidMotion> poses;
  for (std::size_t k = 0; k < number; ++k)
    poses.push_back({{part(engine), part(engine), part(engine), part(engine)},
                     {15 * part(engine), 15 * part(engine), 15 * part(engine)}});
  poses.push_back({{0, 0, 0, 1}, {0, 0, 0}});
  poses.push_back({{0, 0, 0, 2}, {400, 0, 0}});
  return poses;
}

Atoms moved(Atoms atoms, const RigidMotion& pose) {
  const auto& [x, y, z, w] = pose.quaternion;
  const Eigen::Quaterniond rotation = Eigen::Quaterniond(w, x, y, z).normalized();
  const Eigen::Vector3d shift(pose.translation[0], pose.translation[1], pose.translation[2]);
  for (auto& atom : atoms) {
    const Eigen::Vector3d to = rotation * Eigen::Vector3d(atom.x, atom.y, atom.z) + shift;
    atom.x = to.x(), atom.y = to.y(), atom.z = to.z();
  }
  return atoms;
}

TEST(Poses, ScoreAsTheFilesOfBothDoToTheLastBit) {
  const Folder folder;
  const Atoms a = chain("A", 1), b = chain("B", 2), c = chain("C", 3), d = chain("D", 4);
  const std::string receptor = folder.write("receptor.pdb", text_of({a, b}));
  const auto poses = random_poses(25);
  for (const bool two_chains : {false, true}) {
    const std::string ligand = folder.write(
        "ligand.pdb", text_of(two_chains ? std::vector<Atoms>{c, d} : std::vector<Atoms>{c}));
    for (const auto& [scheme, separations, bins] :
         {std::tuple{"heavy-atom", "inter", "half"}, std::tuple{"heavy-atom", "1,2+/inter", "half"},
          std::tuple{"residue-cb", "1+,inter", "0,4,8,14"},
          std::tuple{"heavy-atom-centroid", "inter", "0:40:2"},
          std::tuple{"residue-centroid", "3+,inter", "2:15:1"}}) {
      const PotentialTable table = coarse_table(scheme, separations, bins);
      const ScoredPoses scored = score_poses(receptor, ligand, poses, table, {});
      ASSERT_EQ(scored.scores.size(), poses.size());
      for (std::size_t k = 0; k < poses.size(); ++k) {
        std::vector<Atoms> chains{a, b, moved(c, poses[k])};
        if (two_chains) chains.push_back(moved(d, poses[k]));
        ScoreOptions options;
        options.standard_error = false;
        const auto row =
            score_inputs({folder.write("pose.pdb", text_of(chains))}, table, options).front();
        EXPECT_EQ(scored.scores[k].score, row.score) << scheme << " " << separations << " " << k;
        EXPECT_EQ(scored.scores[k].contacts, row.contacts);
        EXPECT_EQ(scored.residues, row.residues);
      }
    }
  }
}

TEST(Poses, AreTheSameForAnyThreads) {
  const Folder folder;
  const std::string receptor = folder.write("receptor.pdb", text_of({chain("A", 1)}));
  const std::string ligand = folder.write("ligand.pdb", text_of({chain("B", 2)}));
  PotentialTable table = coarse_table("heavy-atom", "1+,inter");
  table.score *= 0.1;  // sums depend on their order now
  RunOptions one, three;
  one.threads = 1;
  three.threads = 3;
  const auto poses = random_poses(300);
  const auto a = score_poses(receptor, ligand, poses, table, one);
  const auto b = score_poses(receptor, ligand, poses, table, three);
  for (std::size_t k = 0; k < poses.size(); ++k) EXPECT_EQ(a.scores[k].score, b.scores[k].score);
}

TEST(Poses, NeedAClassForPairsBetweenChainsAndARotation) {
  const Folder folder;
  const std::string file = folder.write("receptor.pdb", text_of({chain("A", 1)}));
  EXPECT_THROW(score_poses(file, file, random_poses(1), coarse_table("heavy-atom", "1+"), {}),
               UsageError);
  const PotentialTable table = coarse_table("heavy-atom", "inter");
  EXPECT_THROW(score_poses(file, file, {{{0, 0, 0, 0}, {}}}, table, {}), UsageError);
  EXPECT_THROW(score_poses(file, file, {{{0, 0, 0, 1}, {3e6, 0, 0}}}, table, {}), UsageError);
}

TEST(Poses, AreReadByTheirColumns) {
  const Folder folder;
  const Poses poses = Poses::read(folder.write(
      "p.tsv", "pose\tkind\tqx\tqy\tqz\tqw\ttx\tty\ttz\n7\tnear\t0\t0\t1\t0\t1.5\t-2\t3e1\n"));
  EXPECT_EQ(poses.names, std::vector<std::string>{"7"});
  EXPECT_EQ(poses.motions[0].quaternion, (std::array<double, 4>{0, 0, 1, 0}));
  EXPECT_EQ(poses.motions[0].translation, (std::array<double, 3>{1.5, -2, 30}));
  EXPECT_EQ(
      Poses::read(folder.write("q.tsv", "qw\tqx\tqy\tqz\ttx\tty\ttz\n1\t0\t0\t0\t0\t0\t0\n")).names,
      std::vector<std::string>{"1"});
  for (const char* text : {"", "qx\tqy\n", "qx\tqy\tqz\tqw\ttx\tty\ttz\n",
                           "qx\tqy\tqz\tqw\ttx\tty\ttz\n0\t0\t0\t0\t0\t0\t0\n",
                           "qx\tqy\tqz\tqw\ttx\tty\ttz\n0\t0\t0\t1\t0\t0\n",
                           "qx\tqy\tqz\tqw\ttx\tty\ttz\n0\t0\t0\t1\t0\tnan\t0\n"})
    EXPECT_THROW(Poses::read(folder.write("bad.tsv", text)), FormatError) << text;
}

}  // namespace
}  // namespace potential
