#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <potential/evaluation/similarity.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace potential::testing {

/// The folder of the decoy sets, or empty without POTENTIAL_TEST_DATA.
inline std::string decoy_folder() {
  const char* data = std::getenv("POTENTIAL_TEST_DATA");
  const std::string folder = data == nullptr ? "" : std::string(data) + "/decoys";
  return std::filesystem::is_directory(folder) ? folder : "";
}

/// CA atoms of a PDB file by its columns: a reader that shares no code with the
/// library's, good enough for the plain files of the decoy sets.
inline CaTrace read_ca(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.good()) << path;
  CaTrace trace;
  std::vector<Eigen::Vector3d> positions;
  std::set<std::string> seen;
  for (std::string line; std::getline(file, line) && line.compare(0, 6, "ENDMDL") != 0;) {
    const bool atom = line.compare(0, 4, "ATOM") == 0 || line.compare(0, 6, "HETATM") == 0;
    if (!atom || line.size() < 54 || line.substr(12, 4) != " CA ") continue;
    if (!seen.insert(line.substr(21, 6)).second) continue;
    std::string name = line.substr(17, 3);
    if (name == "MSE") name = "MET";
    trace.residues.push_back({line.substr(21, 1), std::stoi(line.substr(22, 4)), line[26], name});
    positions.emplace_back(std::stod(line.substr(30, 8)), std::stod(line.substr(38, 8)),
                           std::stod(line.substr(46, 8)));
  }
  trace.positions.resize(3, static_cast<Eigen::Index>(positions.size()));
  for (std::size_t i = 0; i < positions.size(); ++i)
    trace.positions.col(static_cast<Eigen::Index>(i)) = positions[i];
  return trace;
}

/// A compact random chain with steps of 3.8 Å.
inline Points random_chain(int residues, std::mt19937_64& generator) {
  std::normal_distribution<double> normal;
  Points chain(3, residues);
  Eigen::Vector3d at(0, 0, 0);
  for (int i = 0; i < residues; ++i) {
    const Eigen::Vector3d step(normal(generator), normal(generator), normal(generator));
    at += 3.8 * (step.normalized() - 0.05 * at).normalized();
    chain.col(i) = at;
  }
  return chain;
}

inline Points with_noise(const Points& points, double sigma, std::mt19937_64& generator) {
  std::normal_distribution<double> normal(0, sigma);
  return points.unaryExpr([&](double value) { return value + normal(generator); });
}

inline CaTrace trace_of(const Points& points, const std::string& chain = "A") {
  CaTrace trace;
  trace.positions = points;
  for (int i = 0; i < points.cols(); ++i) trace.residues.push_back({chain, i + 1, ' ', "ALA"});
  return trace;
}

}  // namespace potential::testing
