#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <potential/support/error.hpp>
#include <potential/training/rapdf.hpp>
#include <random>

#include "training/rapdf_kernel.hpp"

namespace {

using namespace potential;

constexpr double infinity = std::numeric_limits<double>::infinity();

CountTable random_counts(Eigen::Index rows, Eigen::Index columns, std::uint64_t below,
                         unsigned seed) {
  std::mt19937_64 random(seed);
  CountTable counts(rows, columns);
  for (Eigen::Index i = 0; i < counts.size(); ++i)
    counts.data()[i] = random() % 4 == 0 ? 0 : random() % below;
  return counts;
}

/// The formula as it is written, with std::log.
ScoreTable formula(const CountTable& counts, double pseudocount) {
  const auto rows = static_cast<double>(counts.rows()), bins = static_cast<double>(counts.cols());
  const double total = static_cast<double>(counts.sum()) + rows * bins * pseudocount;
  const CountTable columns = counts.colwise().sum();
  ScoreTable score(counts.rows(), counts.cols());
  for (Eigen::Index i = 0; i < counts.rows(); ++i) {
    const double row = static_cast<double>(counts.row(i).sum()) + bins * pseudocount;
    for (Eigen::Index d = 0; d < counts.cols(); ++d) {
      const double n = static_cast<double>(counts(i, d)) + pseudocount;
      const double column = static_cast<double>(columns(0, d)) + rows * pseudocount;
      score(i, d) = -std::log((n / std::max(row, 1.0)) / (column / total));
    }
  }
  return score;
}

/// Distance in units of the last place; 0 for equal infinities.
double ulps(double a, double b) {
  if (a == b) return 0;
  return std::abs(a - b) / (std::nextafter(std::abs(b), infinity) - std::abs(b));
}

double most_ulps(const ScoreTable& a, const ScoreTable& b) {
  double most = 0;
  for (Eigen::Index i = 0; i < a.size(); ++i) {
    if (std::isnan(a.data()[i])) return infinity;
    most = std::max(most, ulps(a.data()[i], b.data()[i]));
  }
  return most;
}

ScoreTable scored(const CountTable& counts, double pseudocount, int decimals) {
  ScoreTable score = ScoreTable::Constant(counts.rows(), counts.cols(), -7);
  rapdf(counts, pseudocount, decimals, score);
  return score;
}

/// By one path of the kernel, whichever the CPU would take by itself.
ScoreTable scored_by(const detail::RapdfPath& path, const CountTable& counts, double pseudocount,
                     double scale) {
  std::vector<std::uint64_t> column_sum(static_cast<std::size_t>(counts.cols()));
  ScoreTable score(counts.rows(), counts.cols());
  path.sum(counts.data(), static_cast<std::size_t>(counts.rows()), column_sum.size(),
           column_sum.data());
  path.score({counts.data(), static_cast<std::size_t>(counts.rows()), column_sum.size(),
              column_sum.data(), static_cast<double>(counts.sum()), pseudocount, scale,
              score.data()});
  return score;
}

struct Shape {
  Eigen::Index rows, columns;
};
const Shape shapes[] = {{1, 1},   {1, 18},  {210, 1}, {210, 6},  {400, 6}, {3, 7},
                        {43, 18}, {5, 767}, {4, 768}, {3, 1000}, {900, 9}};

TEST(Rapdf, LiesWithin4UlpOfTheFormula) {
  unsigned seed = 1;
  for (const auto& [rows, columns] : shapes)
    for (const std::uint64_t below : {2ULL, 50ULL, 100'000ULL, 1ULL << 40})
      for (const double pseudocount : {1e-4, 1.0, 0.5, 1e-9, 3e7, 1e-100, 1e100}) {
        const CountTable counts = random_counts(rows, columns, below, seed++);
        EXPECT_LE(most_ulps(scored(counts, pseudocount, -1), formula(counts, pseudocount)), 4)
            << rows << "x" << columns << " below " << below << " + " << pseudocount;
      }
}

// Where observed and expected nearly agree the logarithm is near 0 and
// forgives no error of its argument.
TEST(Rapdf, LiesWithin4UlpOfTheFormulaNearZero) {
  std::mt19937_64 random(3);
  CountTable counts(500, 18);
  for (Eigen::Index i = 0; i < counts.size(); ++i) {
    const std::uint64_t expected = 1'000'000'000'000 * static_cast<std::uint64_t>(i % 18 + 1);
    counts.data()[i] = expected + (random() % 3 == 0 ? random() % 1'000'000 : random() % 10);
  }
  const ScoreTable expected = formula(counts, 1e-4);
  EXPECT_LT(expected.abs().maxCoeff(), 1e-5);
  EXPECT_LE(most_ulps(scored(counts, 1e-4, -1), expected), 4);
}

TEST(Rapdf, EveryPathAgreesWithTheFormulaAndRoundsAlike) {
  for (const auto& path : detail::rapdf_paths())
    for (const auto& [rows, columns] : shapes) {
      const CountTable counts = random_counts(rows, columns, 3'000, 11);
      const ScoreTable expected = formula(counts, 1e-4);
      EXPECT_LE(most_ulps(scored_by(path, counts, 1e-4, 0), expected), 4) << path.name;
      for (const double scale : {1.0, 100.0, 1e5}) {
        const ScoreTable rounded =
            expected.unaryExpr([scale](double x) { return std::nearbyint(x * scale) / scale; });
        EXPECT_TRUE((scored_by(path, counts, 1e-4, scale) == rounded).all()) << path.name;
      }
    }
}

TEST(Rapdf, RoundsATableOfAllAtomPairsAsTheFormula) {
  const CountTable counts = random_counts(14'028, 18, 20'000, 5);
  const ScoreTable expected = formula(counts, 1e-4);
  EXPECT_LE(most_ulps(scored(counts, 1e-4, -1), expected), 4);
  const ScoreTable rounded =
      expected.unaryExpr([](double x) { return std::nearbyint(x * 100) / 100; });
  EXPECT_TRUE((scored(counts, 1e-4, 2) == rounded).all());
}

TEST(Rapdf, GivesEveryHundredthTheNearestDouble) {
  const auto& paths = detail::rapdf_paths();
  // One row and scores spread over the whole range: any rounded value is k/100.
  const CountTable counts = random_counts(20'000, 3, 1ULL << 45, 17);
  for (const auto& path : paths) {
    const ScoreTable score = scored_by(path, counts, 1e-4, 100);
    for (Eigen::Index i = 0; i < score.size(); ++i)
      ASSERT_EQ(score.data()[i], std::nearbyint(score.data()[i] * 100) / 100) << path.name;
  }
}

TEST(Rapdf, TakesAnyNumberOfDecimals) {
  const CountTable counts = random_counts(20, 6, 1'000, 6);
  const ScoreTable exact = scored(counts, 1e-4, -1);
  for (const int decimals : {0, 1, 3, 12, 13, 15}) {
    const double scale = std::pow(10.0, decimals);
    const ScoreTable score = scored(counts, 1e-4, decimals);
    for (Eigen::Index i = 0; i < score.size(); ++i)
      EXPECT_NEAR(score.data()[i], exact.data()[i], 0.5 / scale + 1e-14) << decimals;
  }
  EXPECT_LE(most_ulps(scored(counts, 1e-4, 400), exact), 4);
}

TEST(Rapdf, IsZeroForProportionalRows) {
  CountTable counts(50, 7);
  for (Eigen::Index i = 0; i < 50; ++i)
    for (Eigen::Index d = 0; d < 7; ++d)
      counts(i, d) = static_cast<std::uint64_t>((i + 1) * (d * d + 1));
  EXPECT_EQ(scored(counts, 0, -1).abs().maxCoeff(), 0);
  EXPECT_FALSE(
      (scored(counts, 0, 2).unaryExpr([](double x) { return std::signbit(x) ? 1. : 0.; }) > 0.5)
          .any());
}

TEST(Rapdf, WithoutPseudocountAnEmptyCellIsInfinite) {
  CountTable counts(3, 3);
  counts << 5, 0, 0,  //
      0, 0, 0,        //
      1, 4, 0;
  for (const int decimals : {-1, 2, 14}) {
    const ScoreTable score = scored(counts, 0, decimals);
    EXPECT_EQ(score(0, 1), infinity);
    EXPECT_EQ(score(1, 0), infinity);
    EXPECT_EQ(score(1, 1), infinity);
    for (Eigen::Index i = 0; i < 3; ++i) EXPECT_EQ(score(i, 2), 0);
    EXPECT_NEAR(score(0, 0), -std::log(1 / 0.6), decimals < 0 ? 1e-15 : 0.006);
  }
  EXPECT_EQ(scored(CountTable::Zero(4, 5), 0, 2).abs().maxCoeff(), 0);
}

TEST(Rapdf, IsTheSameForPartsOfLargerTables) {
  const CountTable counts = random_counts(30, 9, 500, 8);
  CountTable larger = CountTable::Constant(40, 20, 12345);
  larger.block(5, 3, 30, 9) = counts;
  ScoreTable score = ScoreTable::Constant(40, 20, -1);
  rapdf(larger.block(5, 3, 30, 9), 1e-4, -1, score.block(7, 11, 30, 9));
  EXPECT_TRUE((score.block(7, 11, 30, 9) == scored(counts, 1e-4, -1)).all());
  EXPECT_EQ(score(6, 11), -1);
  EXPECT_EQ(score(7, 10), -1);
}

TEST(Rapdf, KeepsSumsExactAndRefusesThoseBeyond64Bits) {
  CountTable counts(2, 2);
  counts << (1ULL << 62), 1, 3, (1ULL << 63);
  EXPECT_LE(most_ulps(scored(counts, 1e-4, -1), formula(counts, 1e-4)), 4);
  counts(0, 1) = 1ULL << 62;
  EXPECT_THROW(scored(counts, 1e-4, -1), Error);
}

TEST(Rapdf, RefusesWrongArguments) {
  const CountTable counts = CountTable::Ones(2, 3);
  ScoreTable wrong(3, 2);
  EXPECT_THROW(rapdf(counts, 1e-4, 2, wrong), UsageError);
  for (const double pseudocount : {-1e-9, 1e-101, 1e101, infinity, std::nan("")})
    EXPECT_THROW(scored(counts, pseudocount, 2), UsageError);
  EXPECT_THROW(scored(CountTable(0, 3), 1e-4, 2), UsageError);
  EXPECT_THROW(scored(CountTable(3, 0), 1e-4, 2), UsageError);
}

/// A Python that has NumPy, or nothing.
std::string python_with_numpy() {
  for (const std::string python : {"python3", "/usr/bin/python3"})
    if (std::system((python + " -c 'import numpy' >/dev/null 2>&1").c_str()) == 0) return python;
  return "";
}

void write_map(const CountTable& counts, const std::string& path) {
  std::ofstream map(path);
  map << "pair\tbins\n";
  for (Eigen::Index i = 0; i < counts.rows(); ++i) {
    map << i;
    for (Eigen::Index d = 0; d < counts.cols(); ++d) map << '\t' << counts(i, d);
    map << '\n';
  }
}

TEST(Rapdf, EqualsNumpyInEveryCell) {
  const std::string python = python_with_numpy();
  if (python.empty()) GTEST_SKIP() << "needs python3 with NumPy";
  const auto folder = std::filesystem::temp_directory_path() / "potential-rapdf-test";
  std::filesystem::create_directories(folder);
  const auto map = (folder / "map.tsv").string(), out = (folder / "scores.tsv").string();
  for (const auto& [rows, columns] : {Shape{210, 6}, {1, 6}, {30, 1}, {14'028, 18}}) {
    CountTable counts = random_counts(rows, columns, 9'000, 31);
    if (rows > 20) counts.row(7).setZero();
    if (rows > 20 && columns > 3) counts.col(3).setZero();
    write_map(counts, map);
    const std::string script = POTENTIAL_SOURCE_DIR "/tests/training/rapdf_reference.py";
    ASSERT_EQ(std::system((python + " " + script + " " + map + " > " + out).c_str()), 0);
    const ScoreTable score = scored(counts, 1e-4, 2);
    std::ifstream answer(out);
    std::string name;
    std::getline(answer, name);
    for (Eigen::Index i = 0; i < rows; ++i) {
      answer >> name;
      for (Eigen::Index d = 0; d < columns; ++d) {
        double expected = infinity;
        ASSERT_TRUE(answer >> expected);
        ASSERT_EQ(score(i, d), expected) << i << " " << d;
      }
    }
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
