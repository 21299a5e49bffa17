// kbp, dope and srs, computed once more from the structures themselves.
#include <gtest/gtest.h>

#include <algorithm>
#include <potential/training/train.hpp>

#include "reference_of.hpp"
#include "synthetic.hpp"

namespace potential {
namespace {

constexpr int types = 3;

struct Sample {
  std::vector<Model> models;
  ContactCounts counts;
};

Sample some_sample(const std::string& classes = "1-4,5+,inter",
                   const std::string& bins = "0:16:1") {
  synthetic::Random random(21);
  auto models = synthetic::structures(random, 5, types);
  models.push_back(synthetic::sphere(random, {1}, 1, types));  // no pair at all
  auto counts = synthetic::count(models, synthetic::axes(types, bins, classes));
  return {std::move(models), std::move(counts)};
}

TrainOptions of(const std::string& reference) {
  TrainOptions options;
  options.reference = reference;
  return options;
}

double score(double n, double expected) {
  return expected > 0 ? -std::log((n + 1e-4) / std::max(expected, 1e-4)) : 0;
}

TEST(Kbp, IsTheFormulaInEachClass) {
  const Sample sample = some_sample();
  const ContactCounts& counts = sample.counts;
  std::vector<double> fraction(types, 0);
  double sites = 0;
  for (const Model& model : sample.models)
    for (const auto type : model.type) fraction[type] += 1, sites += 1;
  const PotentialTable table = train(counts, of("kbp"));
  for (int k = 0; k < counts.axes.classes(); ++k)
    for (int i = 0; i < types; ++i)
      for (int j = i; j < types; ++j)
        for (int bin = 0; bin < counts.axes.columns(); ++bin) {
          double all = 0;
          for (int row = 0; row < counts.axes.rows(); ++row)
            all += double(counts.table(k)(row, bin));
          const double chance = fraction[std::size_t(i)] * fraction[std::size_t(j)] / sites /
                                sites * (i == j ? 1 : 2);
          const int row = counts.axes.pairs.row(i, j);
          ASSERT_NEAR(table.table(k)(row, bin),
                      score(double(counts.table(k)(row, bin)), chance * all), 1e-10);
        }
}

TEST(Kbp, CountsInProportionToTheMoleFractionsScoreZero) {
  ContactCounts counts(synthetic::axes(2, "0:3:1", "1+"));
  StructureRecord structure;
  structure.composition = {30, 10};
  structure.pair_histogram = {1600, 1600, 1600};
  counts.structures = {structure};
  counts.counts << 900, 900, 900, 600, 600, 600, 100, 100, 100;
  TrainOptions options = of("kbp");
  options.pseudocount = 0;
  EXPECT_LT(train(counts, options).score.abs().maxCoeff(), 1e-14);
}

/// 6r²(r−2a)²(r+4a)/[R³(R³−18a²R+32a³)], by the letter.
double sphere_density(double r, double a, double cutoff) {
  const double R = std::min(cutoff, 2 * a);
  if (r >= R) return 0;
  return 6 * r * r * (r - 2 * a) * (r - 2 * a) * (r + 4 * a) /
         (R * R * R * (R * R * R - 18 * a * a * R + 32 * a * a * a));
}

double integrate(const std::function<double(double)>& f, double from, double to) {
  constexpr int steps = 4000;
  double sum = 0;
  for (int i = 0; i < steps; ++i) sum += f(from + (i + 0.5) * (to - from) / steps);
  return sum * (to - from) / steps;
}

constexpr int dope_bins = 15;  // of 1 Å

/// Σ_s N_s ∫_bin f_s of one row, rescaled to `observed`; N_s is given.
std::vector<double> spheres_by_hand(const Sample& sample, double observed,
                                    const std::function<double(const Model&)>& pairs_of) {
  const auto& bins = sample.counts.axes.bins;
  std::vector<double> expected(dope_bins, 0);
  double sum = 0;
  for (const Model& model : sample.models) {
    const double pairs = pairs_of(model), a = std::sqrt(5.0 / 3) * radius_of_gyration(model);
    for (int bin = 0; bin < dope_bins && pairs > 0; ++bin) {
      const auto density = [&](double r) { return sphere_density(r, a, dope_bins); };
      const double share = integrate(density, bins.lower(bin), bins.upper(bin));
      expected[std::size_t(bin)] += pairs * share;
      sum += pairs * share;
    }
  }
  for (double& cell : expected) cell *= sum > 0 ? observed / sum : 0;
  return expected;
}

double observed_of(const ContactCounts& counts, int k, int row) {
  return counts.table(k).leftCols(dope_bins).row(row).cast<double>().sum();
}

TEST(Dope, SharesThePairsOfEachStructureByItsCompositionAndRescalesRows) {
  const Sample sample = some_sample();
  const TableAxes& axes = sample.counts.axes;
  const PotentialTable table = train(sample.counts, of("dope"));
  for (int k = 0; k < axes.classes(); ++k)
    for (int row = 0; row < axes.rows(); ++row) {
      const auto pairs_of = [&](const Model& model) {
        double of_types = 0, all = 0, within = 0;
        for (std::size_t x = 0; x < model.size(); ++x)
          for (std::size_t y = 0; y < x; ++y, ++all)
            of_types += axes.pairs.row(model.type[x], model.type[y]) == row;
        synthetic::for_each_pair(model, axes, [&](std::size_t, std::size_t, int of, int bin) {
          within += of == k && bin < dope_bins;
        });
        return all > 0 ? of_types / all * within : 0;
      };
      const auto expected = spheres_by_hand(sample, observed_of(sample.counts, k, row), pairs_of);
      for (int bin = 0; bin < axes.columns(); ++bin) {
        const double n = double(sample.counts.table(k)(row, bin));
        const double wanted = bin < dope_bins ? score(n, expected[std::size_t(bin)]) : 0;
        ASSERT_NEAR(table.table(k)(row, bin), wanted, 1e-5) << k << " " << row << " " << bin;
      }
    }
}

TEST(Dope, LiesNearTheReferenceWithTheTruePairsOfEachStructure) {
  const Sample sample = some_sample("1+");
  const TableAxes& axes = sample.counts.axes;
  const ScoreTable expected = reference_of("dope", {sample.counts, 0, dope_bins}).expected;
  double squares = 0;
  for (int row = 0; row < axes.rows(); ++row) {
    const auto pairs_of = [&](const Model& model) {
      double pairs = 0;
      synthetic::for_each_pair(model, axes, [&](std::size_t i, std::size_t j, int, int bin) {
        pairs += bin < dope_bins && axes.pairs.row(model.type[i], model.type[j]) == row;
      });
      return pairs;
    };
    const auto exact = spheres_by_hand(sample, observed_of(sample.counts, 0, row), pairs_of);
    for (int bin = 0; bin < dope_bins; ++bin)
      squares += std::pow(expected(row, bin) / exact[std::size_t(bin)] - 1, 2);
  }
  EXPECT_LT(std::sqrt(squares / (axes.rows() * dope_bins)), 0.01);
}

TEST(Dope, UniformSpheresScoreZeroWithinTheirError) {
  // Few sites each: pairs that share a site are not independent.
  synthetic::Random random(22);
  ContactCounts counts = synthetic::count({}, synthetic::axes(types, "0:15:1", "1+"));
  for (int s = 0; s < 3000; ++s) {
    const double radius = synthetic::uniform(random, 9, 20);
    ContactCounts one =
        synthetic::count({synthetic::sphere(random, {12}, radius, types)}, counts.axes);
    one.structures[0].radius_of_gyration = std::sqrt(0.6) * radius;
    add_table(counts.counts, one.counts);
    counts.structures.push_back(one.structures[0]);
  }
  const PotentialTable table = train(counts, of("dope"));
  const ScoreTable z = (table.score / table.standard_error).rightCols(13);
  EXPECT_GT(table.counts->rightCols(13).minCoeff(), 10u);
  EXPECT_LT(std::sqrt(z.square().mean()), 1.3);
  EXPECT_GT(std::sqrt(z.square().mean()), 0.7);
}

TEST(Dope, BeyondTheDiameterOfEverySphereNothingIsExpected) {
  synthetic::Random random(23);
  ContactCounts counts =
      synthetic::count({synthetic::sphere(random, {40}, 4, 2)}, synthetic::axes(2, "0:15:1", "1+"));
  counts.counts(0, 14) += 5;  // farther apart than the sphere is wide
  const PotentialTable table = train(counts, of("dope"));
  EXPECT_EQ(table.score(0, 14), 0);
}

/// The same sites with their types in another order.
Model shuffled(Model model, synthetic::Random& random) {
  std::shuffle(model.type.begin(), model.type.end(), random);
  return model;
}

TEST(Srs, IsTheMeanOfManyShuffles) {
  const Sample sample = some_sample();
  const TableAxes& axes = sample.counts.axes;
  constexpr int shuffles = 2000;
  synthetic::Random random(24);
  ScoreTable sum = ScoreTable::Zero(sample.counts.counts.rows(), axes.columns()), squares = sum;
  for (int trial = 0; trial < shuffles; ++trial) {
    std::vector<Model> models;
    for (const Model& model : sample.models) models.push_back(shuffled(model, random));
    const ScoreTable counts = synthetic::count(models, axes).counts.cast<double>();
    sum += counts;
    squares += counts.square();
  }
  const ScoreTable mean = sum / shuffles;
  const ScoreTable error = ((squares / shuffles - mean.square()) / shuffles).sqrt() + 1e-9;
  double chi_squared = 0;
  int cells = 0;
  for (int k = 0; k < axes.classes(); ++k) {
    const auto expected = reference_of("srs", {sample.counts, k, axes.columns()}).expected;
    for (int row = 0; row < axes.rows(); ++row)
      for (int bin = 0; bin < axes.columns(); ++bin) {
        const Eigen::Index at = k * axes.rows() + row;
        if (mean(at, bin) == 0 && expected(row, bin) < 1e-2) continue;  // rarely or never hit
        const double z = (expected(row, bin) - mean(at, bin)) / error(at, bin);
        EXPECT_LT(std::abs(z), 5) << k << " " << row << " " << bin;
        chi_squared += z * z;
        ++cells;
      }
  }
  EXPECT_GT(cells, 200);
  EXPECT_NEAR(chi_squared / cells, 1, 0.3);
}

TEST(Srs, ExpectsAllPairsOfTheHistogram) {
  const Sample sample = some_sample();
  const TableAxes& axes = sample.counts.axes;
  for (int k = 0; k < axes.classes(); ++k) {
    const ScoreTable expected = reference_of("srs", {sample.counts, k, axes.columns()}).expected;
    const ScoreTable counted = sample.counts.table(k).cast<double>();
    EXPECT_LT((expected.colwise().sum() - counted.colwise().sum()).abs().maxCoeff(), 1e-8);
  }
}

TEST(Srs, StructuresWithShuffledTypesScoreZeroWithinTheirError) {
  synthetic::Random random(25);
  std::vector<Model> models;
  for (Model& model : synthetic::structures(random, 80, types))
    models.push_back(shuffled(std::move(model), random));
  const PotentialTable table =
      train(synthetic::count(models, synthetic::axes(types, "4:16:1", "1-4,5+,inter")), of("srs"));
  EXPECT_GT(table.counts->minCoeff(), 5u);
  const ScoreTable z = table.score / table.standard_error;
  EXPECT_LT(std::sqrt(z.square().mean()), 1.3);
  EXPECT_GT(std::sqrt(z.square().mean()), 0.6);
}

TEST(Srs, ATypeThatStandsOnceInEachStructureExpectsNoPairWithItself) {
  synthetic::Random random(26);
  std::vector<Model> models;
  for (int s = 0; s < 7; ++s) {
    models.push_back(synthetic::sphere(random, {30 + s}, 9, 1));
    models.back().type[5] = 1;
  }
  const ContactCounts counts = synthetic::count(models, synthetic::axes(2, "0:16:1", "1+"));
  const PotentialTable table = train(counts, of("srs"));
  const int row = counts.axes.pairs.row(1, 1);
  EXPECT_TRUE((reference_of("srs", {counts, 0, 16}).expected.row(row) == 0).all());
  EXPECT_TRUE((table.score.row(row) == 0).all());
}

TEST(Srs, ManyStructuresInBlocksSumAsOneByOne) {
  synthetic::Random random(27);
  std::vector<Model> models;
  for (int s = 0; s < 600; ++s) models.push_back(synthetic::sphere(random, {6}, 6, types));
  const auto axes = synthetic::axes(types, "0:12:4", "1+");
  ScoreTable sum = ScoreTable::Zero(axes.rows(), axes.columns());
  for (const Model& model : models) {
    const ContactCounts one = synthetic::count({model}, axes);
    sum += reference_of("srs", {one, 0, axes.columns()}).expected;
  }
  const ContactCounts all = synthetic::count(models, axes);
  EXPECT_LT((reference_of("srs", {all, 0, axes.columns()}).expected - sum).abs().maxCoeff(), 1e-9);
}

TEST(CompositionReferences, PoolingAndCoarserBinsAreCountingThatWay) {
  const Sample fine = some_sample("1-4,5+,inter", "0:16:1");
  const Sample direct = some_sample("1+/inter", "0:16:2");
  for (const char* reference : {"kbp", "dope", "srs", "rw", "dfire"}) {
    TrainOptions options = of(reference);
    const PotentialTable wanted = train(direct.counts, options);
    options.pool = true;
    options.bins = DistanceBins::parse("0:16:2");
    const PotentialTable table = train(fine.counts, options);
    EXPECT_TRUE((table.score == wanted.score).all()) << reference;
    EXPECT_TRUE((table.standard_error == wanted.standard_error).all()) << reference;
  }
}

}  // namespace
}  // namespace potential
