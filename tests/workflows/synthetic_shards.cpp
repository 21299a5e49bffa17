// Writes shards of made-up counts, to try the merge at a size for which there
// are no structures at hand:
//   synthetic_shards FOLDER SHARDS STRUCTURES [SCHEME] [BINS]
// Each file holds STRUCTURES structures of its own. Their rows look like those of
// chains of about 300 residues; the table is full, and agrees with the rows.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <numeric>
#include <potential/storage/files.hpp>
#include <random>
#include <string>

namespace {

using potential::ContactCounts;

/// A structure's pairs in each bin: they grow as the square of the distance.
std::vector<std::uint64_t> make_histogram(std::mt19937_64& random, std::uint64_t sites,
                                          std::size_t bins) {
  std::vector<std::uint64_t> histogram;
  for (std::size_t bin = 1; bin <= bins; ++bin)
    histogram.push_back(sites * bin * bin / 5 + random() % 100);
  return histogram;
}

potential::StructureRecord make_record(std::mt19937_64& random, const std::string& id,
                                       std::size_t types, std::size_t bins) {
  potential::StructureRecord record;
  record.id = id;
  for (auto& byte : record.sha256) byte = static_cast<std::uint8_t>(random());
  record.residues = static_cast<std::uint32_t>(100 + random() % 400);
  record.chain_lengths = {record.residues};
  for (std::size_t type = 0; type < types; ++type)
    record.composition.push_back(static_cast<std::uint32_t>(random() % (record.residues / 10)));
  record.sites = std::accumulate(record.composition.begin(), record.composition.end(), 0U);
  record.radius_of_gyration = 15 + static_cast<double>(random() % 10000) / 1000;
  record.pair_histogram = make_histogram(random, record.sites, bins);
  return record;
}

/// Spreads the pairs of the structures over the rows of the table.
void fill_table(std::mt19937_64& random, ContactCounts& counts) {
  for (Eigen::Index bin = 0; bin < counts.counts.cols(); ++bin) {
    std::uint64_t left = 0;
    for (const auto& record : counts.structures)
      left += record.pair_histogram[static_cast<std::size_t>(bin)];
    const auto rows = static_cast<std::uint64_t>(counts.counts.rows());
    const std::uint64_t mean = left / rows;
    for (Eigen::Index row = 0; row + 1 < counts.counts.rows(); ++row) {
      const std::uint64_t taken = std::min(left, mean == 0 ? 0 : random() % (2 * mean));
      counts.counts(row, bin) = taken;
      left -= taken;
    }
    counts.counts(counts.counts.rows() - 1, bin) = left;
  }
}

void write_shard(const std::string& folder, int shard, int shards, int structures,
                 const potential::TableAxes& axes) {
  std::mt19937_64 random(static_cast<unsigned>(shard));
  ContactCounts counts(axes);
  for (int i = 0; i < structures; ++i) {
    const long number = long{i} * shards + shard;
    counts.structures.push_back(make_record(
        random, "proteome.tar:AF-" + std::to_string(number) + "-F1-model_v4.cif.gz",
        static_cast<std::size_t>(axes.scheme.size()), static_cast<std::size_t>(axes.columns())));
  }
  fill_table(random, counts);
  counts.options = {{"types", axes.scheme.name()},
                    {"models", "first"},
                    {"shard", std::to_string(shard) + "/" + std::to_string(shards)}};
  counts.sort();
  write_counts(counts, folder + "/" + std::to_string(shard) + ".h5");
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) {
    std::fputs("usage: synthetic_shards FOLDER SHARDS STRUCTURES [SCHEME] [BINS]\n", stderr);
    return 2;
  }
  try {
    const potential::TableAxes axes(potential::load_scheme(count > 4 ? words[4] : "heavy-atom"),
                                    potential::DistanceBins::parse(count > 5 ? words[5] : "rapdf"),
                                    potential::SeparationClasses::parse("1+"));
    const int shards = std::atoi(words[2]), structures = std::atoi(words[3]);
    for (int shard = 1; shard <= shards; ++shard)
      write_shard(words[1], shard, shards, structures, axes);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "synthetic_shards: %s\n", error.what());
    return 1;
  }
  return 0;
}
