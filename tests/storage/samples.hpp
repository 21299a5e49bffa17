#pragma once
#include <unistd.h>

#include <filesystem>
#include <random>
#include <string>

#include <potential/core/potential_table.hpp>

/// A folder of the test's own, gone with it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "potential.XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline potential::TableAxes axes_of(const std::string& scheme, const std::string& bins,
                                    const std::string& separations) {
  return {potential::load_scheme(scheme), potential::DistanceBins::parse(bins),
          potential::SeparationClasses::parse(separations)};
}

/// Random counts with structures whose margins agree with them.
inline potential::ContactCounts random_counts(const potential::TableAxes& axes, int structures,
                                              unsigned seed = 1) {
  using namespace potential;
  std::mt19937_64 random(seed);
  const auto up_to = [&](std::uint64_t n) { return random() % (n + 1); };
  ContactCounts counts(axes);
  for (Eigen::Index i = 0; i < counts.counts.size(); ++i) counts.counts.data()[i] = up_to(3000);
  const auto cells = static_cast<std::size_t>(axes.classes() * axes.columns());
  std::vector<std::uint64_t> rest(cells, 0);
  for (Eigen::Index row = 0; row < counts.counts.rows(); ++row)
    for (int bin = 0; bin < axes.columns(); ++bin)
      rest[static_cast<std::size_t>(row / axes.rows() * axes.columns() + bin)] +=
          counts.counts(row, bin);
  for (int i = 0; i < structures; ++i) {
    StructureRecord record;
    record.id = "set/" + std::to_string(up_to(999999)) + "\xc3\xa9.pdb";
    for (auto& byte : record.sha256) byte = static_cast<std::uint8_t>(random());
    for (int type = 0; type < axes.scheme.size(); ++type) {
      record.composition.push_back(static_cast<std::uint32_t>(up_to(50)));
      record.sites += record.composition.back();
    }
    for (std::uint64_t& left : rest) {
      record.pair_histogram.push_back(i + 1 == structures ? left : up_to(left));
      left -= record.pair_histogram.back();
    }
    for (std::uint64_t chain = 1 + up_to(2); chain > 0; --chain)
      record.chain_lengths.push_back(static_cast<std::uint32_t>(1 + up_to(300)));
    for (const auto length : record.chain_lengths) record.residues += length;
    record.radius_of_gyration = static_cast<double>(up_to(30000)) / 1000;
    counts.structures.push_back(std::move(record));
  }
  counts.skipped = {{"b.pdb", "no site at all"}, {"a.pdb", "cannot open: gone"}};
  counts.options = {
      {"models", "first"}, {"types", axes.scheme.name()}, {"note", "d\xc3\xa9j\xc3\xa0"}};
  counts.sort();
  return counts;
}

/// Constants that differ from each other.
inline const potential::Calibration sample_calibration{
    {1.313, 0.1275, 0.79}, potential::ResidueCalibration{1.130, 0.0513, 0.0638, 20, 1.04}};

inline potential::PotentialTable random_potential(const potential::TableAxes& axes,
                                                  unsigned seed = 1) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  potential::PotentialTable table(axes);
  table.counts = random_counts(axes, 0, seed).counts;
  for (Eigen::Index i = 0; i < table.score.size(); ++i) {
    table.score.data()[i] = normal(random);
    table.standard_error.data()[i] = std::abs(normal(random));
  }
  table.structures = 706;
  table.recipe.types = axes.scheme.name();
  table.recipe.training.emplace();
  return table;
}
