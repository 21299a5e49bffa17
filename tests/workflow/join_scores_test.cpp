#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <potential/support/error.hpp>
#include <potential/workflow/join_scores.hpp>

#include "common/test_files.hpp"

namespace potential {
namespace {
using test::bytes_of;
using test::Folder;
using ::testing::HasSubstr;

/// The rows of inputs, dealt to `shards` files, one input after another, and joined.
std::string joined(const std::string& ending, const std::string& header,
                   const std::vector<std::vector<std::string>>& inputs, std::size_t shards) {
  const Folder folder;
  std::vector<std::string> texts(shards, header), paths;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    for (const std::string& row : inputs[i]) texts[i % shards] += row;
  for (std::size_t k = 0; k < shards; ++k)
    paths.push_back(folder.write(std::to_string(k) + ending, texts[k]));
  join_score_rows(paths, folder / ("all" + ending));
  return bytes_of(folder / ("all" + ending));
}

struct Kind {
  std::string ending, header, before, after;
};

/// Several models of files whose names hold what separates or quotes cells.
TEST(JoinScores, TakesTheModelsOfAFileTogetherWhateverItsName) {
  const Kind kinds[] = {{".tsv", "model\tscore\n", "", "\t-1\n"},
                        {".csv", "model,score\n", "\"", "\",-1\n"},
                        {".json", "", "{\"model\":\"", "\",\"score\":-1}\n"}};
  for (const Kind& kind : kinds) {
    const std::string quote = kind.ending == ".json"  ? "\\\""
                              : kind.ending == ".csv" ? "\"\""
                                                      : "\"";
    std::vector<std::vector<std::string>> inputs;
    for (const std::string& name :
         {std::string("f.pdb[A,B]"), quote + "x" + quote + quote + "y.pdb", std::string("g.pdb"),
          quote + ",z.pdb", std::string("h,.pdb[C]")})
      for (const char* folder : {"", "m/"}) {
        inputs.emplace_back();
        for (int k = 1; k <= 3; ++k)
          inputs.back().push_back(kind.before + folder + name + "#" + std::to_string(k) +
                                  kind.after);
      }
    std::string whole = kind.header;
    for (const auto& rows : inputs)
      for (const auto& row : rows) whole += row;
    for (const std::size_t shards : {1U, 2U, 3U, 7U, 10U})
      EXPECT_EQ(joined(kind.ending, kind.header, inputs, shards), whole) << shards;
  }
}

/// What no model has as its number belongs to the name.
TEST(JoinScores, TakesALongNumberForAPartOfTheName) {
  const std::string digits(40, '9');
  EXPECT_EQ(joined(".tsv", "model\tscore\n", {{"a#" + digits + "\t1\n"}, {"b.pdb\t2\n"}}, 2),
            "model\tscore\na#" + digits + "\t1\nb.pdb\t2\n");
}

TEST(JoinScores, RefusesAFileThatIsGivenTwice) {
  const Folder folder;
  const std::string a = folder.write("a.tsv", "model\tscore\na.pdb\t1\n");
  const std::string b = folder.write("b.tsv", "model\tscore\nb.pdb\t1\n");
  std::filesystem::create_symlink("a.tsv", folder / "c.tsv");
  for (const std::string& again : {a, folder.path() + "/./a.tsv", folder / "c.tsv"}) {
    try {
      join_score_rows({a, b, again}, folder / "all.tsv");
      ADD_FAILURE() << "was joined";
    } catch (const UsageError& error) {
      EXPECT_EQ(error.what(), again + ": is given twice");
    }
    EXPECT_FALSE(std::filesystem::exists(folder / "all.tsv"));
  }
}

}  // namespace
}  // namespace potential
