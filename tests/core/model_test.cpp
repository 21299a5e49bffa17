#include <gtest/gtest.h>

#include <cmath>
#include <potential/core/contact_counts.hpp>
#include <potential/core/model.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

Model two_residues() {
  Model model;
  model.x = {0, 1500, 3000};
  model.y = {0, -1, 1'999'999'000};
  model.z = {5, 6, 7};
  model.type = {1, 2, 1};
  model.residue = {0, 0, 1};
  model.residues = {{"ALA", 1, ' ', 0, 0}, {"GLY", 2, ' ', 0, 1}};
  model.chains = {{"A", 2}};
  return model;
}

TEST(Identity, ChangesWithWhateverIsCountedAndWithNothingElse) {
  const Model model = two_residues();
  const Digest digest = identity_of(model);
  Model renamed = model;
  renamed.id = "other";
  renamed.chains[0].name = "B";
  renamed.residues[0].number = 77;
  EXPECT_EQ(identity_of(renamed), digest);
  const auto differs = [&](auto change) {
    Model changed = model;
    change(changed);
    return identity_of(changed) != digest;
  };
  EXPECT_TRUE(differs([](Model& m) { m.x[1] += 1; }));
  EXPECT_TRUE(differs([](Model& m) { m.y[1] += 1; }));
  EXPECT_TRUE(differs([](Model& m) { m.z[1] += 1; }));
  EXPECT_TRUE(differs([](Model& m) { m.type[2] = 0; }));
  EXPECT_TRUE(differs([](Model& m) { m.residues[1].position = 2; }));
  EXPECT_TRUE(differs([](Model& m) { m.residues[1].chain = 1; }));
}

/// SHA-256 of 22 bytes a site, little-endian: type (2), chain, position, x, y, z (4
/// each); computed elsewhere. It stands in files: a change of it is one of the format.
TEST(Identity, IsTheSha256OfTheCanonicalSites) {
  Model model = two_residues();
  model.residues[0].position = 2;
  model.residues[1].chain = 1;
  model.residues[1].position = 3;
  EXPECT_EQ(to_hex(identity_of(model)),
            "6647eeaf932417642575e738e7b6c242cacfa06e77b85d0002bc2bbc9f314026");
}

TEST(RadiusOfGyration, TakesEveryAxis) {
  Model model;
  model.x = {0, 2000};
  model.y = {0, 3000};
  model.z = {0, 6000};
  model.type = {0, 0};
  EXPECT_DOUBLE_EQ(radius_of_gyration(model), 3.5);
}

TEST(RadiusOfGyration, IsExactForFarAndNear) {
  Model model;
  model.x = {0, 2000};
  model.y = {0, 0};
  model.z = {0, 0};
  model.type = {0, 0};
  EXPECT_DOUBLE_EQ(radius_of_gyration(model), 1.0);
  for (auto& x : model.x) x += 2'000'000'000;  // far from the origin: the same
  EXPECT_DOUBLE_EQ(radius_of_gyration(model), 1.0);
  EXPECT_EQ(radius_of_gyration(Model{}), 0);
}

TEST(Counts, SumsNeverWrap) {
  EXPECT_EQ(add_counts(UINT64_MAX - 1, 1), UINT64_MAX);
  EXPECT_THROW(add_counts(UINT64_MAX, 1), Error);
  CountTable a = CountTable::Constant(2, 2, UINT64_MAX), b = CountTable::Zero(2, 2);
  EXPECT_NO_THROW(add_table(a, b));
  b(1, 1) = 1;
  EXPECT_THROW(add_table(a, b), Error);
}

}  // namespace
}  // namespace potential
