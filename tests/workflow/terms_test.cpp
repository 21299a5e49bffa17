#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <potential/storage/files.hpp>
#include <potential/storage/merge_files.hpp>
#include <potential/storage/table_file.hpp>
#include <potential/support/error.hpp>
#include <potential/workflow/train.hpp>

#include "common/peptide.hpp"
#include "common/test_files.hpp"

namespace potential {
namespace {
using test::Folder;
using test::pdb_text;
using test::random_chain;

const std::vector<std::string> sequence = {"MET", "ALA", "GLY", "SER", "LEU", "LYS", "GLU", "TRP"};
const char* const list =
    "near types=heavy-atom separations=1-4 bins=half\n"
    "sides types=residue-centroid separations=1+ bins=0:12:2 reference=srs weight=2\n";

class Terms : public testing::Test {
 protected:
  Terms() {
    for (unsigned seed = 1; seed <= 4; ++seed)
      folder.write("set/" + std::to_string(seed) + ".pdb",
                   pdb_text(random_chain(sequence, "A", seed)));
  }
  std::string path(const std::string& name) const { return folder.path() + "/" + name; }
  CountedTerms counted() const { return extract({path("set")}, recipe, {}); }

  Folder folder;
  TermsRecipe recipe = parse_terms(list, "list");
};

TEST_F(Terms, CountsOfEachAreThoseOfAnExtractionOfItsOwn) {
  const CountedTerms terms = counted();
  ASSERT_THAT(terms.names, testing::ElementsAre("near", "sides"));
  for (std::size_t k = 0; k < 2; ++k) {
    const TermRecipe& term = recipe.terms[k];
    const auto own =
        extract({path("set")}, TableAxes(load_scheme(term.types), term.bins, term.separations), {});
    const ContactCounts& counts = find_term(terms, term.name);
    EXPECT_TRUE((counts.counts == own.counts).all());
    ASSERT_EQ(counts.structures.size(), own.structures.size());
    for (std::size_t i = 0; i < own.structures.size(); ++i) {
      EXPECT_EQ(counts.structures[i].sha256, own.structures[i].sha256);
      EXPECT_EQ(counts.structures[i].composition, own.structures[i].composition);
      EXPECT_EQ(counts.structures[i].pair_histogram, own.structures[i].pair_histogram);
    }
    EXPECT_EQ(counts.options, own.options);
  }
}

TEST_F(Terms, AFileOfThemIsReadBackInAnyWay) {
  const CountedTerms terms = counted();
  write_counts(terms, path("terms.h5"));
  EXPECT_THAT(read_term_names(path("terms.h5")), testing::ElementsAre("near", "sides"));
  const CountedTerms read = read_counted_terms(path("terms.h5"));
  EXPECT_EQ(read.options, terms.options);
  for (std::size_t k = 0; k < 2; ++k) {
    const std::string& name = terms.names[k];
    EXPECT_TRUE((read.counts[k].counts == terms.counts[k].counts).all());
    EXPECT_TRUE((open_counts(path("terms.h5"), name).counts == terms.counts[k].counts).all());
    EXPECT_TRUE(TableFile(path("terms.h5"), name).axes() == terms.counts[k].axes);
  }
  EXPECT_THROW(read_counts(path("terms.h5")), FormatError);
  EXPECT_THROW(read_counts(path("terms.h5"), "other"), UsageError);
  EXPECT_THROW(TableFile(path("terms.h5")), UsageError);
}

TEST_F(Terms, GoingOnFromAFileOfThemIsTheSingleRun) {
  write_counts(counted(), path("terms.h5"));
  folder.write("set/0.pdb",
               pdb_text(random_chain(sequence, "A", 2)));  // again, under a name before
  folder.write("set/5.pdb", pdb_text(random_chain(sequence, "A", 5)));
  const CountedTerms more = extract({path("set")}, recipe, {}, {path("terms.h5"), true, false});
  EXPECT_TRUE(more.counts[1].structures.empty());  // those of the file stay there
  write_counts(more, path("more.h5"));
  write_counts(counted(), path("all.h5"));
  EXPECT_EQ(test::bytes_of(path("more.h5")), test::bytes_of(path("all.h5")));
}

TEST_F(Terms, AFileCutShortOrChangedIsRefused) {
  write_counts(counted(), path("terms.h5"));
  std::ifstream file(path("terms.h5"), std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  for (const std::size_t size : {bytes.size() / 4, bytes.size() / 2, bytes.size() - 1})
    EXPECT_THROW(read_counted_terms(folder.write("short.h5", bytes.substr(0, size))), FormatError);
  for (std::size_t at = 600; at < bytes.size(); at += bytes.size() / 20) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_THROW(read_counted_terms(folder.write("changed.h5", changed)), FormatError);
  }
}

TEST_F(Terms, MergedInBlocksTheyAreTheSameFile) {
  write_counts(counted(), path("all.h5"));
  write_counts(extract({path("set/1.pdb"), path("set/4.pdb")}, recipe, {}), path("a.h5"));
  write_counts(extract({path("set/2.pdb"), path("set/3.pdb")}, recipe, {}), path("b.h5"));
  // In memory; and with every row in temporary files.
  for (const std::size_t memory : {std::size_t{1} << 27, std::size_t{1}}) {
    MergeFilesOptions options;
    options.memory = memory;
    merge_counts_files({path("b.h5"), path("a.h5")}, path("sum.h5"), options);
    const CountedTerms sum = read_counted_terms(path("sum.h5")),
                       all = read_counted_terms(path("all.h5"));
    EXPECT_EQ(sum.options, all.options);
    for (std::size_t k = 0; k < 2; ++k)
      EXPECT_TRUE((sum.counts[k].counts == all.counts[k].counts).all());
    EXPECT_EQ(sum.counts[1].structures.size(), 4U);
  }
  EXPECT_THROW(merge_counts_files({path("a.h5"), path("all.h5")}, path("x.h5"), {}), FormatError);
}

TEST_F(Terms, AListForOtherTablesIsRefused) {
  const CountedTerms terms = counted();
  for (const char* other : {"near types=heavy-atom separations=1-4 bins=half\n",
                            "near separations=1-4 bins=rapdf\nsides separations=1+ bins=0:12:2\n",
                            "near separations=1-5 bins=half\nsides separations=1+ bins=0:12:2\n"})
    EXPECT_THROW(train(terms, parse_terms(other, "list")), UsageError) << other;
}

}  // namespace
}  // namespace potential
