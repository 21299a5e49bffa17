#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <potential/evaluation/labels.hpp>
#include <potential/support/error.hpp>
#include <random>

#include "evaluation/decoys.hpp"

namespace potential {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ModelTable parse(const std::string& text) { return ModelTable::parse(text, "labels.tsv"); }

template <class Call>
std::string error_of(Call&& call) {
  try {
    call();
  } catch (const FormatError& error) {
    return error.what();
  }
  return "no error";
}

ModelTable names(const std::vector<std::string>& models) {
  std::string text = "model\n";
  for (const std::string& model : models) text += model + "\n";
  return parse(text);
}

std::optional<std::size_t> row_of(const std::vector<std::string>& rows, const std::string& id) {
  return match_rows(names(rows), {id})[0];
}

TEST(ModelTable, ReadsNumbersAndMissingValues) {
  const ModelTable table = parse(
      "target\tmodel\trmsd\tgdt_ts\n"
      "T1\ta.pdb\t1.5\t\n"
      "T1\tb.pdb\tNA\t+0.25\n"
      "\n"
      "T2\ta.pdb\t-1e-3\tnan\n");
  EXPECT_THAT(table.numbers("rmsd"), ElementsAre(1.5, std::nullopt, -1e-3));
  EXPECT_THAT(table.numbers("gdt_ts"), ElementsAre(std::nullopt, 0.25, std::nullopt));
  EXPECT_THAT(table.targets(), ElementsAre("T1", "T2"));
  EXPECT_EQ(table.of_target("T2").rows().size(), 1u);
  EXPECT_EQ(table.of_target("T2").rows()[0].line, 5u);
  EXPECT_EQ(table.of_target("T3").rows().size(), 0u);
}

TEST(ModelTable, WithoutTargetsServesAnyTarget) {
  const ModelTable table = parse("score\tmodel\n-3\ta\n");
  EXPECT_TRUE(table.targets().empty());
  EXPECT_EQ(table.of_target("T1").rows().size(), 1u);
  EXPECT_FALSE(table.has_column("target"));
}

TEST(ModelTable, TakesTheLineEndsOfOtherSystems) {
  const ModelTable table = parse("\xef\xbb\xbfmodel\tscore\r\na\t1\r\nb\t 2 ");
  EXPECT_THAT(table.numbers("score"), ElementsAre(1, 2));
}

TEST(ModelTable, SaysWhereAndWhatIsWrong) {
  const auto parse_error = [](const std::string& text) { return error_of([&] { parse(text); }); };
  EXPECT_THAT(parse_error(""), HasSubstr("labels.tsv: is empty"));
  EXPECT_THAT(parse_error("name\tscore\n"), HasSubstr("labels.tsv: line 1: no column 'model'"));
  EXPECT_THAT(parse_error("model\tx\tx\n"), HasSubstr("line 1: two columns are named 'x'"));
  EXPECT_THAT(parse_error("model\tx\na\t1\nb\n"), HasSubstr("line 3: 1 columns, but the header"));
  EXPECT_THAT(parse_error("model\tx\n\t1\n"), HasSubstr("line 2: column 'model' is empty"));
  EXPECT_THAT(parse_error("model\tx\na\t1\nb\t1\na\t2\n"),
              HasSubstr("line 4: model 'a' was given in line 2"));
  EXPECT_EQ(parse_error("target\tmodel\nS\ta\nT\ta\n"), "no error");

  const auto number_error = [](const std::string& cell) {
    return error_of([&] { parse("model\tx\na\t1\nb\t" + cell + "\n").numbers("x"); });
  };
  for (const char* bad : {"good", "1.5x", "inf", "-Infinity", "1e999", "0x10", "1,5", "+", "+-1"})
    EXPECT_EQ(number_error(bad), "labels.tsv: line 3: column 'x': '" + std::string(bad) +
                                     "' is not a finite number (leave it empty when missing)");
  EXPECT_THAT(number_error(std::string("\x01\x7f", 2)), HasSubstr("'\\x01\\x7f'"));
  EXPECT_THAT(error_of([] { parse("model\tx\n").numbers("gdt"); }),
              HasSubstr("no column 'gdt'; there are 'model', 'x'"));
  EXPECT_THROW(ModelTable::read("no/such/labels.tsv"), FileError);
}

TEST(ModelTable, RefusesGarbageWithoutACrash) {
  std::mt19937_64 generator(1);
  const std::string good = "target\tmodel\tx\nT\ta\t1\nT\tb\t2\n";
  for (int trial = 0; trial < 3000; ++trial) {
    std::string text = good;
    for (int k = 0; k < 3; ++k)
      text[generator() % text.size()] = static_cast<char>(generator() % 256);
    try {
      for (const auto& value : parse(text).numbers("x"))
        EXPECT_TRUE(std::isfinite(value.value_or(0)));
    } catch (const FormatError& error) {
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    }
  }
}

TEST(MatchRows, ByWholeNameFileNameOrWithoutExtensions) {
  EXPECT_EQ(row_of({"x", "models/a.pdb"}, "models/a.pdb"), 1u);
  EXPECT_EQ(row_of({"x", "a.pdb"}, "decoys/T1/models/a.pdb"), 1u);
  EXPECT_EQ(row_of({"x", "a"}, "models/a.pdb.gz"), 1u);
  EXPECT_EQ(row_of({"x", "a.pdb"}, "models/a.CIF"), 1u);
  EXPECT_EQ(row_of({"x", "other/a.pdb"}, "models/a.pdb"), 1u);
  EXPECT_EQ(row_of({"1ctf.a10043_r", "1ctf"}, "1ctf.a10043_r.pdb"), 0u);
  EXPECT_EQ(row_of({"a.pdb"}, "b.pdb"), std::nullopt);
  EXPECT_EQ(row_of({"a_TS1"}, "a_TS1_2.pdb"), std::nullopt);
}

TEST(MatchRows, OfArchivesAndOfSeveralModelsInAFile) {
  EXPECT_EQ(row_of({"x", "a.pdb"}, "set.tar:a.pdb"), 1u);
  EXPECT_EQ(row_of({"x", "a"}, "some/set.tar.gz:deep/down/a.pdb"), 1u);
  EXPECT_EQ(row_of({"a", "b:c"}, "b:c.pdb"), 1u);  // a colon alone is no archive
  EXPECT_EQ(row_of({"a#1", "a#2"}, "x/a.pdb#2"), 1u);
  EXPECT_EQ(row_of({"a.pdb#1", "a.pdb#2"}, "x/a.pdb#2"), 1u);
  EXPECT_EQ(row_of({"a.pdb"}, "x/a.pdb#1"), 0u);
  EXPECT_EQ(row_of({"a#b"}, "x/a#b.pdb"), 0u);
}

TEST(MatchRows, PrefersTheNameThatAgreesMost) {
  EXPECT_EQ(row_of({"a", "a.pdb", "a.cif"}, "x/a.cif"), 2u);
  EXPECT_EQ(row_of({"y/a.pdb", "x/a.pdb"}, "x/a.pdb"), 1u);
}

TEST(MatchRows, RefusesWhatIsAmbiguous) {
  EXPECT_THAT(error_of([] {
                row_of({"y/a.pdb", "z/a.pdb"}, "x/a.pdb");
              }),
              HasSubstr("labels.tsv: line 3: model 'x/a.pdb' fits this line and line 2"));
  EXPECT_THAT(error_of([] {
                match_rows(names({"b", "a.pdb"}), {"x/a.pdb", "y/a.pdb"});
              }),
              HasSubstr("line 3: fits two models, 'x/a.pdb' and 'y/a.pdb'"));
}

TEST(MatchRows, FindsTheLabelOfEveryRealDecoy) {
  const std::string folder = testing::decoy_folder();
  if (folder.empty()) GTEST_SKIP() << "POTENTIAL_TEST_DATA is not set";
  for (const auto& target : std::filesystem::directory_iterator(folder)) {
    const ModelTable table = ModelTable::read((target.path() / "labels.tsv").string());
    EXPECT_THAT(table.targets(), ElementsAre(target.path().filename().string()));
    std::vector<std::string> ids;
    for (const auto& model : std::filesystem::directory_iterator(target.path() / "models"))
      ids.push_back(model.path().string());
    for (const auto& row : match_rows(table, ids)) EXPECT_TRUE(row.has_value());
    for (const auto& value : table.numbers("gdt_ts")) EXPECT_TRUE(value && *value <= 1);
  }
}

}  // namespace
}  // namespace potential
