#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <set>

#include "pairs/site_order.hpp"

namespace potential {
namespace {

using Site = SiteBlocks::Site;

struct Input {
  Model model;
  std::vector<Site> sites;
};

/// Sites where `place` puts them, a residue each, in chains one after another.
Input make(std::size_t n, std::uint32_t chains, const std::function<Site(std::size_t)>& place) {
  Input input;
  input.model.chains.resize(chains);
  for (std::size_t i = 0; i < n; ++i) {
    Residue residue;
    residue.chain = static_cast<std::uint32_t>(i * chains / n);
    input.model.residues.push_back(residue);
    input.model.residue.push_back(static_cast<std::uint32_t>(i));
    Site site = place(i);
    site.index = static_cast<std::uint32_t>(i);
    input.sites.push_back(site);
  }
  return input;
}

Input cloud(std::size_t n, std::int32_t side, std::uint32_t chains) {
  std::mt19937 random(3);
  const auto at = [&] { return static_cast<std::int32_t>(random() % static_cast<unsigned>(side)); };
  return make(n, chains, [&](std::size_t) { return Site{at(), at(), at(), 0}; });
}

/// Every site is there once, as it was.
void expect_permutation(const Input& before, const std::vector<Site>& after) {
  ASSERT_EQ(after.size(), before.sites.size());
  std::vector<bool> seen(after.size(), false);
  for (const Site& site : after) {
    const Site& old = before.sites.at(site.index);
    EXPECT_FALSE(seen[site.index]);
    seen[site.index] = true;
    EXPECT_TRUE(site.x == old.x && site.y == old.y && site.z == old.z);
  }
}

TEST(SiteOrder, KeepsEverySite) {
  for (const std::size_t n : {0U, 1U, 15U, 16U, 17U, 31U, 255U, 257U, 4097U, 9000U})
    for (const bool by_chain : {false, true}) {
      const Input input = cloud(n, 50'000, 3);
      auto sites = input.sites;
      arrange(sites, input.model, by_chain);
      expect_permutation(input, sites);
    }
}

TEST(SiteOrder, TakesAnyPlaces) {
  const std::function<Site(std::size_t)> places[] = {
      [](std::size_t) {
        return Site{5, 5, 5, 0};
      },
      [](std::size_t i) {
        return Site{static_cast<std::int32_t>(i), 0, 0, 0};
      },
      [](std::size_t i) {
        return Site{0, -static_cast<std::int32_t>(i), 0, 0};
      },
      [](std::size_t i) {
        return Site{0, 0, static_cast<std::int32_t>(i % 2), 0};
      },
      [](std::size_t i) {
        return Site{i == 0 ? -2'000'000'000 : 2'000'000'000, 0, 0, 0};
      }};
  for (const auto& place : places) {
    const Input input = make(20'000, 1, place);
    auto sites = input.sites;
    arrange(sites, input.model, false);
    expect_permutation(input, sites);
  }
}

/// Sixteen neighbours at a density of one in 20 Å³ fill 320 Å³, a cube of 6.8 Å.
TEST(SiteOrder, PutsNeighboursSideBySide) {
  const std::size_t n = 8192;
  const Input input = cloud(n, static_cast<std::int32_t>(1000 * std::cbrt(20.0 * double(n))), 1);
  auto sites = input.sites;
  arrange(sites, input.model, true);
  double sum = 0;
  for (std::size_t begin = 0; begin < n; begin += 16) {
    const SiteExtent e = extent_of(&sites[begin], &sites[begin] + 16);
    for (std::size_t axis = 0; axis < 3; ++axis) sum += 1e-3 * static_cast<double>(e.width(axis));
  }
  EXPECT_LT(sum / (3 * double(n) / 16), 6.8);
}

TEST(SiteOrder, KeepsChainsApartWhenAsked) {
  const Input input = cloud(3000, 30'000, 7);
  auto sites = input.sites;
  arrange(sites, input.model, true);
  int mixed = 0;
  for (std::size_t begin = 0; begin < sites.size(); begin += 16) {
    const std::size_t end = std::min(begin + 16, sites.size());
    std::set<std::uint32_t> chains;
    for (std::size_t i = begin; i < end; ++i)
      chains.insert(input.model.residues[sites[i].index].chain);
    mixed += chains.size() > 1 ? 1 : 0;
  }
  EXPECT_LE(mixed, 6);  // a block at each border
}

}  // namespace
}  // namespace potential
