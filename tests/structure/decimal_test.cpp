#include "structure/decimal.hpp"
#include <cmath>
#include <random>

#include "fixtures.hpp"

namespace potential {
namespace {

TEST(ParseMilli, TakesDecimalsExactly) {
  EXPECT_EQ(parse_milli("12.345"), 12345);
  EXPECT_EQ(parse_milli("  -0.001 "), -1);
  EXPECT_EQ(parse_milli("+7"), 7000);
  EXPECT_EQ(parse_milli("7."), 7000);
  EXPECT_EQ(parse_milli(".5"), 500);
  EXPECT_EQ(parse_milli("-.5"), -500);
  EXPECT_EQ(parse_milli("0001.1"), 1100);
}

TEST(ParseMilli, RoundsLongerDecimalsHalfAwayFromZero) {
  EXPECT_EQ(parse_milli("0.0005"), 1);
  EXPECT_EQ(parse_milli("-0.0005"), -1);
  EXPECT_EQ(parse_milli("0.00049999999999999999999"), 0);
  EXPECT_EQ(parse_milli("1.2345"), 1235);  // as a double it lies below the half
  EXPECT_EQ(parse_milli("9.9995"), 10000);
  EXPECT_EQ(parse_milli("1.0014999"), 1001);
}

TEST(ParseMilli, TakesExponents) {
  EXPECT_EQ(parse_milli("1.5e1"), 15000);
  EXPECT_EQ(parse_milli("-2E-3"), -2);
  EXPECT_EQ(parse_milli("1e"), unreadable_coordinate);
  EXPECT_EQ(parse_milli("1e400"), unreadable_coordinate);
  EXPECT_EQ(parse_milli("1e9"), distant_coordinate);
}

TEST(ParseMilli, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "   ", ".", "-", "+", "X.XXX", "****", "nan", "NaN", "inf", "-inf",
                           "1.2.3", "1 2", "1,5", "0x10", "--1", "1.0-", "12.345A", "?"})
    EXPECT_EQ(parse_milli(text), unreadable_coordinate) << text;
}

TEST(ParseMilli, KnowsWhatIsTooFar) {
  EXPECT_EQ(parse_milli("1000000"), 1'000'000'000);
  EXPECT_EQ(parse_milli("2000000"), 2'000'000'000);
  EXPECT_EQ(parse_milli("-2000000.000"), -2'000'000'000);
  EXPECT_EQ(parse_milli("2000000.001"), distant_coordinate);
  EXPECT_EQ(parse_milli("99999999999999999999999999999"), distant_coordinate);
}

TEST(ParseMilli, EveryValueOfAColumnComesBack) {
  for (int milli = -999999; milli <= 9999999; milli += milli % 7 == 0 ? 101 : 37) {
    char column[16];
    std::snprintf(column, sizeof column, "%s%d.%03d", milli < 0 ? "-" : "", std::abs(milli) / 1000,
                  std::abs(milli) % 1000);
    const std::string padded = std::string(8 - std::string(column).size(), ' ') + column;
    ASSERT_EQ(parse_milli(padded), milli) << padded;
    ASSERT_EQ(parse_milli_column(padded.c_str()), milli) << padded;
  }
}

TEST(ParseMilli, TheColumnFormAgreesOnAnyCharacters) {
  std::mt19937 random(1);
  const std::string alphabet = "  0123456789..--+eE\t";
  int numbers = 0;
  for (int i = 0; i < 2'000'000; ++i) {
    std::string column(8, ' ');
    for (char& c : column) c = alphabet[random() % alphabet.size()];
    if (i % 2 == 0) column[4] = '.';
    const std::int32_t expected = parse_milli(column);
    if (expected != unreadable_coordinate) ++numbers;
    ASSERT_EQ(parse_milli_column(column.c_str()), expected) << "'" << column << "'";
  }
  EXPECT_GT(numbers, 1000);
}

TEST(ParseOccupancy, IsExactAndOneWhenThereIsNone) {
  EXPECT_EQ(parse_occupancy("  0.35"), 350000);
  EXPECT_EQ(parse_occupancy("0"), 0);
  for (const char* text : {"", "      ", "?", ".", "nan", "1e30"})
    EXPECT_EQ(parse_occupancy(text), 1'000'000) << text;
}

}  // namespace
}  // namespace potential
