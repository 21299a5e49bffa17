// The structures of a counts file one after another, against the same file read whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <potential/core/merge.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/atomic_file.hpp>
#include <potential/support/error.hpp>

#include "samples.hpp"
#include "storage/parts.hpp"

namespace potential {
namespace {

using ::testing::HasSubstr;

std::vector<StructureRecord> collect(const ContactCounts& counts) {
  std::vector<StructureRecord> records;
  counts.each_structure([&](const StructureRecord& record) { records.push_back(record); });
  return records;
}

void expect_equal(const StructureRecord& a, const StructureRecord& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.sha256, b.sha256);
  EXPECT_EQ(a.sites, b.sites);
  EXPECT_EQ(a.residues, b.residues);
  EXPECT_EQ(a.radius_of_gyration, b.radius_of_gyration);
  EXPECT_EQ(a.chain_lengths, b.chain_lengths);
  EXPECT_EQ(a.composition, b.composition);
  EXPECT_EQ(a.pair_histogram, b.pair_histogram);
}

TEST(StructureStream, IsTheFileReadWhole) {
  const TemporaryFolder folder;
  for (const char* separations : {"1+", "1,2-4,5+,inter"})
    for (const int number : {0, 1, 2, 300, 20000}) {
      const std::string path = folder / "c.h5";
      auto written = random_counts(axes_of("residue-cb", "seed", separations), number);
      if (number == 0) written.counts.setZero();
      write_counts(written, path);
      const ContactCounts whole = read_counts(path), open = open_counts(path);
      EXPECT_TRUE(open.structures.empty());
      EXPECT_EQ(open.number_of_structures(), static_cast<std::size_t>(number));
      EXPECT_EQ(open.has_margins(), number > 0);
      EXPECT_TRUE((open.counts == whole.counts).all());
      EXPECT_EQ(open.options, whole.options);
      EXPECT_EQ(open.skipped, whole.skipped);
      for (int pass = 0; pass < 2; ++pass) {
        const auto records = collect(open);
        ASSERT_EQ(records.size(), whole.structures.size());
        for (std::size_t i = 0; i < records.size(); i += 1 + records.size() / 500)
          expect_equal(records[i], whole.structures[i]);
      }
    }
}

TEST(StructureStream, OutlivesTheFile) {
  const TemporaryFolder folder;
  const std::string path = folder / "c.h5";
  write_counts(random_counts(axes_of("residue-ca", "seed", "1+"), 50), path);
  const ContactCounts open = open_counts(path);
  std::filesystem::remove(path);
  EXPECT_EQ(collect(open).size(), 50U);
}

TEST(StructureStream, IsWrittenAndTakenOutToTheSameBytes) {
  const TemporaryFolder folder;
  const TableAxes axes = axes_of("residue-cb", "seed", "1,2+");
  const ContactCounts a = random_counts(axes, 300, 1), b = random_counts(axes, 40, 2);
  write_counts(merge_counts({a, b}), folder / "all.h5");
  write_counts(b, folder / "b.h5");
  write_counts(open_counts(folder / "all.h5"), folder / "again.h5");
  EXPECT_EQ(read_file(folder / "again.h5"), read_file(folder / "all.h5"));
  const ContactCounts all = read_counts(folder / "all.h5"), open = open_counts(folder / "all.h5");
  for (const ContactCounts& part : {b, open_counts(folder / "b.h5")}) {
    write_counts(subtract_counts(all, part), folder / "whole.h5");
    const ContactCounts rest = subtract_counts(open, part);
    EXPECT_EQ(rest.number_of_structures(), 300U);
    EXPECT_TRUE(rest.structures.empty());
    write_counts(rest, folder / "streamed.h5");
    EXPECT_EQ(read_file(folder / "streamed.h5"), read_file(folder / "whole.h5"));
    EXPECT_THROW(subtract_counts(rest, part), UsageError);
  }
}

/// What either way of reading says of a file whose digest is right.
std::pair<std::string, std::string> errors_of(const std::string& bytes) {
  std::pair<std::string, std::string> errors;
  storage::Image image;
  image.size = bytes.size();
  image.bytes.reset(static_cast<char*>(std::malloc(bytes.size())));
  std::copy(bytes.begin(), bytes.end(), image.bytes.get());
  try {
    storage::parse_counts(bytes.data(), bytes.size(), "x.h5");
  } catch (const Error& error) {
    errors.first = error.what();
  }
  try {
    storage::stream_counted_terms(std::move(image), "x.h5");
  } catch (const Error& error) {
    errors.second = error.what();
  }
  return errors;
}

TEST(StructureStream, WhatDoesNotFitTogetherIsRefusedAlike) {
  const TemporaryFolder folder;
  const std::string path = folder / "c.h5";
  const auto good = random_counts(axes_of("residue-ca", "seed", "1+"), 20);
  const auto wrong = [&](const auto& change) {
    ContactCounts counts = good;
    change(counts);
    write_counts(counts, path);
    return errors_of(read_file(path));
  };
  EXPECT_EQ(wrong([](ContactCounts&) {}), (std::pair<std::string, std::string>()));
  for (const auto& [whole, streamed] :
       {wrong([](auto& counts) { ++counts.structures[3].residues; }),
        wrong([](auto& counts) { ++counts.structures[19].sites; }),
        wrong([](auto& counts) { ++counts.structures[7].pair_histogram[2]; }),
        wrong([](auto& counts) { ++counts.counts(5, 1); }),
        wrong([](auto& counts) { counts.structures[0].radius_of_gyration = -1; })}) {
    EXPECT_NE(whole, "");
    EXPECT_EQ(streamed, whole);
  }
}

}  // namespace
}  // namespace potential
