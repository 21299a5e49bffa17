#include <gtest/gtest.h>

#include <potential/core/merge.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>

#include "extraction/contact_counter.hpp"

#include "common/test_files.hpp"

namespace potential {
namespace {

constexpr std::uint64_t most = UINT64_MAX;

TableAxes two_types() {
  return TableAxes(Scheme::parse("scheme two\nsites ca\nA ALA\nB GLY\n", "two"),
                   DistanceBins::parse("0,8"), SeparationClasses::parse("1+"));
}

TEST(Overflow, ASumReachesTheLargestCountAndNeverPassesIt) {
  EXPECT_EQ(add_counts(most - 1, 1), most);
  EXPECT_EQ(add_counts(most, 0), most);
  EXPECT_THROW(add_counts(most, 1), Error);
  EXPECT_THROW(add_counts(most / 2 + 1, most / 2 + 1), Error);
}

TEST(Overflow, Merging) {
  ContactCounts a(two_types()), b(two_types());
  a.counts(1, 0) = most - 3;
  b.counts(1, 0) = 3;
  merge_into(a, b);
  EXPECT_EQ(a.counts(1, 0), most);
  EXPECT_THROW(merge_into(a, b), Error);
}

TEST(Overflow, Counting) {
  Model model;
  model.x = model.y = model.z = {0, 1000};
  model.type = {0, 1};
  model.residue = {0, 1};
  model.residues.resize(2);
  model.residues[1].position = 1;
  model.chains.push_back({"A", 2});
  ContactCounter counter(two_types());
  CountTable counts = CountTable::Constant(3, 1, most - 1);
  counter.add(model);
  counter.flush_into(counts);
  EXPECT_EQ(counts(1, 0), most);
  counter.add(model);
  EXPECT_THROW(counter.flush_into(counts), Error);
}

/// Sites of one type and residues of their own, all in contact.
Model crowd(std::uint32_t size) {
  Model model;
  model.residues.resize(size);
  for (std::uint32_t i = 0; i < size; ++i) {
    model.x.push_back(static_cast<std::int32_t>(i));
    model.residue.push_back(i);
    model.residues[i].position = static_cast<std::int32_t>(i);
  }
  model.y = model.z = std::vector<std::int32_t>(size, 0);
  model.type.assign(size, 0);
  model.chains.push_back({"A", size});
  return model;
}

TEST(Overflow, TheCounterPasses16BitsInOneCell) {
  ContactCounter counter(two_types());
  // 65,341 + 190 + 3 contacts, then one at a time over 65,535 and 65,536.
  std::uint64_t contacts = 0;
  for (const std::uint32_t size : {362u, 20u, 3u, 2u, 2u, 2u}) {
    EXPECT_EQ(counter.add(crowd(size))[0], size * (size - 1) / 2);
    contacts += size * (size - 1) / 2;
  }
  ASSERT_EQ(contacts, 65'537U);
  CountTable counts = CountTable::Zero(3, 1);
  counter.flush_into(counts);
  EXPECT_EQ(counts(0, 0), contacts);
}

TEST(Overflow, StructuresWhosePairsSumPastTheEndAreRefused) {
  const test::Folder folder;
  ContactCounts counts(two_types());
  for (int i = 0; i < 2; ++i) {
    StructureRecord record;
    record.id = std::to_string(i);
    record.composition = {0, 0};
    record.pair_histogram = {most / 2 + 1};  // 2^64 together: 0 if it wrapped
    counts.structures.push_back(record);
  }
  write_counts(counts, folder / "c.h5");
  EXPECT_THROW(read_counts(folder / "c.h5"), FormatError);
}

}  // namespace
}  // namespace potential
