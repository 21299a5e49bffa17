#include <gtest/gtest.h>

#include <cmath>
#include <potential/report/plot.hpp>
#include <potential/support/error.hpp>

#include "support/base64.hpp"

namespace potential {
namespace {

TEST(Plot, TheNameSaysTheFormat) {
  for (const char* name : {"x.svg", "a/b.png", "x.y.pdf"})
    EXPECT_NO_THROW(check_picture_name(name));
  for (const char* name : {"x", "x.SVGZ", ".svg", "svg", "x.svg/", ""})
    EXPECT_THROW(check_picture_name(name), UsageError) << name;
}

TEST(Plot, AFewLargeCellsDoNotTakeTheColourScale) {
  std::vector<double> values(100, 0.5);
  values[3] = -40;
  EXPECT_EQ(colour_limit(values), 0.5);
  values.assign(100, -0.25);
  EXPECT_EQ(colour_limit(values), 0.25);
  EXPECT_EQ(colour_limit({NAN, NAN}), 1);
  EXPECT_GT(colour_limit({0, 0}), 0);
}

TEST(Plot, RefusesWhatNobodyCouldTellApart) {
  CurveFigure figure{"t", "v", std::vector<Curve>(most_curves + 1)};
  EXPECT_THROW(draw(figure, "x.svg"), UsageError);
  figure.curves.clear();
  EXPECT_THROW(draw(figure, "x.svg"), UsageError);
}

TEST(Base64, AsTheStandardSays) {  // RFC 4648, section 10
  const char* const pairs[][2] = {{"", ""},
                                  {"f", "Zg=="},
                                  {"fo", "Zm8="},
                                  {"foo", "Zm9v"},
                                  {"foob", "Zm9vYg=="},
                                  {"fooba", "Zm9vYmE="},
                                  {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : pairs) EXPECT_EQ(encode_base64(plain), encoded);
  EXPECT_EQ(encode_base64(std::string((std::size_t{3} << 24) + 1, '\0')).size(),
            (std::size_t{4} << 24) + 4);
}

}  // namespace
}  // namespace potential
