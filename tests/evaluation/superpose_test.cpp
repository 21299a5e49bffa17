#include <gtest/gtest.h>

#include <unistd.h>
#include <Eigen/Geometry>
#include <Eigen/LU>

#include <cstdio>
#include <potential/evaluation/superpose.hpp>
#include <potential/support/error.hpp>

#include "evaluation/decoys.hpp"

namespace potential {
namespace {

using testing::random_chain;
using testing::with_noise;

Eigen::Matrix3d random_rotation(std::mt19937_64& generator) {
  std::normal_distribution<double> normal;
  return Eigen::Quaterniond(normal(generator), normal(generator), normal(generator),
                            normal(generator))
      .normalized()
      .toRotationMatrix();
}

Points moved(const Points& points, const Eigen::Matrix3d& rotation, const Eigen::Vector3d& shift) {
  return (rotation * points).colwise() + shift;
}

double rms(const Points& a, const Points& b) {
  return std::sqrt((a - b).squaredNorm() / static_cast<double>(a.cols()));
}

TEST(Superpose, FindsTheMotionThatWasMade) {
  std::mt19937_64 generator(1);
  for (int size : {3, 4, 10, 200}) {
    const Points model = random_chain(size, generator);
    const Eigen::Matrix3d rotation = random_rotation(generator);
    const Eigen::Vector3d shift(120.5, -77, 1000);
    const Superposition found = superpose(model, moved(model, rotation, shift));
    EXPECT_LT(found.rmsd, 1e-9);
    EXPECT_LT((found.rotation - rotation).norm(), 1e-9) << size;
    EXPECT_LT((found.translation - shift).norm(), 1e-7);
  }
}

TEST(Superpose, NoMotionNearbyOrFarIsBetter) {
  std::mt19937_64 generator(2);
  for (int trial = 0; trial < 20; ++trial) {
    const Points model = random_chain(30, generator), native = random_chain(30, generator);
    const Superposition best = superpose(model, native);
    EXPECT_NEAR(best.rotation.determinant(), 1, 1e-12);
    EXPECT_NEAR(rms(moved(model, best.rotation, best.translation), native), best.rmsd, 1e-10);
    for (int k = 0; k < 50; ++k) {
      const double angle = k < 25 ? 1e-3 : 1.0;
      const Eigen::Matrix3d turn =
          Eigen::AngleAxisd(angle, random_rotation(generator).col(0)).toRotationMatrix();
      const Eigen::Vector3d shift =
          native.rowwise().mean() - turn * best.rotation * model.rowwise().mean();
      EXPECT_GT(rms(moved(model, turn * best.rotation, shift), native), best.rmsd);
    }
  }
}

TEST(Superpose, DoesNotMirror) {
  std::mt19937_64 generator(3);
  const Points model = random_chain(50, generator);
  Points mirror = model;
  mirror.row(0) *= -1;
  const Superposition found = superpose(model, mirror);
  EXPECT_NEAR(found.rotation.determinant(), 1, 1e-12);
  EXPECT_GT(found.rmsd, 1);
}

TEST(Superpose, DegenerateSetsHaveAnAnswer) {
  Points point(3, 1), other(3, 1);
  point << 1, 2, 3;
  other << -4, 5, 6;
  EXPECT_NEAR(superpose(point, other).rmsd, 0, 1e-12);
  Points line(3, 4), longer(3, 4);
  line << 0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0;
  longer << 0, 0, 0, 0, 0, 2, 4, 6, 0, 0, 0, 0;
  const Superposition found = superpose(line, longer);
  EXPECT_NEAR(found.rmsd, std::sqrt(5.0) / 2, 1e-12);  // ±0.5 and ±1.5 Å along the line
  EXPECT_NEAR(found.rotation.determinant(), 1, 1e-12);
  EXPECT_NEAR(superpose(Points::Zero(3, 5), Points::Zero(3, 5)).rmsd, 0, 0);
}

TEST(Superpose, RefusesWhatIsNotPaired) {
  EXPECT_THROW(superpose(Points::Zero(3, 2), Points::Zero(3, 3)), UsageError);
  EXPECT_THROW(superpose(Points(3, 0), Points(3, 0)), UsageError);
  EXPECT_THROW(fit_scores(Points::Zero(3, 2), Points::Zero(3, 3), 3), UsageError);
  EXPECT_THROW(fit_scores(Points::Zero(3, 3), Points::Zero(3, 3), 2), UsageError);
}

TEST(FitScores, AreOneForTheSameStructureAndAShareForAPartOfIt) {
  std::mt19937_64 generator(4);
  for (int size : {1, 2, 3, 4, 5, 8, 17, 120}) {
    const Points native = random_chain(size, generator);
    const Points model = moved(native, random_rotation(generator), {5, 5, 5});
    const auto whole = fit_scores(model, native, static_cast<std::size_t>(size));
    EXPECT_NEAR(whole.gdt_ts, 1, 1e-12) << size;
    EXPECT_NEAR(whole.gdt_ha, 1, 1e-12);
    EXPECT_NEAR(whole.tm_score, 1, 1e-9);
    const auto half = fit_scores(model, native, 2 * static_cast<std::size_t>(size));
    EXPECT_NEAR(half.gdt_ts, 0.5, 1e-12);
    EXPECT_NEAR(half.tm_score, 0.5, 1e-9);
  }
  const FitScores none = fit_scores(Points(3, 0), Points(3, 0), 10);
  EXPECT_EQ(none.gdt_ts, 0);
  EXPECT_EQ(none.tm_score, 0);
}

TEST(FitScores, DoNotDependOnWhereTheStructuresStand) {
  std::mt19937_64 generator(5);
  for (int trial = 0; trial < 10; ++trial) {
    const Points native = random_chain(60, generator);
    const Points model = with_noise(native, 2.0, generator);
    const FitScores here = fit_scores(model, native, 60);
    const FitScores there = fit_scores(moved(model, random_rotation(generator), {900, -300, 20}),
                                       moved(native, random_rotation(generator), {0, 40, 4}), 60);
    // A residue may fall on the other side of a threshold by rounding.
    EXPECT_NEAR(here.gdt_ts, there.gdt_ts, 1.0 / 240 + 1e-12);
    EXPECT_NEAR(here.tm_score, there.tm_score, 1e-3);
    const FitScores back = fit_scores(native, model, 60);
    EXPECT_NEAR(here.gdt_ts, back.gdt_ts, 1.0 / 240 + 1e-12);
  }
}

TEST(FitScores, FindTheRigidPartOfAHingeThatRmsdMisses) {
  std::mt19937_64 generator(6);
  const Points native = random_chain(100, generator);
  Points model = native;
  model.rightCols(40) = moved(native.rightCols(40), random_rotation(generator), {60, 0, 0});
  EXPECT_GT(superpose(model, native).rmsd, 15);
  const FitScores found = fit_scores(model, native, 100);
  EXPECT_GE(found.gdt_ha, 0.60);
  EXPECT_LT(found.gdt_ha, 0.75);
}

TEST(FitScores, FarCoordinatesDoNotStallTheSearch) {
  std::mt19937_64 generator(7);
  const Points native = random_chain(20, generator);
  Points model = native;
  model.col(9) << 2e6, -2e6, 2e6;
  EXPECT_NEAR(fit_scores(model, native, 20).gdt_ts, 0.95, 1e-12);
  // Nothing but far points: the cut-off must reach them at once.
  EXPECT_LT(fit_scores(native * 1e5, native, 20).gdt_ts, 0.1);
}

/// What the program TMscore prints after a word, or NaN.
double after(const std::string& text, const std::string& word) {
  const std::size_t at = text.find(word);
  if (at == std::string::npos) return NAN;
  return std::strtod(text.c_str() + text.find('=', at) + 1, nullptr);
}

std::string write_pdb(const Points& points, const std::string& path) {
  std::ofstream file(path);
  for (int i = 0; i < points.cols(); ++i) {
    char line[96];
    std::snprintf(line, sizeof line,
                  "ATOM  %5d  CA  ALA A%4d    %8.3f%8.3f%8.3f  1.00  0.00           C\n", i + 1,
                  i + 1, points(0, i), points(1, i), points(2, i));
    file << line;
  }
  return path;
}

Points rounded(const Points& points) {
  return points.unaryExpr([](double value) { return std::round(value * 1000) / 1000; });
}

std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = ::popen(command.c_str(), "r");
  char buffer[4096];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    text.append(buffer, got);
  ::pclose(pipe);
  return text;
}

TEST(FitScores, AgreeWithTMscore) {
  if (std::system("command -v TMscore > /dev/null 2>&1") != 0)
    GTEST_SKIP() << "TMscore (Debian package tm-align) is not installed";
  std::mt19937_64 generator(8);
  const std::string base = ::testing::TempDir() + "fit_scores_" + std::to_string(::getpid());
  for (int trial = 0; trial < 24; ++trial) {
    const int size = 6 + 11 * trial;
    const double sigma = 0.3 * (1 + trial % 8);
    const Points native = rounded(random_chain(size, generator));
    Points noisy = with_noise(native, sigma, generator);
    noisy.rightCols(size / 3) =
        moved(noisy.rightCols(size / 3), random_rotation(generator), Eigen::Vector3d::Zero());
    const Points model = rounded(noisy);
    const std::string text = output_of("TMscore " + write_pdb(model, base + "m.pdb") + " " +
                                       write_pdb(native, base + "n.pdb"));
    const FitScores found = fit_scores(model, native, static_cast<std::size_t>(size));
    EXPECT_NEAR(superpose(model, native).rmsd, after(text, "RMSD of"), 0.001) << text;
    EXPECT_NEAR(found.gdt_ts, after(text, "GDT-TS-score"), 0.005) << size;
    EXPECT_NEAR(found.gdt_ha, after(text, "GDT-HA-score"), 0.005) << size;
    EXPECT_NEAR(found.tm_score, after(text, "\nTM-score"), 0.005) << size;
  }
  std::remove((base + "m.pdb").c_str());
  std::remove((base + "n.pdb").c_str());
}

}  // namespace
}  // namespace potential
