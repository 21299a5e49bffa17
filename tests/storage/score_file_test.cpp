#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <potential/storage/files.hpp>
#include <potential/storage/score_file.hpp>
#include <potential/support/error.hpp>
#include <sstream>

#include "common/test_files.hpp"
#include "python.hpp"

namespace potential {
namespace {

using test::bytes_of;
using testing::HasSubstr;

const std::vector<std::string> columns{"model",          "score",     "contacts", "residues",
                                       "standard_error", "shuffle_z", "warnings"};
constexpr const char* header =
    "model\tscore\tcontacts\tresidues\tstandard_error\tshuffle_z\twarnings\n";

/// `size` rows, each third without a score; names and warnings of many lengths.
std::string rows_of(int size) {
  std::string text = header;
  for (int i = 0; i < size; ++i) {
    const std::string name =
        "m/" + std::string(static_cast<std::size_t>(i % 40), 'x') + "é#" + std::to_string(i);
    text += name +
            (i % 3 == 2 ? "\t\t\t\t\t\tno sites" + std::string(i % 7, '!')
                        : "\t-" + std::to_string(i) + ".0625\t18446744073709551615\t" +
                              std::to_string(i) + (i % 2 ? "\t\t1e-300\t" : "\t0.5\t\ta; b")) +
            "\n";
  }
  return text;
}

void pack(const std::string& text, const std::string& path) {
  std::istringstream rows(text);
  pack_scores(rows, columns, {{"models", "all"}, {"shard", "1/2"}}, path);
}

std::string unpacked(const std::string& path) {
  std::string text;
  unpack_scores(path, [&](std::string_view rows) { text += rows; });
  return text;
}

TEST(ScoreFile, GivesBackWhatWasPackedAndAlwaysTheSameBytes) {
  const test::Folder folder;
  for (const int size : {0, 1, 5, 40000}) {  // more than one chunk, more than one block
    const std::string text = rows_of(size);
    pack(text, folder / "a.h5");
    pack(text, folder / "b.h5");
    EXPECT_EQ(bytes_of(folder / "a.h5"), bytes_of(folder / "b.h5"));
    EXPECT_EQ(kind_of_file(folder / "a.h5"), FileKind::scores);
    EXPECT_TRUE(unpacked(folder / "a.h5") == text) << size;
    const ScoreFileSummary summary = read_score_summary(folder / "a.h5");
    EXPECT_EQ(summary.rows, static_cast<std::uint64_t>(size));
    EXPECT_EQ(summary.columns, columns);
    EXPECT_EQ(summary.options.at("shard"), "1/2");
  }
}

TEST(ScoreFile, RefusesRowsThatAreNotOfItsColumns) {
  const test::Folder folder;
  const auto problem = [&](const std::string& text) -> std::string {
    try {
      pack(text, folder / "a.h5");
    } catch (const FormatError& error) {
      EXPECT_FALSE(std::filesystem::exists(folder / "a.h5"));
      return error.what();
    }
    return "was packed";
  };
  const std::string head = header;
  EXPECT_THAT(problem(head + "a\t1\t2\t3\t\t\t"), HasSubstr("row 1 is torn"));
  EXPECT_THAT(problem(head + "a\t1\t2\n"), HasSubstr("row 1 is torn or has other columns"));
  EXPECT_THAT(problem(head + "a\t1\t2\t3\t\t\t\na\tx\t2\t3\t\t\t\n"), HasSubstr("row 2: 'x'"));
  EXPECT_THAT(problem(head + "a\t1\t-2\t3\t\t\t\n"), HasSubstr("'-2' is not a number"));
}

TEST(ScoreFile, IsNoOtherKindOfFileAndSeenToBeDamaged) {
  const test::Folder folder;
  pack(rows_of(9), folder / "a.h5");
  try {
    read_counts(folder / "a.h5");
    ADD_FAILURE() << "taken for counts";
  } catch (const FormatError& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("holds scores of models where contact counts are expected"));
  }
  std::string bytes = bytes_of(folder / "a.h5");
  for (std::size_t at = 0; at < bytes.size(); at += 97) {
    bytes[at] ^= 4;
    const std::string damaged = folder.write("damaged.h5", bytes);
    EXPECT_THROW(unpacked(damaged), FormatError) << at;
    bytes[at] ^= 4;
  }
}

TEST(ScoreFile, H5pySeesAColumnADataset) {
  if (!python_has("h5py")) GTEST_SKIP() << "needs python3-h5py";
  const test::Folder folder;
  for (const int size : {0, 30}) {
    const std::string text = rows_of(size);
    pack(text, folder / "a.h5");
    EXPECT_TRUE(run_python("h5py_scores_check.py", {folder / "a.h5", folder.write("a.tsv", text)}));
  }
}

}  // namespace
}  // namespace potential
