#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>

#include <potential/storage/contact_map.hpp>
#include <potential/storage/files.hpp>
#include <potential/support/error.hpp>

#include "samples.hpp"

namespace potential {
namespace {

using testing::HasSubstr;

ContactCounts read(const std::string& text, const Scheme* scheme = nullptr) {
  const TemporaryFolder folder;
  std::ofstream(folder / "map.tsv", std::ios::binary) << text;
  return read_contact_map(folder / "map.tsv", scheme);
}

/// What is said about a map, after "map.tsv: ".
std::string complaint(const std::string& text, const Scheme* scheme = nullptr) {
  try {
    read(text, scheme);
  } catch (const FormatError& error) {
    const std::string what = error.what();
    EXPECT_EQ(what.find('\n'), std::string::npos);
    return what.substr(what.find("map.tsv: ") + 9);
  }
  return "nothing";
}

TEST(ContactMap, KeepsRowsOrderAndNames) {
  const std::string text =
      "pair\t0-3A\t3-4A\n"
      "CYS:ALA\t1\t2\n"
      "ALA:CYS\t3\t4\n"
      "ALA:ALA\t18446744073709551615\t0\n";
  const ContactCounts counts = read(text);
  EXPECT_EQ(format_counts(counts), text);
  EXPECT_EQ(counts.axes.scheme.name(), "residue-cb");
  EXPECT_EQ(counts.options.at("types"), "residue-cb (assumed)");
  EXPECT_EQ(counts.axes.separations.to_string(), "1+");
  EXPECT_FALSE(counts.axes.pairs.complete());
  EXPECT_FALSE(counts.has_margins());
  EXPECT_EQ(counts.counts(2, 0), UINT64_MAX);

  const TemporaryFolder folder;
  write_counts(counts, folder / "map.h5");
  EXPECT_EQ(format_counts(read_counts(folder / "map.h5")), text);
}

TEST(ContactMap, AnyFirstCellAndLineEnds) {
  const ContactCounts plain = read("x\t0-3A\nALA:CYS\t7\n");
  for (const char* text : {"\t0-3A\nALA:CYS\t7", "Residue pair (A)\t0-3A\r\nALA:CYS\t7\r\n",
                           "x\t0-3A\nALA:CYS\t7\n\n\n", "x\t0-3A\nALA:CYS\t007\n"}) {
    const ContactCounts counts = read(text);
    EXPECT_TRUE(counts.axes == plain.axes) << text;
    EXPECT_EQ(counts.counts(0, 0), 7U) << text;
  }
}

TEST(ContactMap, WholeSchemesComeBackAsTheyWere) {
  for (const char* name : {"residue-cb", "heavy-atom", "heavy-atom-158"})
    for (const char* separations : {"1+", "inter", "1,2-4,5+/inter"}) {
      const ContactCounts counts = random_counts(axes_of(name, "rapdf", separations), 0);
      const std::string text = format_counts(counts);
      const ContactCounts back = read(text);
      EXPECT_TRUE(back.axes == counts.axes) << name;
      EXPECT_TRUE(back.axes.pairs.canonical()) << name;
      EXPECT_TRUE((back.counts == counts.counts).all()) << name;
      EXPECT_EQ(format_counts(back), text);
    }
}

TEST(ContactMap, SchemeIsFoundFromTheNames) {
  EXPECT_EQ(read("p\t0-3A\nALA:CB-LEU:CB\t1\n").axes.scheme.name(), "heavy-atom");
  EXPECT_EQ(read("p\t0-3A\nALA:CB-ARG:NH\t1\n").axes.scheme.name(), "heavy-atom-158");
  const Scheme own = read("p\t0-3A\nALA:CB-LIG:C1\t1\nLIG:C1-LIG:C1\t2\n").axes.scheme;
  EXPECT_EQ(own.definition(), "scheme contact-map\nsites atom\nALA:CB ALA CB\nLIG:C1 LIG C1\n");
  EXPECT_EQ(read("p\t0-3A\nALA:SEC\t1\n").axes.scheme.definition(),
            "scheme contact-map\nsites cb\nALA ALA\nSEC SEC\n");
  const Scheme ca = load_scheme("residue-ca");
  EXPECT_TRUE(read("p\t0-3A\nALA:CYS\t1\n", &ca).axes.scheme == ca);
}

TEST(ContactMap, ClassesInAnyOrderOfLines) {
  const ContactCounts counts = read(
      "pair\tseparation\t0-3A\nALA:ALA\tinter\t1\nALA:ALA\t1-4\t2\n"
      "ALA:CYS\t1-4\t3\nALA:CYS\tinter\t4\n");
  EXPECT_EQ(counts.axes.separations.to_string(), "inter,1-4");
  EXPECT_EQ(counts.table(0)(1, 0), 4U);
  EXPECT_EQ(counts.table(1)(0, 0), 2U);
}

TEST(ContactMap, BadOnesAreNamed) {
  const std::string head = "p\t0-3A\t3-4A\n";
  const std::pair<std::string, std::string> cases[] = {
      {"", "line 1: the file is empty"},
      {"hello\n", "line 1: no distance bins"},
      {"p\tseparation\n", "line 1: no distance bins"},
      {head, "line 2: there are no rows"},
      {"p\t0-3A\t4-5A\nA:B\t1\t2\n", "line 1, column 3: '4-5A' is not a distance bin"},
      {"p\t0-3A\tlong\nA:B\t1\t2\n", "line 1, column 3: 'long'"},
      {"p\t3-0A\nA:B\t1\n", "line 1, column 2: '3-0A'"},
      {head + "ALA:CYS\t1\n", "line 2: has 2 columns where the header has 3"},
      {head + "ALA:CYS\t1\t2\t3\n", "line 2: has 4 columns"},
      {head + "ALA:CYS\t1\t\n", "line 2, column 3: the count is missing"},
      {head + "ALA:CYS\t1\tmany\n", "line 2, column 3: 'many' is not a count"},
      {head + "ALA:CYS\t-1\t2\n", "line 2, column 2: '-1' is not a count"},
      {head + "ALA:CYS\tnan\t2\n", "line 2, column 2: 'nan' is not a count"},
      {head + "ALA:CYS\tinf\t2\n", "line 2, column 2: 'inf' is not a count"},
      {head + "ALA:CYS\t3.0\t2\n", "line 2, column 2: '3.0' is not a count"},
      {head + "ALA:CYS\t1e3\t2\n", "line 2, column 2: '1e3' is not a count"},
      {head + "ALA:CYS\t 1\t2\n", "line 2, column 2: ' 1' is not a count"},
      {head + "ALA:CYS\t18446744073709551616\t2\n", "is above 2^64 - 1"},
      {head + "ALA:CYS\t1\t2\nALA:ALA\t1\t2\nALA:CYS\t1\t2\n",
       "line 4: repeats 'ALA:CYS', which stands on line 2 already"},
      {head + "ALACYS\t1\t2\n", "line 2, column 1: 'ALACYS' is not a pair of types"},
      {head + "ALA:CYS:GLY\t1\t2\n", "'ALA:CYS:GLY' is not a pair of types"},
      {head + ":CYS\t1\t2\n", "':CYS' is not a pair of types"},
      {head + "ALA-CYS-\t1\t2\n", "is not a pair of types"},
      {head + "ALA:UNKNOWN\t1\t2\n", "its types make no scheme ('UNKNOWN' is not a residue name)"},
      {head + "ALA:CB-LEU\t1\t2\n", "do not go together"},
      {head + std::string("ALA:CYS\t1\t\0\n", 12), "line 2: holds a NUL byte"},
      {head + "\x1b[2J\t1\t2\n", "'\\x1b[2J' is not a pair of types"},
      {"p\tseparation\t0-3A\nALA:ALA\tfar\t1\n", "line 2, column 2: 'far' is not a separation"},
      {"p\tseparation\t0-3A\nALA:ALA\t1-4\t1\nALA:ALA\t3+\t1\n", "overlap"},
      {"p\tseparation\t0-3A\nALA:ALA\t1\t1\nALA:CYS\t1\t1\nALA:CYS\t2\t1\n",
       "without a row for 'ALA:ALA' in separation class 2"},
      {head + std::string(3 << 20, 'x'), "line 2: is longer than a megabyte"},
      {std::string(3 << 20, '\t'), "line 1: is longer than a megabyte"},
  };
  for (const auto& [text, expected] : cases)
    EXPECT_THAT(complaint(text), HasSubstr(expected)) << text.substr(0, 100);
  const Scheme ca = load_scheme("residue-ca");
  EXPECT_THAT(complaint("p\t0-3A\nALA:SEC\t1\n", &ca),
              HasSubstr("the type 'SEC' is not one of the scheme residue-ca"));
}

TEST(ContactMap, UnreadableOnesAreNamed) {
  const TemporaryFolder folder;
  EXPECT_THROW(read_contact_map(folder / "none.tsv"), FileError);
  EXPECT_THROW(read_contact_map(folder / ""), FileError);
}

TEST(ContactMap, ScoresReadBackTheSame) {
  const TableAxes axes = axes_of("residue-ca", "0,4,8", "1+");
  PotentialTable table = random_potential(axes);
  table.score(0, 0) = -0.0;
  table.score(0, 1) = std::numeric_limits<double>::infinity();
  table.score(1, 0) = 1.25;
  table.score(1, 1) = -1e-4;
  std::istringstream text(format_scores(axes, table.score));
  std::string line;
  std::getline(text, line);
  EXPECT_EQ(line, "pair\t0-4A\t4-8A");
  for (Eigen::Index row = 0; row < table.score.rows(); ++row) {
    std::string name, low, high;
    text >> name >> low >> high;
    EXPECT_EQ(std::stod(low), table.score(row, 0));
    EXPECT_EQ(std::stod(high), table.score(row, 1));
    if (row == 0) {
      EXPECT_EQ(name + " " + low + " " + high, "ALA:ALA 0 inf");
    }
    if (row == 1) {
      EXPECT_EQ(name + " " + low + " " + high, "ALA:ARG 1.25 -0.0001");
    }
  }
  EXPECT_THROW(format_scores(axes, ScoreTable::Zero(3, 3)), UsageError);
}

ImportedMap imported(const std::string& text, const MapOptions& options = {}) {
  const TemporaryFolder folder;
  std::ofstream(folder / "map.tsv", std::ios::binary) << text;
  return import_map(folder / "map.tsv", options);
}

std::string refusal(const std::string& text, const MapOptions& options = {}) {
  try {
    imported(text, options);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "nothing";
}

TEST(ImportMap, ScoresOfEverySchemeComeBackAsTheyWere) {
  for (const std::string& name : shipped_scheme_names())
    for (const char* separations : {"1+", "1,2-4,5+/inter"}) {
      PotentialTable table = random_potential(axes_of(name, "0,4,8", separations));
      table.score(0, 0) = std::numeric_limits<double>::infinity();
      table.score(1, 0) = 1e300;
      table.score(2, 0) = -5e-324;
      const std::string text = format_scores(table.axes, table.score);
      MapOptions options;
      if (table.axes.scheme.placement() != SitePlacement::atom) options.scheme = table.axes.scheme;
      const ImportedMap map = imported(text, options);
      const auto& back = std::get<PotentialTable>(map.table);
      EXPECT_TRUE(back.axes == table.axes) << name;
      EXPECT_TRUE((back.score == table.score).all()) << name;
      EXPECT_TRUE(back.standard_error.isNaN().all());
      EXPECT_FALSE(back.counts);

      const TemporaryFolder folder;
      write_potential(back, folder / "back.h5");
      const PotentialTable read = read_potential(folder / "back.h5");
      EXPECT_EQ(format_scores(read.axes, read.score), text);
      EXPECT_EQ(read.recipe.counting, back.recipe.counting);
      EXPECT_EQ(read.recipe.counting.at("types"), map.types);
    }
}

TEST(ImportMap, WholeNumbersAreCountsUnlessTheyAreSaidToBeScores) {
  const std::string text = "p\t0-3A\t3-4A\nALA:CYS\t1\t2\n";
  EXPECT_EQ(std::get<ContactCounts>(imported(text).table).counts(0, 1), 2U);
  MapOptions scores;
  scores.cells = MapCells::scores;
  const ImportedMap map = imported(text, scores);
  EXPECT_EQ(std::get<PotentialTable>(map.table).score(0, 1), 2);
  EXPECT_EQ(map.because, "");
}

TEST(ImportMap, OneCellThatIsNoCountMakesScoresAndIsNamed) {
  const ImportedMap map = imported("p\t0-3A\t3-4A\nALA:CYS\t1\t2\nALA:ALA\t3\t-0.5\n");
  EXPECT_EQ(map.because, "line 3 has -0.5");
  EXPECT_EQ(map.types, "residue-cb (assumed)");
  ScoreTable expected(2, 2);
  expected << 1, 2, 3, -0.5;
  EXPECT_TRUE((std::get<PotentialTable>(map.table).score == expected).all());
}

TEST(ImportMap, BinsMayBeGivenInPlaceOfTheHeader) {
  MapOptions options;
  options.bins = DistanceBins::parse("0,3,4");
  const ImportedMap map = imported("pair\tnear\tfar\nALA:CYS\t-1\t2\n", options);
  EXPECT_EQ(std::get<PotentialTable>(map.table).axes.bins, *options.bins);
  EXPECT_THAT(refusal("pair\tnear\nALA:CYS\t-1\n", options),
              HasSubstr("line 1: has 1 columns of values, but 2 bins were given"));
  EXPECT_THAT(refusal("pair\t0-3A\t3-5A\nALA:CYS\t-1\t2\n", options),
              HasSubstr("line 1: its columns are the bins 0,3,5, not those given, 0,3,4"));
}

TEST(ImportMap, BadScoresAreNamed) {
  const std::string head = "p\t0-3A\t3-4A\n";
  MapOptions scores;
  scores.cells = MapCells::scores;
  for (const char* cell : {"nan", "-inf", "1e999", "x", " 1", "1,5"})
    EXPECT_THAT(refusal(head + "ALA:CYS\t1\t" + cell + "\n", scores),
                HasSubstr(std::string("line 2, column 3: '") + cell + "' is not a score"));
  EXPECT_THAT(refusal(head + "ALA:CYS\t1\t\n", scores), HasSubstr("the score is missing"));
  EXPECT_THAT(refusal(head + "ALA:CYS\t1\tx\n"), HasSubstr("'x' is not a count"));
  EXPECT_THAT(refusal(head + "ALA:CYS\t-1\tx\n"), HasSubstr("'x' is not a score"));
}

}  // namespace
}  // namespace potential
