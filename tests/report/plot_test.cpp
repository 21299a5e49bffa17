#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <potential/report/colour_limits.hpp>
#include <potential/report/plot.hpp>
#include <potential/support/error.hpp>

#include "report/shades.hpp"
#include "report/type_order.hpp"
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
  CurveFigure figure{"t", "v", std::vector<Curve>(max_curves + 1)};
  EXPECT_THROW(draw(figure, "x.svg"), UsageError);
  figure.curves.clear();
  EXPECT_THROW(draw(figure, "x.svg"), UsageError);
}

TEST(Plot, WhatHardlyAnybodySawShowsByItsError) {
  Curve curve;
  // Values and errors: usual, a wall that is well known, two bounds.
  for (const auto& [value, error] : {std::pair(-1.0, 0.1),
                                     {0.5, 0.12},
                                     {0.1, 0.1},
                                     {30.0, 1.0},
                                     {30.0, 17.0},
                                     {694.0, 1008.0},
                                     {-0.2, 0.09},
                                     {0.0, 0.08}})
    curve.points.push_back({0, value, error, true});
  mark_hardly_seen(curve);
  std::vector<bool> known;
  for (const CurvePoint& point : curve.points) known.push_back(point.known);
  EXPECT_EQ(known, (std::vector<bool>{true, true, true, true, false, false, true, true}));
  Curve without_errors{"x", {{1, 3, 0, true}, {2, -3, 0, true}}, ""};
  mark_hardly_seen(without_errors);
  EXPECT_TRUE(without_errors.points[0].known && without_errors.points[1].known);
  Curve empty;
  mark_hardly_seen(empty);
}

TEST(Plot, TypesOfAResidueAreDrawnTogether) {
  const std::vector<std::string> types{"ALA:N", "ALA:CA", "GLY:N", "ALA:SC", "GLY:SC", "ZN"};
  EXPECT_EQ(types_by_group(types), (std::vector<int>{0, 1, 3, 2, 4, 5}));
  EXPECT_EQ(group_of_type("GLY:SC"), "GLY");
  EXPECT_EQ(group_of_type("ZN"), "ZN");
}

TEST(Shades, HaveAsManyValuesEach) {
  std::vector<double> values{NAN, 1000};
  for (int i = 1; i < 100; ++i) values.push_back(i % 2 == 0 ? i : -i);
  const Shades shades(values);
  EXPECT_TRUE(std::isnan(shades.position(NAN)));
  EXPECT_EQ(shades.position(0), 0);
  EXPECT_EQ(shades.position(1000), 1);
  EXPECT_EQ(shades.position(-5000), -1);
  for (const double value : {2.0, -17.0, 50.5, 98.0})
    EXPECT_NEAR(shades.position(value), std::copysign(std::abs(value) - 1, value) / 99, 1e-12);
  std::vector<std::string> texts;
  for (const auto& [at, text] : shades.ticks()) texts.push_back(text);
  for (const char* text : {"0", "1000", "-1000", "30", "-30"})
    EXPECT_NE(std::find(texts.begin(), texts.end(), text), texts.end()) << text;
  for (const auto& a : shades.ticks())
    for (const auto& b : shades.ticks())
      EXPECT_TRUE(a == b || std::abs(a.first - b.first) >= 0.08 - 1e-12) << a.second << b.second;
  EXPECT_EQ(Shades({0, 0, NAN}).ticks().size(), 1U);
  EXPECT_EQ(Shades({}).position(-2), -1);
}

TEST(ColourLimits, LeaveTwoPercentAtEachEnd) {
  std::vector<ModelScore> models(2);
  EXPECT_FALSE(colour_limits(models));
  models[0].scored = true;
  for (int i = 100; i >= 0; --i) {
    ResidueScore residue;
    residue.score = i;
    models[0].per_residue.push_back(residue);
  }
  models[1].per_residue = {models[0].per_residue[0]};
  models[1].per_residue[0].score = 1e6;  // not scored: of no matter
  const auto limits = colour_limits(models);
  ASSERT_TRUE(limits);
  EXPECT_DOUBLE_EQ(limits->low, 2);
  EXPECT_DOUBLE_EQ(limits->median, 50);
  EXPECT_DOUBLE_EQ(limits->high, 98);
  EXPECT_EQ(to_string(*limits), "colour from 2.0 to 98.0; half of the residues are below 50.0");
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
