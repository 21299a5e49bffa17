// Labelled `slow`: some five thousand extractions.
#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <potential/storage/files.hpp>
#include <potential/storage/merge_files.hpp>
#include <potential/workflow/extract.hpp>
#include <random>

#include "common/peptide.hpp"
#include "common/test_files.hpp"

namespace potential {
namespace {

std::string chain(unsigned seed) {
  return test::pdb_text(test::random_chain({"ALA", "GLY", "LEU", "SER", "TRP"}, "A", seed));
}

void write_tar(const std::string& path, unsigned first, unsigned number) {
  archive* a = archive_write_new();
  archive_write_set_format_pax_restricted(a);
  ASSERT_EQ(archive_write_open_filename(a, path.c_str()), ARCHIVE_OK);
  for (unsigned i = first; i < first + number; ++i) {
    const std::string text = chain(i);
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, ("m" + std::to_string(i) + ".pdb").c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(a, entry);
    archive_write_data(a, text.data(), text.size());
    archive_entry_free(entry);
  }
  archive_write_close(a);
  archive_write_free(a);
}

TEST(Shards, OfAnyNumberFrom1To100MergeToTheSingleRun) {
  const test::Folder folder;
  std::string list;
  for (unsigned i = 0; i < 10; ++i) {
    folder.write("set/s" + std::to_string(i) + ".pdb", chain(i));
    list += folder.write("listed/s" + std::to_string(i) + ".pdb", chain(10 + i)) + "\n";
  }
  folder.write("set/bad.pdb", "no structure");
  write_tar(folder / "x.tar", 20, 15);
  write_tar(folder / "y.tar", 35, 15);
  folder.write("list", list + folder / "y.tar" + "\n");
  const std::vector<std::string> inputs{folder / "set", folder / "x.tar", "@" + folder / "list"};
  const TableAxes axes(load_scheme("residue-ca"), DistanceBins::parse("seed"),
                       SeparationClasses::parse("1,2+"));
  ExtractOptions options;
  options.threads = 1;
  const ContactCounts all = extract(inputs, axes, options);
  EXPECT_EQ(all.structures.size(), 50U);
  write_counts(all, folder / "all.h5");
  const std::string expected = test::bytes_of(folder / "all.h5");
  std::mt19937 random(1);
  for (int of = 1; of <= 100; ++of) {
    std::vector<std::string> parts;
    for (int number = 1; number <= of; ++number) {
      options.shard = Shard{number, of};
      parts.push_back(folder / ("part" + std::to_string(number) + ".h5"));
      write_counts(extract(inputs, axes, options), parts.back());
    }
    std::shuffle(parts.begin(), parts.end(), random);
    MergeFilesOptions merge;
    merge.expected = of;
    merge.memory = of % 2 == 0 ? 2000 : 1 << 20;
    merge_counts_files(parts, folder / "merged.h5", merge);
    ASSERT_TRUE(test::bytes_of(folder / "merged.h5") == expected) << of;
  }
}

}  // namespace
}  // namespace potential
