// What takes seconds and gigabytes: labelled `slow`, `ctest -LE slow` leaves it out.
#include <gtest/gtest.h>

#include <potential/storage/files.hpp>
#include <random>

#include "extraction/contact_counter.hpp"

#include "common/test_files.hpp"

namespace potential {
namespace {

TEST(Scale, MoreThan2ToThe32PairsInOneStructure) {
  const TableAxes axes(load_scheme("residue-ca"), DistanceBins::parse("0,20"),
                       SeparationClasses::parse("1+"));
  constexpr std::uint64_t sites = 92'800;  // all within 18 Å of each other
  Model model;
  std::mt19937 random(1);
  model.chains.push_back({"A", sites});
  for (std::uint32_t i = 0; i < sites; ++i) {
    for (auto* axis : {&model.x, &model.y, &model.z})
      axis->push_back(static_cast<std::int32_t>(random() % 10'000));
    model.type.push_back(static_cast<std::uint16_t>(random() % 20));
    model.residue.push_back(i);
    Residue residue;
    residue.position = static_cast<std::int32_t>(i);
    model.residues.push_back(residue);
  }
  constexpr std::uint64_t pairs = sites * (sites - 1) / 2;
  static_assert(pairs > std::uint64_t{1} << 32);
  ContactCounter counter(axes);
  EXPECT_EQ(counter.add(model), std::vector<std::uint64_t>{pairs});
  CountTable counts = CountTable::Zero(axes.rows(), 1);
  counter.flush_into(counts);
  EXPECT_EQ(counts.sum(), pairs);
  // A cell holds the pairs of its two types, whatever the order they came in.
  std::vector<std::uint64_t> of_type(20, 0);
  for (const auto type : model.type) ++of_type[type];
  for (int row = 0; row < axes.rows(); ++row) {
    const std::uint64_t a = of_type[axes.pairs.first()[std::size_t(row)]],
                        b = of_type[axes.pairs.second()[std::size_t(row)]];
    const bool same = axes.pairs.first()[std::size_t(row)] == axes.pairs.second()[std::size_t(row)];
    EXPECT_EQ(counts(row, 0), same ? a * (a - 1) / 2 : a * b);
  }
}

TEST(Scale, AMillionStructuresAreWrittenAndRead) {
  const test::Folder folder;
  const auto scheme = Scheme::parse("scheme two\nsites ca\nsmall ALA,GLY\nlarge TRP,TYR\n", "two");
  ContactCounts counts(
      TableAxes(scheme, DistanceBins::parse("0,8"), SeparationClasses::parse("1+")));
  constexpr std::uint32_t structures = 1'000'000;
  for (std::uint32_t i = 0; i < structures; ++i) {
    StructureRecord record;
    record.id = "set/" + std::to_string(structures + i) + ".pdb";
    for (int byte = 0; byte < 4; ++byte)
      record.sha256[std::size_t(byte)] = static_cast<std::uint8_t>(i >> (8 * byte));
    record.composition = {i % 7, i % 11};
    record.sites = record.residues = i % 7 + i % 11;
    record.chain_lengths = {record.residues};
    record.pair_histogram = {i};
    counts.counts(1, 0) += i;
    counts.structures.push_back(std::move(record));
  }
  const std::string path = folder / "million.h5";
  write_counts(counts, path);
  const ContactCounts back = read_counts(path);
  ASSERT_EQ(back.structures.size(), structures);
  EXPECT_EQ(back.counts(1, 0), std::uint64_t{structures} * (structures - 1) / 2);
  for (std::uint32_t i = 0; i < structures; i += 997) {
    EXPECT_EQ(back.structures[i].id, counts.structures[i].id);
    EXPECT_EQ(back.structures[i].sha256, counts.structures[i].sha256);
    EXPECT_EQ(back.structures[i].composition, counts.structures[i].composition);
    EXPECT_EQ(back.structures[i].pair_histogram, counts.structures[i].pair_histogram);
  }
}

}  // namespace
}  // namespace potential
