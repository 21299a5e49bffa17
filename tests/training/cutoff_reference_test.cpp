// dfire and rw, against the formulas written out and against the systems they
// describe.
#include <gtest/gtest.h>

#include <chrono>
#include <potential/support/error.hpp>
#include <potential/training/train.hpp>
#include <thread>

#include "synthetic.hpp"

namespace potential {
namespace {

constexpr auto dfire_bins = "0,2,2.5,3,3.5,4,4.5,5,5.5,6,6.5,7,7.5,8,9,10,11,12,13,14,15";

ContactCounts some_counts(const std::string& bins, const std::string& classes) {
  synthetic::Random random(11);
  return synthetic::count(synthetic::structures(random, 8, 3), synthetic::axes(3, bins, classes));
}

double integrate(const std::function<double(double)>& f, double from, double to) {
  constexpr int steps = 100000;
  double sum = 0;
  for (int i = 0; i < steps; ++i) sum += f(from + (i + 0.5) * (to - from) / steps);
  return sum * (to - from) / steps;
}

/// Scores of the formula n(d) / [share(d)/share(cut) n(cut)], bins up to `cut`.
double by_hand(const ContactCounts& counts, int k, int row, int bin, int cut,
               const std::function<double(double)>& density) {
  const auto& bins = counts.axes.bins;
  const auto share = [&](int b) {
    return b == 0 ? integrate(density, bins.lower(0), bins.upper(0))
                  : density(bins.middle(b)) * (bins.upper(b) - bins.lower(b));
  };
  if (counts.table(k)(row, cut) == 0) return 0;
  const double n = double(counts.table(k)(row, bin)) + 1e-4;
  const double at_cut = double(counts.table(k)(row, cut)) + 1e-4;
  return -std::log(n / std::max(share(bin) / share(cut) * at_cut, 1e-4));
}

void expect_by_hand(const ContactCounts& counts, const TrainOptions& options, int cut,
                    const std::function<std::function<double(double)>(int)>& density_of) {
  const PotentialTable table = train(counts, options);
  for (int k = 0; k < counts.axes.classes(); ++k)
    for (int row = 0; row < counts.axes.rows(); ++row)
      for (int bin = 0; bin < counts.axes.columns(); ++bin) {
        const double expected = bin > cut ? 0 : by_hand(counts, k, row, bin, cut, density_of(k));
        ASSERT_NEAR(table.table(k)(row, bin), expected, 1e-7) << k << " " << row << " " << bin;
      }
}

std::function<std::function<double(double)>(int)> power(double exponent) {
  return [=](int) { return [=](double r) { return std::pow(r, exponent); }; };
}

TEST(Dfire, IsTheFormulaWithTheMiddleOfTheLastBinAsCutoff) {
  TrainOptions options;
  options.reference = "dfire";
  const ContactCounts counts = some_counts(dfire_bins, "1-4,5+");
  expect_by_hand(counts, options, counts.axes.columns() - 1, power(1.61));
  options.parameters["alpha"] = 1.57;
  expect_by_hand(counts, options, counts.axes.columns() - 1, power(1.57));
}

TEST(Dfire, TheBinThatHoldsTheCutoffIsTheLast) {
  TrainOptions options;
  options.reference = "dfire";
  expect_by_hand(some_counts("rapdf", "1+"), options, 12, power(1.61));  // 14-15
  expect_by_hand(some_counts("half", "1+"), options, 24, power(1.61));   // 14-14.5
  expect_by_hand(some_counts("seed", "1+"), options, 5, power(1.61));    // 7-8, all there is
  options.cutoff = 10;
  expect_by_hand(some_counts("rapdf", "1+"), options, 7, power(1.61));  // 9-10
}

TEST(Dfire, AnIdealGasScoresZero) {
  ContactCounts counts(synthetic::axes(2, dfire_bins, "1+"));
  const auto& bins = counts.axes.bins;
  for (int row = 0; row < 3; ++row)
    for (int bin = 0; bin < bins.size(); ++bin)
      counts.counts(row, bin) = std::uint64_t(std::llround(
          1e9 * (row + 1) *
          integrate([](double r) { return std::pow(r, 1.61); }, bins.lower(bin), bins.upper(bin))));
  TrainOptions options;
  options.reference = "dfire";
  const PotentialTable table = train(counts, options);
  EXPECT_LT(table.score.abs().maxCoeff(), 2e-3);  // the middle for the bin
  EXPECT_LT(table.score.leftCols(1).abs().maxCoeff(), 1e-3);
  EXPECT_TRUE((table.score.rightCols(1) == 0).all());
  EXPECT_TRUE((table.standard_error.rightCols(1) == 0).all());
}

/// r² Σ_k (L−k) (k b²)^(−3/2) exp(−3r²/(2 k b²)) over every chain and
/// separation of the class, one by one.
std::function<double(double)> chain_density(const ContactCounts& counts, int separation_class,
                                            double b) {
  std::vector<std::pair<int, double>> pairs;
  for (const auto& structure : counts.structures)
    for (const auto length : structure.chain_lengths)
      for (int k = 1; k < int(length); ++k)
        if (counts.axes.separations.of_separation(k) == separation_class)
          pairs.emplace_back(k, double(length) - k);
  return [=](double r) {
    double sum = pairs.empty() ? 1 : 0;
    for (const auto& [k, number] : pairs)
      sum += number * std::pow(k * b * b, -1.5) * std::exp(-3 * r * r / (2 * k * b * b));
    return r * r * sum;
  };
}

TEST(Rw, IsTheFormulaInEachClass) {
  TrainOptions options;
  options.reference = "rw";
  // One structure: the direct sum is slow. 15.5 lies in the bin 15-16.
  synthetic::Random random(12);
  const ContactCounts counts = synthetic::count({synthetic::sphere(random, {40, 25}, 9, 2)},
                                                synthetic::axes(2, "rapdf", "1,2-9/20+,inter"));
  for (const double b : {3.8, std::sqrt(460.0)}) {
    options.parameters["kuhn-length"] = b;
    std::vector<std::function<double(double)>> densities;
    for (int k = 0; k < 3; ++k) densities.push_back(chain_density(counts, k, b));
    expect_by_hand(counts, options, 13, [&](int k) { return densities[std::size_t(k)]; });
  }
}

TEST(Rw, AnAbsurdlyLongChainCanBeStopped) {
  ContactCounts counts = some_counts("rapdf", "1+");
  counts.structures[0].chain_lengths = {10'000'000};
  TrainOptions options;
  options.reference = "rw";
  std::atomic<bool> stop{false};
  options.cancel = &stop;
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    stop = true;
  });
  EXPECT_THROW(train(counts, options), Cancelled);
  later.join();
}

TEST(Rw, AStiffChainIsAnIdealGasInThreeDimensions) {
  const ContactCounts counts = some_counts("0:15:1", "1+");
  TrainOptions options;
  options.reference = "rw";
  options.parameters["kuhn-length"] = 1000;
  const PotentialTable chain = train(counts, options);
  options = {};
  options.reference = "dfire";
  options.parameters["alpha"] = 2;
  options.cutoff = 15;
  EXPECT_LT((chain.score - train(counts, options).score).abs().maxCoeff(), 1e-3);
}

/// A chain of free joints: each step a Gaussian of mean square length b².
Model ideal_chain(synthetic::Random& random, int length, double b) {
  Model model = synthetic::sphere(random, {length}, 1, 2);
  std::normal_distribution<double> step(0, b / std::sqrt(3.0));
  double p[3] = {};
  for (std::size_t i = 0; i < model.size(); ++i) {
    for (double& coordinate : p) coordinate += step(random);
    model.x[i] = static_cast<std::int32_t>(std::lround(1000 * p[0]));
    model.y[i] = static_cast<std::int32_t>(std::lround(1000 * p[1]));
    model.z[i] = static_cast<std::int32_t>(std::lround(1000 * p[2]));
  }
  return model;
}

TEST(Rw, IdealChainsScoreZeroWithinTheirError) {
  synthetic::Random random(13);
  std::vector<Model> models;
  for (int i = 0; i < 400; ++i) models.push_back(ideal_chain(random, 30 + i % 20, 5));
  TrainOptions options;
  options.reference = "rw";
  options.parameters["kuhn-length"] = 5;
  const PotentialTable table =
      train(synthetic::count(models, synthetic::axes(2, "2:12:0.5", "3-9,10+")), options);
  const ScoreTable z = table.score.leftCols(19) / table.standard_error.leftCols(19);
  EXPECT_GT(table.counts->minCoeff(), 20u);
  EXPECT_LT(std::sqrt(z.square().mean()), 1.5);
  options.parameters["kuhn-length"] = 10;
  const PotentialTable wrong =
      train(synthetic::count(models, synthetic::axes(2, "2:12:0.5", "3-9,10+")), options);
  const ScoreTable far = wrong.score.leftCols(19) / wrong.standard_error.leftCols(19);
  EXPECT_GT(std::sqrt(far.square().mean()), 3);
}

}  // namespace
}  // namespace potential
