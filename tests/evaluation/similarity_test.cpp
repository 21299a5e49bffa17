#include <gtest/gtest.h>

#include <potential/support/error.hpp>
#include <sstream>

#include "evaluation/decoys.hpp"

namespace potential {
namespace {

using testing::random_chain;
using testing::read_ca;
using testing::trace_of;
using testing::with_noise;

TEST(Similarity, OfAStructureToItselfIsPerfect) {
  std::mt19937_64 generator(1);
  const CaTrace native = trace_of(random_chain(40, generator));
  const Similarity same = compare(native, native);
  EXPECT_EQ(same.matched, 40u);
  EXPECT_EQ(same.native_residues, 40u);
  EXPECT_NEAR(same.rmsd.value(), 0, 1e-9);
  EXPECT_NEAR(same.gdt_ts, 1, 1e-12);
  EXPECT_NEAR(same.lddt.value(), 1, 1e-12);
}

TEST(Similarity, ResiduesThatTheModelLacksCountAgainstIt) {
  std::mt19937_64 generator(2);
  const CaTrace native = trace_of(random_chain(40, generator));
  CaTrace part = native;
  part.residues.resize(30);
  part.positions.conservativeResize(3, 30);
  const Similarity found = compare(part, native);
  EXPECT_EQ(found.matched, 30u);
  EXPECT_NEAR(found.rmsd.value(), 0, 1e-9);
  EXPECT_NEAR(found.gdt_ts, 0.75, 1e-12);
  EXPECT_LT(found.lddt.value(), 0.9);
  // Residues of the model beyond the native do not count.
  EXPECT_NEAR(compare(native, part).gdt_ts, 1, 1e-12);
  EXPECT_NEAR(compare(native, part).lddt.value(), 1, 1e-12);
}

TEST(Similarity, WithoutAResidueInCommonIsNothing) {
  std::mt19937_64 generator(3);
  const CaTrace native = trace_of(random_chain(10, generator));
  CaTrace other = native;
  for (ResidueId& residue : other.residues) residue.name = "TRP";
  const Similarity found = compare(other, native);
  EXPECT_FALSE(found.same_protein);
  EXPECT_EQ(found.matched, 0u);
  EXPECT_FALSE(found.rmsd);
  EXPECT_EQ(found.gdt_ts, 0);
  EXPECT_EQ(found.lddt, 0.0);
  EXPECT_THROW(compare(native, CaTrace{}), UsageError);
  // One residue has a place, but no distance.
  CaTrace one;
  one.residues = {native.residues[0]};
  one.positions = native.positions.leftCols(1);
  EXPECT_FALSE(compare(one, one).lddt);
  EXPECT_NEAR(compare(one, one).gdt_ts, 1, 1e-12);
}

TEST(Similarity, DoesNotDependOnHowResiduesAreNumbered) {
  std::mt19937_64 generator(4);
  CaTrace native = trace_of(random_chain(60, generator));
  const char* const names[] = {"ALA", "LEU", "SER", "GLY", "ASP", "LYS", "PHE"};
  for (ResidueId& residue : native.residues) residue.name = names[generator() % 7];
  CaTrace model = native;
  model.positions = with_noise(native.positions, 0.8, generator);
  const Similarity right = compare(model, native);
  EXPECT_FALSE(right.by_sequence);
  // One off; on top of it a residue that the native lacks; and in two parts.
  native.residues.erase(native.residues.begin() + 30);
  const Eigen::Matrix3Xd tail = native.positions.rightCols(29);
  native.positions.middleCols(30, 29) = tail;
  native.positions.conservativeResize(3, 59);
  const Similarity expected = compare(model, native);
  EXPECT_EQ(expected.matched, 59u);
  for (const int jump : {0, 20}) {
    CaTrace other = model;
    for (std::size_t i = 0; i < 60; ++i) other.residues[i].number += 1 + (i < 31 ? 0 : jump);
    const Similarity found = compare(other, native);
    EXPECT_TRUE(found.by_sequence);
    EXPECT_TRUE(found.same_protein);
    EXPECT_GE(found.matched, jump == 0 ? 59u : 58u);
    if (jump == 0) {
      EXPECT_EQ(found.gdt_ts, expected.gdt_ts);
      EXPECT_EQ(found.rmsd, expected.rmsd);
      EXPECT_EQ(found.lddt, expected.lddt);
    } else {
      EXPECT_NEAR(found.gdt_ts, expected.gdt_ts, 0.03);
    }
  }
}

TEST(Lddt, OfThreeResiduesByHand) {
  // Native distances 4, 10 and 14 Å; one more residue beyond 15 Å of all.
  Points native(3, 4), model(3, 4);
  native << 0, 4, 14, 40, 0, 0, 0, 0, 0, 0, 0, 0;
  model << 0, 4.4, 15.9, 0, 0, 0, 0, 0, 0, 0, 0, 0;
  // Changes of 0.4 (4 kept), 1.5 (2 kept) and 1.9 (2 kept) of 4 thresholds.
  const Similarity found = compare(trace_of(model), trace_of(native));
  EXPECT_NEAR(found.lddt.value(), (4 + 2 + 2) / 12.0, 1e-12);
}

TEST(Lddt, KeepsChangesUpToEachThreshold) {
  Points native(3, 2), model(3, 2);
  native << 0, 4, 0, 0, 0, 0;
  const std::pair<double, int> cases[] = {
      {0.5, 4}, {0.5625, 3}, {1, 3}, {1.0625, 2}, {2, 2}, {2.0625, 1}, {4, 1}, {4.0625, 0}, {8, 0}};
  for (const auto& [change, kept] : cases) {
    model << 0, 4 + change, 0, 0, 0, 0;
    EXPECT_EQ(compare(trace_of(model), trace_of(native)).lddt, kept / 4.0) << change;
  }
}

TEST(CaTraceOf, AModelHasItsResiduesAndPositions) {
  const Scheme scheme = load_scheme("residue-ca");
  Model model;
  model.chains = {{"B", 2}};
  model.residues = {{"MSE", 5, 'A', 0, 0}, {"UNK", 6, ' ', 0, 1}, {"ALA", 7, ' ', 0, 2}};
  model.x = {1000, -2500};
  model.y = {2, 3};
  model.z = {0, 0};
  model.residue = {0, 2};
  for (const char* type : {"MET", "ALA"})
    model.type.push_back(static_cast<std::uint16_t>(scheme.find(type)));
  const CaTrace trace = ca_trace(model, scheme);
  ASSERT_EQ(trace.residues.size(), 2u);
  EXPECT_EQ(trace.residues[0].name, "MET");
  EXPECT_EQ(trace.residues[0].chain, "B");
  EXPECT_EQ(trace.residues[0].insertion_code, 'A');
  EXPECT_EQ(trace.residues[1].number, 7);
  EXPECT_DOUBLE_EQ(trace.positions(0, 1), -2.5);
  EXPECT_THROW(ca_trace(model, load_scheme("residue-cb")), UsageError);
}

// Superposing thousands of models takes minutes under the sanitizers: there, one in eight.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ONE_IN_EIGHT
#endif
#endif
#ifdef ONE_IN_EIGHT
constexpr std::size_t stride = 8;
#else
constexpr std::size_t stride = 1;
#endif

/// The given labels come from TMscore, which takes the residues by number.
TEST(Similarity, AgreesWithTheLabelsOfRealDecoys) {
  const std::string folder = testing::decoy_folder();
  if (folder.empty()) GTEST_SKIP() << "POTENTIAL_TEST_DATA is not set";
  for (const char* target : {"1ctf", "T0951", "T0865", "1a8rA", "1bbhA", "T0980s1", "1pzlA"}) {
    const std::string home = folder + "/" + target;
    const CaTrace native = read_ca(home + "/native.pdb");
    std::ifstream labels(home + "/labels.tsv");
    std::string line;
    std::getline(labels, line);
    std::size_t compared = 0, number = 0;
    while (std::getline(labels, line)) {
      if (number++ % stride != 0) continue;
      std::istringstream cells(line);
      std::string name, model;
      std::size_t common = 0;
      double rmsd = 0, tm = 0, gdt_ts = 0, gdt_ha = 0, lddt = 0;
      cells >> name >> model >> common >> rmsd >> tm >> gdt_ts >> gdt_ha >> lddt;
      const Similarity found = compare(read_ca(home + "/models/" + model), native);
      if (found.matched != common) continue;
      ++compared;
      EXPECT_NEAR(found.rmsd.value(), rmsd, 0.001) << model;
      EXPECT_NEAR(found.tm_score, tm, 0.005) << model;
      EXPECT_NEAR(found.gdt_ts, gdt_ts, 0.005) << model;
      EXPECT_NEAR(found.gdt_ha, gdt_ha, 0.005) << model;
      EXPECT_NEAR(found.lddt.value(), lddt, 0.0001) << model;
    }
    EXPECT_GE(compared, 14 / stride) << target;
  }
}

}  // namespace
}  // namespace potential
