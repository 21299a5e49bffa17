// BinaryCIF against the mmCIF that it stands for.
#include <filesystem>
#include <random>

#include <potential/structure/write_bfactors.hpp>

#include "bcif_text.hpp"
#include "fixtures.hpp"
#include "structure/bcif_column.hpp"
#include "structure/decimal.hpp"

namespace potential::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Coding codings[] = {Coding::plain, Coding::packed_1, Coding::packed_2, Coding::single};

/// Chains, alternatives, insertion codes, water and several models, at random places.
std::vector<Atom> some_atoms(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Atom> atoms;
  const char* const names[] = {"ALA", "SER", "MSE", "GLY", "HOH", "TRP", "DA"};
  for (int model = 1; model <= 2; ++model)
    for (const char* chain : {"A", "B"})
      for (int number = -3; number < 9; ++number) {
        auto added = residue(names[random() % 7], number, number, chain);
        for (Atom& atom : added) {
          atom.x = static_cast<int>(random() % 400000) / 1000.0 - 200;
          atom.y = static_cast<int>(random() % 40000) / 1000.0 - 20;
          atom.model = model;
          atom.icode = number % 5 == 0 ? 'C' : ' ';
          atom.altloc = random() % 4 == 0 ? 'B' : ' ';
          atom.occupancy = static_cast<int>(random() % 100) / 100.0;
          atom.b = static_cast<int>(random() % 10000) / 100.0;
          if (atom.residue == "HOH") atom.label_seq = ".";
        }
        atoms = atoms + added;
      }
  return atoms;
}

std::vector<Digest> digests(const std::string& name, const std::string& text,
                            const std::string& scheme, ReadOptions options = {ModelChoice::all}) {
  std::vector<Digest> found;
  for (const Model& model : read_all(name, text, scheme, options)) found.push_back(model.sha256);
  return found;
}

TEST(Bcif, GivesTheModelsOfTheMmcifInEveryEncoding) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const std::string cif = cif_text(some_atoms(seed));
    for (const char* scheme : {"heavy-atom", "residue-cb", "residue-centroid"}) {
      const auto expected = digests("x.cif", cif, scheme);
      EXPECT_EQ(expected.size(), 2U);
      for (const Coding coding : codings) {
        const std::string bcif = bcif_text(cif, coding);
        EXPECT_EQ(digests("x.bcif", bcif, scheme), expected) << seed;
        EXPECT_EQ(digests("x.bcif.gz", gzip(bcif), scheme), expected) << seed;
        EXPECT_EQ(digests("without an ending", bcif, scheme), expected) << seed;
      }
    }
  }
}

TEST(Bcif, TakesThePlddtOfResidues) {
  std::string cif = cif_text(residue("ALA", 1, 0) + residue("SER", 2, 1) + residue("TRP", 3, 2));
  cif +=
      "loop_\n_ma_qa_metric.id\n_ma_qa_metric.name\n1 pLDDT\nloop_\n"
      "_ma_qa_metric_local.label_asym_id\n_ma_qa_metric_local.label_seq_id\n"
      "_ma_qa_metric_local.metric_id\n_ma_qa_metric_local.metric_value\n"
      "_ma_qa_metric_local.model_id\nX 1 1 90.25 1\nX 2 1 49.99 1\nX 3 1 50 1\n";
  for (const Coding coding : codings) {
    const auto models =
        read_all("x.bcif", bcif_text(cif, coding), "residue-ca", {ModelChoice::first, 50});
    ASSERT_EQ(models.size(), 1U);
    EXPECT_THAT(types_of(models[0], "residue-ca"), ElementsAre("ALA", "TRP"));
    EXPECT_EQ(models[0].sha256,
              read_all("x.cif", cif, "residue-ca", {ModelChoice::first, 50})[0].sha256);
  }
}

TEST(Bcif, BFactorsThatAreSaidToBePlddt) {
  auto atoms = residue("ALA", 1, 0) + residue("SER", 2, 1);
  for (Atom& atom : atoms) atom.b = atom.number == 1 ? 49.99 : 50;
  for (const Coding coding : codings)
    EXPECT_THAT(types_of(read_all("x.bcif", bcif_text(cif_text(atoms), coding), "residue-ca",
                                  {ModelChoice::first, 50, true})[0],
                         "residue-ca"),
                ElementsAre("SER"));
}

/// The texts of a column as the reader sees them.
std::vector<std::string> texts_of(const Json& data, std::size_t rows) {
  const std::string bytes = pack({{"name", "x"}, {"data", data}});
  const SourceText source{"x", bytes};
  TextStore store;
  BcifColumn column(PackedValue(source), rows, store, source);
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < rows; ++row) texts.emplace_back(column.text(row));
  return texts;
}

Json encoded(const Json& bytes, const Json& encoding) {
  return {{"data", bytes}, {"encoding", encoding}};
}

TEST(Bcif, NumbersAreWrittenAsMmcifHasThem) {
  const std::vector<std::int32_t> numbers{-5, 0, 12, 1234567, -1000, 7};
  Json encoding{{{"kind", "FixedPoint"}, {"factor", 1000}, {"srcType", 33}},
                {{"kind", "ByteArray"}, {"type", 3}}};
  EXPECT_THAT(texts_of(encoded(byte_array(numbers), encoding), 6),
              ElementsAre("-0.005", "0.000", "0.012", "1234.567", "-1.000", "0.007"));
  encoding[0]["factor"] = 8;
  EXPECT_THAT(texts_of(encoded(byte_array(numbers), encoding), 6),
              ElementsAre("-0.625", "0", "1.5", "154320.875", "-125", "0.875"));
  encoding.erase(0);
  EXPECT_THAT(texts_of(encoded(byte_array(numbers), encoding), 6),
              ElementsAre("-5", "0", "12", "1234567", "-1000", "7"));
  const Json quantised{{{"kind", "IntervalQuantization"},
                        {"min", -1.5},
                        {"max", 1.5},
                        {"numSteps", 4},
                        {"srcType", 32}},
                       {{"kind", "ByteArray"}, {"type", 4}}};
  EXPECT_THAT(texts_of(encoded(byte_array(std::vector<std::uint8_t>{0, 3, 1}), quantised), 3),
              ElementsAre("-1.5", "1.5", "-0.5"));
}

TEST(Bcif, PackedNumbersOfEveryWidth) {
  const auto unpacked = [](const Json& bytes, int width, bool is_unsigned, std::size_t size) {
    const int type = width + (is_unsigned ? 3 : 0);
    const Json encoding{{{"kind", "IntegerPacking"},
                         {"byteCount", width},
                         {"isUnsigned", is_unsigned},
                         {"srcSize", size}},
                        {{"kind", "ByteArray"}, {"type", type}}};
    return texts_of(encoded(bytes, encoding), size);
  };
  EXPECT_THAT(unpacked(byte_array(std::vector<std::int8_t>{1, 127, 0, 127, 1, -128, -128, -44}), 1,
                       false, 4),
              ElementsAre("1", "127", "128", "-300"));
  EXPECT_THAT(
      unpacked(byte_array(std::vector<std::uint8_t>{255, 255, 90, 128, 255, 0}), 1, true, 3),
      ElementsAre("600", "128", "255"));
  EXPECT_THAT(unpacked(byte_array(std::vector<std::int16_t>{32767, 33, -32768, 0}), 2, false, 2),
              ElementsAre("32800", "-32768"));
  EXPECT_THAT(unpacked(byte_array(std::vector<std::uint16_t>{65535, 1, 40000}), 2, true, 2),
              ElementsAre("65536", "40000"));
}

TEST(Bcif, TextsThatWouldMeanSomethingElseWithoutQuotes) {
  Json encoding = Json::array();
  const Json data = encode_text({"A", "?", "", "'", "O5'", "."}, Coding::packed_1, encoding);
  EXPECT_THAT(texts_of(encoded(data, encoding), 6),
              ElementsAre("A", "\"?\"", "\"\"", "\"'\"", "O5'", "\".\""));
}

TEST(Bcif, CoordinatesRoundAsThoseOfMmcif) {
  std::mt19937 random(7);
  std::vector<double> values{1.0005,  -1.0005, 0.0005,      123.4565, 0,
                             -0.0004, 1e9,     2000000.001, 1e300};
  for (int i = 0; i < 2000; ++i)
    values.push_back(std::ldexp(static_cast<double>(random()), -24) - 128);
  for (int i = 0; i < 2000; ++i) values.push_back(static_cast<int>(random() % 20001) / 1e4 - 1);
  Json encoding = Json::array();
  const Json data = encode_real(values, Coding::plain, encoding);
  const std::string bytes = pack({{"name", "x"}, {"data", encoded(data, encoding)}});
  const SourceText source{"x", bytes};
  TextStore store;
  BcifColumn column(PackedValue(source), values.size(), store, source);
  for (std::size_t i = 0; i < values.size(); ++i) {
    char text[400];
    std::snprintf(text, sizeof text, "%.17g", values[i]);
    if (std::stod(nlohmann::json(values[i]).dump()) == values[i])
      std::snprintf(text, sizeof text, "%s", nlohmann::json(values[i]).dump().c_str());
    EXPECT_EQ(column.milli(i), parse_milli(text)) << text;
  }
}

/// The error about a document that was changed.
template <class Change>
std::string error_after(const Change& change) {
  Json document = bcif_document(cif_text(residue("ALA", 1, 0)), Coding::packed_1);
  Json& category = document["dataBlocks"][0]["categories"][0];
  change(category, category["columns"]);
  return error_of("x.bcif", pack(document));
}

TEST(Bcif, WhatIsDamagedIsRefusedWithTheReason) {
  EXPECT_EQ(error_after([](Json&, Json&) {}), "");
  EXPECT_THAT(
      error_after([](Json& category, Json&) { category["rowCount"] = 6; }),
      HasSubstr("x.bcif: damaged BinaryCIF: the column label_atom_id has 5 values in 6 rows"));
  EXPECT_THAT(error_after([](Json& category, Json&) { category["rowCount"] = 1U << 31; }),
              HasSubstr("more rows than the file has bytes"));
  EXPECT_THAT(error_after([](Json& category, Json&) { category.erase("rowCount"); }),
              HasSubstr("there is no 'rowCount'"));
  EXPECT_THAT(
      error_after([](Json&, Json& columns) { columns[10]["data"]["encoding"][1]["kind"] = "Zip"; }),
      HasSubstr("the encoding 'Zip' is not one of the format"));
  EXPECT_THAT(error_after([](Json&, Json& columns) { columns.erase(10); }),
              HasSubstr("_atom_site has no column Cartn_x"));
  EXPECT_THAT(error_after([](Json&, Json& columns) {
                columns[3]["data"]["encoding"][0]["stringData"] = "NCA";
              }),
              HasSubstr("offsets do not span its text"));
  EXPECT_THAT(error_after([](Json&, Json& columns) {
                columns[10]["data"]["encoding"][2]["srcSize"] = 1000000;
              }),
              HasSubstr("an array has 5 values, and not 1000000"));
  EXPECT_THAT(error_of("x.bcif", pdb_text(residue("ALA", 1, 0))), HasSubstr("not BinaryCIF"));
  EXPECT_THAT(error_of("x.bcif", pack({{"dataBlocks", Json::array()}})),
              HasSubstr("holds no atoms"));
}

TEST(Bcif, AStringArrayWithinAStringArrayIsRefused) {
  for (const char* field : {"dataEncoding", "offsetEncoding"})
    EXPECT_THAT(error_after([&](Json&, Json& columns) {
                  Json& encoding = columns[3]["data"]["encoding"];
                  encoding[0][field] = encoding;
                }),
                HasSubstr("damaged BinaryCIF: a StringArray within a StringArray"));
}

TEST(Bcif, AColumnThatIsThereTwiceIsRefused) {
  EXPECT_THAT(error_after([](Json&, Json& columns) { columns.push_back(columns[10]); }),
              HasSubstr("damaged BinaryCIF: the column Cartn_x is there twice"));
  EXPECT_EQ(error_after([](Json&, Json& columns) {
              columns.push_back(columns[10]);
              columns.back()["name"] = "of_no_interest";
            }),
            "");
}

TEST(Bcif, ARunThatWouldFillTheMemoryIsRefused) {
  const Json encoding{{{"kind", "RunLength"}, {"srcType", 3}, {"srcSize", 2000000000}},
                      {{"kind", "ByteArray"}, {"type", 3}}};
  EXPECT_THAT(error_after([&](Json&, Json& columns) {
                columns[10]["data"] =
                    encoded(byte_array(std::vector<std::int32_t>{1, 2000000000}), encoding);
              }),
              HasSubstr("more values than the file has bytes"));
}

TEST(Bcif, CutOrChangedAnywhereItIsNeverMoreThanAnError) {
  const std::string whole = bcif_text(cif_text(some_atoms(3)), Coding::packed_2);
  for (std::size_t size = 1; size < whole.size(); size += 7)
    EXPECT_NE(error_of("x.bcif", whole.substr(0, size)), "") << size;
  EXPECT_THAT(error_of("x.bcif", whole + "\n"), HasSubstr("something follows its end"));
  std::mt19937 random(1);
  for (int i = 0; i < 4000; ++i) {
    std::string changed = whole;
    changed[random() % changed.size()] = static_cast<char>(random());
    error_of("x.bcif", changed);
  }
  error_of("x.bcif", std::string(100000, '\x91'));  // lists in lists
}

TEST(Bcif, NoStructureIsWrittenOfIt) {
  const InputFile file = in_memory("m/x.bcif", bcif_text(cif_text(residue("ALA", 1, 0))));
  try {
    rewrite_bfactors(file, {});
    ADD_FAILURE() << "was written";
  } catch (const FormatError& error) {
    EXPECT_THAT(error.what(), HasSubstr("m/x.bcif: no structure is written of BinaryCIF"));
  }
}

TEST(Bcif, EntriesHaveTheDigestsOfTheirMmcif) {
  if (test_data().empty()) GTEST_SKIP() << "POTENTIAL_TEST_DATA names no folder";
  int twins = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test_data() + "/formats/bcif")) {
    std::string path = entry.path();
    if (entry.path().extension() != ".bcif") continue;
    const std::string cif = path.substr(0, path.size() - 4) + "cif.gz";
    if (!std::filesystem::exists(cif)) continue;
    for (const char* scheme : {"heavy-atom", "residue-centroid"}) {
      const StructureReader reader(load_scheme(scheme), {ModelChoice::all});
      const auto read = [&](const std::string& name) {
        InputFile file;
        file.id = file.path = name;
        std::string all;
        try {
          for (const Model& model : reader.read(file)) all += to_hex(model.sha256) + "\n";
        } catch (const Error& error) {
          all = error.reason_for(name);
        }
        return all;
      };
      EXPECT_EQ(read(path), read(cif)) << path;
      twins += read(path).find("no site") == std::string::npos;
    }
  }
  EXPECT_EQ(twins, 2 * 11);
}

}  // namespace
}  // namespace potential::test
