#include <gtest/gtest.h>

#include <zlib.h>

#include <cmath>

#include "report/report_data.hpp"

namespace potential {
namespace {

/// What the page's script does: base64, zlib, bytes to numbers.
std::string bytes_of(const NumberPack& numbers) {
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string packed;
  unsigned held = 0, bits = 0;
  for (const char c : numbers.base64()) {
    if (c == '=') break;
    held = held << 6 | static_cast<unsigned>(digits.find(c));
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    packed += static_cast<char>(held >> bits & 0xff);
  }
  std::string bytes(std::size_t{64} << 20, '\0');
  uLongf size = bytes.size();
  EXPECT_EQ(uncompress(reinterpret_cast<Bytef*>(bytes.data()), &size,
                       reinterpret_cast<const Bytef*>(packed.data()), packed.size()),
            Z_OK);
  bytes.resize(size);
  return bytes;
}

std::vector<double> unpack(const NumberPack& numbers, const nlohmann::ordered_json& place) {
  const std::string bytes = bytes_of(numbers);
  const std::size_t at = place["at"], size = place["size"];
  std::vector<double> values;
  for (std::size_t i = 0; i < size; ++i) {
    const auto q = static_cast<std::int16_t>(static_cast<unsigned char>(bytes[at + i]) << 8 |
                                             static_cast<unsigned char>(bytes[at + size + i]));
    values.push_back(q == missing_number ? NAN
                                         : place["bend"].get<double>() *
                                               std::sinh(q * place["step"].get<double>()));
  }
  return values;
}

TEST(NumberPack, KeepsFourDigitsOfSmallAndLargeAndWhatIsMissing) {
  const std::vector<double> values{0, 1.5, -14.25, NAN, 0.001, INFINITY, 1031, -0.02};
  NumberPack numbers;
  numbers.add({7, 8, 9});
  const auto place = numbers.add(values);
  const auto back = unpack(numbers, place);
  ASSERT_EQ(back.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i]))
      EXPECT_NEAR(back[i], values[i], 3e-4 * std::abs(values[i]) + 1e-6) << i;
    else
      EXPECT_TRUE(std::isnan(back[i])) << i;
  }
  const auto zeros = numbers.add({0, 0});
  EXPECT_EQ(unpack(numbers, zeros), (std::vector<double>{0, 0}));
}

TEST(NumberPack, ARoughNumberIsAsRoughAsAsked) {
  std::vector<double> values;
  for (double value = 0.05; value < 900; value *= 1.1) values.insert(values.end(), {value, -value});
  NumberPack numbers;
  const auto place = numbers.add(values, 0.01);
  const auto back = unpack(numbers, place);
  double worst = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    worst = std::max(worst, std::abs(back[i] / values[i] - 1));
  EXPECT_GT(worst, 1e-3);
  // Below the smallest tenth steps are even, so relative errors grow there.
  EXPECT_LT(worst, 0.03);
}

PotentialTable table_of(const char* bins, const char* separations) {
  PotentialTable table(TableAxes(load_scheme("residue-ca"), DistanceBins::parse(bins),
                                 SeparationClasses::parse(separations)));
  for (Eigen::Index row = 0; row < table.score.rows(); ++row)
    for (Eigen::Index bin = 0; bin < table.score.cols(); ++bin)
      table.score(row, bin) = static_cast<double>(row) - 0.25 * static_cast<double>(bin);
  return table;
}

TEST(ReportData, CellsAreInTheOrderClassBinPair) {
  const PotentialTable table = table_of("rapdf", "1-3,4+");
  NumberPack numbers;
  const auto data = potential_data(table, "x", {}, numbers);
  EXPECT_TRUE(data["notes"].empty());
  EXPECT_FALSE(data.contains("count"));
  const auto cells = unpack(numbers, data["score"]);
  ASSERT_EQ(cells.size(), 2U * 210 * 18);
  for (std::size_t at = 0; at < cells.size(); ++at) {
    const std::size_t k = at / (210 * 18), bin = at / 210 % 18, pair = at % 210;
    const double expected = static_cast<double>(k * 210 + pair) - 0.25 * static_cast<double>(bin);
    EXPECT_NEAR(cells[at], expected, 3e-4 * std::abs(expected) + 3e-3);
  }
}

TEST(ReportData, LargeTablesAreThinnedButKeepEveryClass) {
  NumberPack numbers;
  const auto data = potential_data(table_of("0:20:0.02", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16+"),
                                   "x", {}, numbers);
  EXPECT_EQ(data["notes"].size(), 2U);  // fewer bins, fewer digits
  EXPECT_EQ(data["bins"].size(), 500U);
  EXPECT_EQ(data["bins"][1], "0.04-0.06 Å");
  EXPECT_EQ(data["classes"].size(), 16U);
  EXPECT_EQ(data["score"]["size"], 16U * 210 * 500);
}

TEST(ReportData, TypesOfAResidueStandTogether) {
  PotentialTable table(TableAxes(load_scheme("heavy-atom-centroid"), DistanceBins::parse("0,5,9"),
                                 SeparationClasses::parse("1+")));
  const int first = table.axes.scheme.find("ALA:SC"), second = table.axes.scheme.find("ARG:N");
  table.score(table.axes.pairs.row(first, second), 1) = 4;
  NumberPack numbers;
  const auto data = potential_data(table, "x", {}, numbers);
  ASSERT_EQ(data["types"].size(), 187U);
  EXPECT_EQ(data["types"][5], "ALA:SC");
  EXPECT_EQ(data["types"][6], "ARG:N");
  EXPECT_EQ(data["groups"][5], "ALA");
  EXPECT_EQ(data["numbers"][5], first);
  const auto cells = unpack(numbers, data["score"]);
  const std::size_t pairs = 187 * 188 / 2, row = 5 * 187 - 5 * 4 / 2 + 1;
  for (std::size_t at = 0; at < cells.size(); ++at)
    EXPECT_NEAR(cells[at], at == pairs + row ? 4 : 0, 1e-9);
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
  NumberPack numbers;
  const auto data = model_data(models, numbers);
  EXPECT_EQ(data["residues"].size(), 10U);
  EXPECT_EQ(data["residues"][0], "A 1 GLY");
  EXPECT_EQ(data["residues"][9], "B 5 GLY");
  // Places 2 to 4 and 7 to 9; 0 to 2 and 5 to 7.
  EXPECT_EQ(data["profiles"]["runs"], (std::vector<std::vector<int>>{{2, 3, 7, 3}, {0, 3, 5, 3}}));
  const auto scores = unpack(numbers, data["profiles"]["score"]);
  const std::vector<double> expected{3, 4, 5, 3, 4, 5, 1, 2, 3, 1, 2, 3};
  ASSERT_EQ(scores.size(), expected.size());
  for (std::size_t i = 0; i < scores.size(); ++i) EXPECT_NEAR(scores[i], expected[i], 1e-3);
  EXPECT_FALSE(data["profiles"].contains("quality"));
  for (ModelScore& model : models.scores)
    for (ResidueScore& residue : model.per_residue)
      residue.quality = Quality{residue.score / 10, 0, 1};
  const auto calibrated = model_data(models, numbers);
  const auto qualities = unpack(numbers, calibrated["profiles"]["quality"]);
  ASSERT_EQ(qualities.size(), expected.size());
  for (std::size_t i = 0; i < qualities.size(); ++i)
    EXPECT_NEAR(qualities[i], expected[i] / 10, 1e-4);
  EXPECT_FALSE(data.contains("chains"));
  EXPECT_TRUE(data["rows"][2][1].is_null());
  EXPECT_EQ(data["rows"][2][6], "empty");
}

TEST(ReportData, ChainsThatAreNotScoredHaveContactsAlone) {
  ReportModels models;
  models.scores.resize(2);
  models.scores[0].chain_pairs = {{"A", "A", -3.5, 12, true}, {"A", "B", 0, 7, false}};
  NumberPack numbers;
  const auto data = model_data(models, numbers);
  EXPECT_EQ(data["chains"].dump(), R"([[["A","A",-3.5,12],["A","B",null,7]],[]])");
  EXPECT_FALSE(data.contains("interfaces"));
  InterfaceScore touching;
  touching.first = "A";
  touching.second = "B";
  touching.first_residues = {{"A", 12, ' ', "GLU"}, {"A", 12, 'B', "ALA"}};
  models.scores[0].interfaces = {touching};
  EXPECT_EQ(model_data(models, numbers)["interfaces"].dump(),
            R"([[["A","B",["12 GLU","12B ALA"],[]]],[]])");
}

}  // namespace
}  // namespace potential
