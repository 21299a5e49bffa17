#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <potential/report/table.hpp>
#include <potential/support/error.hpp>

namespace potential {
namespace {

ResultTable sample() {
  ResultTable table({{"model"}, {"score", 2}, {"contacts"}, {"warnings"}});
  table.add({std::string("a,\"b\".pdb"), -1234.56789, std::uint64_t{12}, std::string()});
  table.add(
      {std::string("c\td.pdb"), std::numeric_limits<double>::quiet_NaN(), {}, std::string("no Å")});
  return table;
}

TEST(ResultTable, TsvAndCsvCarryEveryDigitAndLeaveMissingValuesEmpty) {
  EXPECT_EQ(sample().format(Format::tsv),
            "model\tscore\tcontacts\twarnings\na,\"b\".pdb\t-1234.56789\t12\t\n"
            "c\\x09d.pdb\t\t\tno Å\n");
  EXPECT_EQ(sample().format(Format::csv),
            "model,score,contacts,warnings\n\"a,\"\"b\"\".pdb\",-1234.56789,12,\n"
            "c\\x09d.pdb,,,no Å\n");
}

TEST(ResultTable, CsvQuotesEachCharacterThatNeedsIt) {
  ResultTable table({{"x"}});
  for (const char* cell : {"a\"b", "a,b", "a;b"}) table.add({cell});
  EXPECT_EQ(table.format(Format::csv), "x\n\"a\"\"b\"\n\"a,b\"\na;b\n");
}

TEST(ResultTable, JsonHasTheNamesAsKeysAndNullForMissing) {
  const auto json = nlohmann::json::parse(sample().format(Format::json));
  ASSERT_EQ(json.size(), 2U);
  EXPECT_EQ(json[0]["score"], -1234.56789);
  EXPECT_EQ(json[0]["contacts"], 12);
  EXPECT_TRUE(json[1]["score"].is_null());
  EXPECT_TRUE(json[1]["contacts"].is_null());
  ResultTable bytes({{"model"}});
  bytes.add({std::string("caf\xe9")});  // Latin-1, not UTF-8
  EXPECT_TRUE(nlohmann::json::accept(bytes.format(Format::json)));
}

TEST(ResultTable, ColumnsAlignForAPerson) {
  EXPECT_EQ(sample().format(Format::table),
            "model          score  contacts  warnings\n"
            "a,\"b\".pdb   -1234.57        12\n"
            "c\\x09d.pdb                      no Å\n");
}

TEST(ResultTable, ARoundedZeroHasNoSign) {
  ResultTable table({{"x", 1}});
  table.add({-0.01});
  EXPECT_EQ(table.format(Format::table), "  x\n0.0\n");
  EXPECT_EQ(format_number(-0.0), "0");
  EXPECT_EQ(format_number(0.1), "0.1");
}

TEST(ResultTable, FormatsByName) {
  EXPECT_EQ(parse_format("table"), Format::table);
  EXPECT_EQ(parse_format("tsv"), Format::tsv);
  EXPECT_EQ(parse_format("csv"), Format::csv);
  EXPECT_EQ(parse_format("json"), Format::json);
  EXPECT_THROW(parse_format("xml"), UsageError);
}

}  // namespace
}  // namespace potential
