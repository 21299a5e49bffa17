#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "report/report_data.hpp"

namespace potential {
namespace {

/// What the page's script does: base64 to little-endian numbers.
template <class Number>
std::vector<Number> unpack(const std::string& base64) {
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned held = 0, bits = 0;
  for (const char c : base64) {
    if (c == '=') break;
    held = held << 6 | static_cast<unsigned>(digits.find(c));
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(held >> bits & 0xff);
  }
  std::vector<Number> numbers(bytes.size() / sizeof(Number));
  std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(Number));
  return numbers;
}

TEST(ReportData, ScoresKeepFourDigitsAndWhatIsMissing) {
  const std::vector<double> values{0, 1.5, -14.25, NAN, 0.001, INFINITY};
  const auto packed = pack_int16(values);
  const auto cells = unpack<std::int16_t>(packed["data"]);
  ASSERT_EQ(cells.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i]))
      EXPECT_NEAR(cells[i] * packed["scale"].get<double>(), values[i], 14.25 / 32767);
    else
      EXPECT_EQ(cells[i], -32768);
  }
  EXPECT_EQ(unpack<std::int16_t>(pack_int16({0, 0})["data"]), (std::vector<std::int16_t>{0, 0}));
}

PotentialTable table_of(const char* bins, const char* separations) {
  PotentialTable table(TableAxes(load_scheme("residue-ca"), DistanceBins::parse(bins),
                                 SeparationClasses::parse(separations)));
  for (Eigen::Index row = 0; row < table.score.rows(); ++row)
    for (Eigen::Index bin = 0; bin < table.score.cols(); ++bin)
      table.score(row, bin) = static_cast<double>(row) - 0.25 * static_cast<double>(bin);
  return table;
}

TEST(ReportData, CellsAreInTheOrderClassPairBin) {
  const PotentialTable table = table_of("rapdf", "1-3,4+");
  const auto data = potential_data(table, "x", {});
  EXPECT_TRUE(data["notes"].empty());
  EXPECT_FALSE(data.contains("count"));
  const auto cells = unpack<std::int16_t>(data["score"]["data"]);
  ASSERT_EQ(cells.size(), 2U * 210 * 18);
  const double scale = data["score"]["scale"];
  for (std::size_t at = 0; at < cells.size(); ++at)
    EXPECT_NEAR(cells[at] * scale,
                static_cast<double>(at / 18) - 0.25 * static_cast<double>(at % 18), scale);
}

TEST(ReportData, LargeTablesAreThinnedAndThePageSaysSo) {
  const auto data = potential_data(table_of("0:20:0.02", "1,2,3,4,5,6,7,8,9,10,11,12+"), "x", {});
  EXPECT_EQ(data["notes"].size(), 1U);  // fewer classes
  EXPECT_EQ(data["bins"].size(), 1000U);
  EXPECT_EQ(data["classes"].size(), 9U);
  EXPECT_EQ(unpack<std::int16_t>(data["score"]["data"]).size(), 9U * 210 * 1000);
}

TEST(ReportData, ResiduesOfAllModelsStandInTheOrderOfTheSequence) {
  ReportModels models;
  for (const int first : {3, 1}) {
    ModelScore model;
    model.id = "m" + std::to_string(first);
    model.scored = true;
    for (const char* chain : {"A", "B"})
      for (int number = first; number < first + 3; ++number) {
        ResidueScore residue;
        residue.chain = chain;
        residue.number = number;
        residue.name = "GLY";
        residue.score = number;
        model.per_residue.push_back(residue);
      }
    models.scores.push_back(model);
  }
  ModelScore broken;
  broken.id = "broken";
  broken.warnings = {"empty"};
  models.scores.push_back(broken);
  const auto data = model_data(models);
  EXPECT_EQ(data["residues"].size(), 10U);
  EXPECT_EQ(data["residues"][0], "A 1 GLY");
  EXPECT_EQ(data["residues"][9], "B 5 GLY");
  ASSERT_EQ(data["profiles"].size(), 2U);
  EXPECT_EQ(data["profiles"][0]["at"], (std::vector<int>{2, 3, 4, 7, 8, 9}));
  EXPECT_EQ(data["profiles"][1]["score"], (std::vector<double>{1, 2, 3, 1, 2, 3}));
  EXPECT_TRUE(data["rows"][2][1].is_null());
  EXPECT_EQ(data["rows"][2][5], "empty");
}

}  // namespace
}  // namespace potential
