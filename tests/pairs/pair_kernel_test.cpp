#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <potential/core/type_pairs.hpp>
#include <potential/support/error.hpp>
#include <random>
#include <tuple>

#include "pairs/pair_kernel.hpp"

namespace {

using namespace potential;
using Path = PairKernel::Path;

/// i, j, cell, with i < j.
using Contact = std::tuple<std::uint32_t, std::uint32_t, std::uint16_t>;

void add_site(Model& model, std::int64_t x, std::int64_t y, std::int64_t z, std::uint16_t type,
              std::uint32_t residue) {
  model.x.push_back(static_cast<std::int32_t>(x));
  model.y.push_back(static_cast<std::int32_t>(y));
  model.z.push_back(static_cast<std::int32_t>(z));
  model.type.push_back(type);
  model.residue.push_back(residue);
}

std::uint32_t add_residue(Model& model, std::uint32_t chain, std::int32_t position) {
  Residue residue;
  residue.chain = chain;
  residue.position = position;
  model.residues.push_back(residue);
  if (model.chains.size() <= chain) model.chains.resize(chain + 1);
  return static_cast<std::uint32_t>(model.residues.size() - 1);
}

/// Sites drawn evenly from a cube, some to a residue, with gaps in the numbering.
Model random_cloud(std::size_t n, std::int32_t side, int chains, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::int32_t> place(-side / 2, side / 2);
  Model model;
  std::uint32_t residue = 0;
  std::int32_t position = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (i == 0 || random() % 8 == 0) {
      position += random() % 50 == 0 ? 10000 : 1 + static_cast<std::int32_t>(random() % 3);
      residue = add_residue(
          model, static_cast<std::uint32_t>(i * static_cast<std::size_t>(chains) / n), position);
    }
    add_site(model, place(random), place(random), place(random),
             static_cast<std::uint16_t>(random() % 167), residue);
  }
  return model;
}

std::vector<Contact> brute_force(const Model& model, const DistanceBins& bins,
                                 const SeparationClasses& classes) {
  std::vector<Contact> all;
  for (std::uint32_t i = 0; i < model.size(); ++i)
    for (std::uint32_t j = i + 1; j < model.size(); ++j) {
      const std::int64_t dx = std::int64_t{model.x[i]} - model.x[j];
      const std::int64_t dy = std::int64_t{model.y[i]} - model.y[j];
      const std::int64_t dz = std::int64_t{model.z[i]} - model.z[j];
      if (std::max({std::abs(dx), std::abs(dy), std::abs(dz)}) > 2'000'000) continue;
      const int bin = bins.find_squared(dx * dx + dy * dy + dz * dz);
      const Residue& a = model.residues[model.residue[i]];
      const Residue& b = model.residues[model.residue[j]];
      const std::int64_t apart = std::abs(std::int64_t{a.position} - b.position);
      const int found = a.chain != b.chain ? classes.of_different_chains()
                                           : classes.of_separation(static_cast<std::int32_t>(
                                                 std::min<std::int64_t>(apart, INT32_MAX)));
      if (bin >= 0 && found >= 0)
        all.emplace_back(i, j, static_cast<std::uint16_t>(found * bins.size() + bin));
    }
  return all;
}

/// The kernel's pairs in its own order; checks what each batch says of itself.
std::vector<Contact> found_by(PairKernel& kernel, const Model& model) {
  std::vector<Contact> all;
  const auto cells = static_cast<std::uint32_t>(kernel.bins().size() * kernel.separations().size());
  std::vector<std::uint32_t> offsets, without_sites;
  kernel.for_each_batch_with_sites(model, [&](const ContactBatch& batch) {
    EXPECT_GT(batch.size, 0U);
    EXPECT_EQ(batch.type, model.type[batch.site]);
    for (std::size_t k = 0; k < batch.size; ++k) {
      ASSERT_LT(batch.sites[k], model.size());
      ASSERT_EQ(batch.offsets[k] / cells, model.type[batch.sites[k]]);
      all.emplace_back(batch.site, batch.sites[k],
                       static_cast<std::uint16_t>(batch.offsets[k] % cells));
    }
    offsets.insert(offsets.end(), batch.offsets, batch.offsets + batch.size);
  });
  kernel.for_each_batch(model, [&](const ContactBatch& batch) {
    EXPECT_EQ(batch.sites, nullptr);
    without_sites.insert(without_sites.end(), batch.offsets, batch.offsets + batch.size);
  });
  EXPECT_EQ(without_sites, offsets);
  return all;
}

std::vector<Contact> sorted(std::vector<Contact> contacts) {
  for (auto& [i, j, cell] : contacts)
    if (i > j) std::swap(i, j);
  std::sort(contacts.begin(), contacts.end());
  return contacts;
}

std::vector<Path> paths_here() {
  std::vector<Path> paths{Path::baseline};
  for (const Path path : {Path::avx2, Path::avx512}) {
    try {
      PairKernel(DistanceBins::parse("rapdf"), SeparationClasses::parse("1+"), path);
      paths.push_back(path);
    } catch (const UsageError&) {
    }
  }
  return paths;
}

/// Every path gives the pairs of brute force, all in one order.
void expect_right(const Model& model, const std::string& bins, const std::string& classes) {
  SCOPED_TRACE(bins + " " + classes + " " + std::to_string(model.size()));
  const auto edges = DistanceBins::parse(bins);
  const auto separations = SeparationClasses::parse(classes);
  const auto expected = brute_force(model, edges, separations);
  std::vector<Contact> first;
  for (const Path path : paths_here()) {
    PairKernel kernel(edges, separations, path);
    SCOPED_TRACE(kernel.path_name());
    const auto found = found_by(kernel, model);
    if (path == Path::baseline) {
      first = found;
      EXPECT_TRUE(sorted(found) == expected) << found.size() << " pairs, not " << expected.size();
    }
    EXPECT_TRUE(found == first) << "another order or other pairs than the baseline";
    EXPECT_TRUE(found_by(kernel, model) == found) << "another result the second time";
  }
}

const char* const many_bins[] = {"rapdf",       "seed",      "half",          "3,4,5",
                                 "2.999,3",     "0:1:0.001", "19.5:20:0.001", "0,26.6",
                                 "0,32,32.001", "5:40:0.5",  "0:500:1",       "0,0.001,1000"};
const char* const many_classes[] = {"1+",
                                    "0+",
                                    "7+",
                                    "inter",
                                    "1,2,3-4,5-8,9-20,21+,inter",
                                    "0",
                                    "5+,1-2",
                                    "3-4,inter",
                                    "9999+,inter",
                                    "2-9999",
                                    "1-61,62-63,64+",
                                    "1-62,63+",
                                    "2-62,63-64,inter"};

TEST(PairKernel, EqualsBruteForceForAllBinsAndClasses) {
  const Model model = random_cloud(700, 30'000, 3, 1);
  for (const char* bins : many_bins)
    for (const char* classes : many_classes) expect_right(model, bins, classes);
}

/// Sums over batches are rounded batch by batch.
TEST(PairKernel, MakesTheSameBatchesOnEveryPath) {
  const Model model = random_cloud(2500, 25'000, 3, 9);
  for (const char* classes : {"2+", "1-10,inter", "1-4,9+", "3-100,200+"}) {
    std::vector<std::size_t> first;
    for (const Path path : paths_here()) {
      PairKernel kernel(DistanceBins::parse("rapdf"), SeparationClasses::parse(classes), path);
      std::vector<std::size_t> sizes;
      kernel.for_each_batch(model, [&](const ContactBatch& b) { sizes.push_back(b.size); });
      if (path == Path::baseline) first = sizes;
      EXPECT_TRUE(sizes == first) << kernel.path_name() << " " << classes;
    }
  }
}

/// The cells of each pair of types counted in a table [P, C], and in a square one
/// folded over its diagonal.
TEST(PairKernel, CountsTheSameInATableOfUnorderedPairs) {
  const Scheme scheme = load_scheme("heavy-atom");
  const auto types = static_cast<std::uint32_t>(scheme.size());
  const TypePairs pairs(scheme);
  const Model model = random_cloud(1500, 40'000, 3, 5);
  for (const char* classes : {"2+", "1,2-4,5+,inter"})
    for (const Path path : paths_here()) {
      const auto bins = DistanceBins::parse("half");
      const auto separations = SeparationClasses::parse(classes);
      const auto cells = static_cast<std::uint32_t>(bins.size() * separations.size());
      std::vector<int> folded(static_cast<std::size_t>(pairs.size()) * cells), direct(folded);
      PairKernel square(bins, separations, path);
      square.for_each_batch(model, [&](const ContactBatch& batch) {
        for (std::size_t k = 0; k < batch.size; ++k) {
          const auto other = static_cast<int>(batch.offsets[k] / cells);
          const auto row = static_cast<std::size_t>(pairs.row(batch.type, other));
          ++folded[row * cells + batch.offsets[k] % cells];
        }
      });
      PairKernel of_pairs(bins, separations, CellLayout::pairs(types, cells), path);
      of_pairs.for_each_batch_with_sites(model, [&](const ContactBatch& batch) {
        for (std::size_t k = 0; k < batch.size; ++k) ++direct.at(batch.offsets[k]);
      });
      EXPECT_TRUE(direct == folded) << of_pairs.path_name() << " " << classes;
      EXPECT_GT(*std::max_element(direct.begin(), direct.end()), 0);
    }
}

TEST(PairKernel, EqualsBruteForceAtAnySizeAndDensity) {
  unsigned seed = 2;
  for (const std::size_t n : {0U, 1U, 2U, 15U, 16U, 17U, 33U, 255U, 256U, 257U, 600U, 5000U})
    for (const std::int32_t side : {0, 3'000, 60'000, 400'000})
      if (n < 5000 || side == 60'000) expect_right(random_cloud(n, side, 2, seed++), "rapdf", "1+");
}

TEST(PairKernel, EqualsBruteForceOverSeveralGroupsOfSites) {
  expect_right(random_cloud(9'000, 90'000, 4, 3), "3:8:0.5", "1,2,3-4,5+,inter");
}

// The distance of a 3-4-5 triple lies exactly on an edge: it belongs above.
TEST(PairKernel, PutsADistanceOnAnEdgeIntoTheBinAbove) {
  for (std::int64_t scale = 1; scale <= 6600; scale = scale * 5 / 4 + 1) {
    Model model;
    std::uint32_t residue = 0;
    for (int x = -3; x <= 3; ++x)
      for (int y = -4; y <= 4; ++y) {
        if (residue % 3 == 0) add_residue(model, 0, x * 9 + y);
        add_site(model, x * scale + 17, y * scale - 3, 5, 0,
                 static_cast<std::uint32_t>(model.residues.size() - 1));
        ++residue;
      }
    const auto edge = [&](std::int64_t e) { return format_angstrom(static_cast<std::int32_t>(e)); };
    if (5 * scale <= 32'000)
      expect_right(model, edge(3 * scale) + "," + edge(4 * scale) + "," + edge(5 * scale), "1+");
    expect_right(model, edge(3 * scale) + "," + edge(5 * scale) + "," + edge(5 * scale + 1), "1+");
    expect_right(model, "0," + edge(5 * scale - 1) + "," + edge(5 * scale), "0+");
  }
}

TEST(PairKernel, KeepsFarApartSitesApart) {
  std::mt19937 random(5);
  for (const std::int64_t far : {60'000LL, 66'000LL, 3'000'000LL, 2'000'000'000LL}) {
    Model model;
    for (int i = 0; i < 300; ++i) {
      const auto corner = [&] { return random() % 2 == 0 ? -far : far; };
      const auto near = [&] { return static_cast<std::int64_t>(random() % 9000) - 4500; };
      const auto place = [&] { return std::clamp<std::int64_t>(corner() + near(), -far, far); };
      add_residue(model, static_cast<std::uint32_t>(i % 2), i * 5'000'000);
      add_site(model, place(), place(), place(), static_cast<std::uint16_t>(i % 20),
               static_cast<std::uint32_t>(i));
    }
    for (const char* bins : {"rapdf", "0,3,5,9,32", "0:1000:1"})
      for (const char* classes : {"1+", "1-3,8+,inter"}) expect_right(model, bins, classes);
  }
}

TEST(PairKernel, TakesALineOfSitesThatNoBlockOf16BitsHolds) {
  Model model;
  for (int i = 0; i < 500; ++i) {
    add_residue(model, 0, i);
    add_site(model, i * 4'000 - 1'000'000, (i % 3) * 20'000, i % 7, 3,
             static_cast<std::uint32_t>(i));
  }
  for (const char* bins : {"rapdf", "0,32", "0,12,100,1000"}) expect_right(model, bins, "2+");
}

TEST(PairKernel, TakesSitesInOnePointAndAChainForEachSite) {
  Model model;
  for (int i = 0; i < 400; ++i) {
    add_residue(model, static_cast<std::uint32_t>(i), 1);
    add_site(model, 1234, -99, 7, static_cast<std::uint16_t>(i % 5), static_cast<std::uint32_t>(i));
  }
  for (const char* classes : {"0+", "inter", "1+,inter"}) {
    expect_right(model, "0,1", classes);
    expect_right(model, "0.001,1", classes);
  }
}

TEST(PairKernel, TakesPositionsAtTheEndsOfTheirRange) {
  Model model;
  int k = 0;
  for (const std::int32_t position :
       {INT32_MIN, INT32_MIN + 1, -1, 0, 1, INT32_MAX - 1, INT32_MAX}) {
    add_residue(model, 0, position);
    add_site(model, k, 2 * k, 0, 0, static_cast<std::uint32_t>(k));
    ++k;
  }
  for (const char* classes : {"1+", "1,2+", "0-9999", "9999+"}) expect_right(model, "0,1", classes);
}

TEST(PairKernel, VisitsSitesTypeByType) {
  const Model model = random_cloud(3'000, 50'000, 1, 8);
  PairKernel kernel(DistanceBins::parse("rapdf"), SeparationClasses::parse("1+"));
  std::uint16_t last = 0;
  kernel.for_each_batch(model, [&](const ContactBatch& batch) {
    EXPECT_GE(batch.type, last);
    last = batch.type;
  });
  EXPECT_GT(last, 150);
}

TEST(PairKernel, ServesModelsOfAnySizeInTurn) {
  PairKernel kernel(DistanceBins::parse("rapdf"), SeparationClasses::parse("1+,inter"));
  for (const std::size_t n : {400U, 0U, 4500U, 1U, 300U}) {
    const Model model = random_cloud(n, 40'000, 2, static_cast<unsigned>(n));
    EXPECT_TRUE(sorted(found_by(kernel, model)) ==
                brute_force(model, kernel.bins(), kernel.separations()))
        << n;
  }
}

// The most that bins and classes allow still numbers its cells in 16 bits.
TEST(PairKernel, Takes64ClassesOf1000Bins) {
  std::string classes = "inter";
  for (int k = 0; k < 63; ++k) classes += "," + std::to_string(k);
  expect_right(random_cloud(500, 5'000, 2, 9), "0:1000:1", classes);
}

}  // namespace
